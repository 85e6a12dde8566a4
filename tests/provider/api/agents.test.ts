import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { createTransport } from "../../../provider/api/transport";

it.each([404, 407, 502])(
  "does not take a proxy's own %i for an answer of the service",
  async (status) => {
    const proxy = createServer().on("connect", (_request, socket) => {
      socket.end(`HTTP/1.1 ${String(status)} No\r\nContent-Length: 0\r\n\r\n`);
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as AddressInfo;
    const before = process.env["HTTPS_PROXY"];
    process.env["HTTPS_PROXY"] = `http://127.0.0.1:${String(port)}`;
    try {
      const transport = createTransport({
        baseUrl: "https://service.invalid/v1",
        apiToken: "token",
        requestTimeoutMs: 5000,
      });
      for (const method of ["GET", "POST"] as const) {
        await expect(transport({ method, path: "/flows/flow1" })).rejects.toMatchObject({
          message: `the proxy refused to connect, status ${String(status)}`,
          sent: false,
        });
      }
    } finally {
      if (before === undefined) delete process.env["HTTPS_PROXY"];
      else process.env["HTTPS_PROXY"] = before;
      proxy.close();
    }
  },
);
