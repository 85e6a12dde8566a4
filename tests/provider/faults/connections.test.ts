import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { performance } from "node:perf_hooks";

import { createClient } from "../../../provider/api/client";
import { createFlow } from "../../../provider/flow/create";
import { inputs, useBenches } from "./virtual-service";

const makeBench = useBenches();

/** A TCP server that does this to each connection. */
async function listen(
  onConnection: Parameters<typeof createServer>[1],
): Promise<Server & { port: number }> {
  const server = createServer(onConnection);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(server, { port: (server.address() as AddressInfo).port });
}

describe("an idle connection that the service has just closed", () => {
  it("does not cost a POST its answer, nor a look-up", async () => {
    const { emulator, service, run, seconds, arrived } = await makeBench();
    // Each connection that a read leaves behind is cut when the next request comes in on it.
    emulator.fault({ kind: "idleClose", method: "GET", times: 99 });
    await run(async () => {
      for (let round = 0; round < 3; round += 1) {
        await service.client.list("/flows");
        await createFlow(service, inputs({ name: `Orders ${String(round)}` }));
      }
    });
    expect(emulator.flows()).toHaveLength(3);
    expect(seconds()).toBeLessThan(2);
    expect(arrived().filter((line) => line.startsWith("POST"))).toHaveLength(3);
    // The fault did strike: at the reads, which used connections again and were repeated on new ones.
    expect(emulator.fired.map(({ kind, method }) => `${kind} ${method}`)).toContain(
      "idleClose GET",
    );
  });

  it("is met once: the repeated request goes out on a new one", async () => {
    const { emulator, service, run } = await makeBench({ maxRetries: 1 });
    emulator.seedDocuments({ flows: [{ _id: "flow1", name: "Orders", pageGenerators: [] }] });
    emulator.fault({ kind: "idleClose", times: 8 });
    await run(() => Promise.all(Array.from({ length: 8 }, () => service.client.getFlow("flow1"))));
    await run(() => service.client.putFlow("flow1", { name: "New", pageGenerators: [] }));
    expect(emulator.fired.length).toBeGreaterThan(0);
    expect(emulator.flow("flow1")).toMatchObject({ name: "New" });
  });
});

describe("a POST that never left", () => {
  const settings = { apiToken: "token", requestTimeoutMs: 300, maxRetries: 0 };

  it("is no lost one where nobody listens", async () => {
    const server = await listen(undefined);
    server.close();
    const client = createClient({
      ...settings,
      baseUrl: `http://127.0.0.1:${String(server.port)}/v1`,
    });
    await expect(client.createFlow({ name: "x" })).rejects.toMatchObject({
      info: { kind: "unreachable", detail: "ECONNREFUSED" },
    });
  });

  it("is no lost one where the connection never got safe", async () => {
    const server = await listen((socket) => socket.on("error", () => undefined));
    const client = createClient({
      ...settings,
      baseUrl: `https://127.0.0.1:${String(server.port)}/v1`,
    });
    await expect(client.createFlow({ name: "x" })).rejects.toMatchObject({
      info: { kind: "unreachable", detail: "no connection within 300 ms" },
    });
    server.close();
  });

  it("is no lost one where what listens is not the service", async () => {
    const server = await listen((socket) => socket.on("error", () => undefined).end("hello\n"));
    const client = createClient({
      ...settings,
      baseUrl: `https://127.0.0.1:${String(server.port)}/v1`,
    });
    await expect(client.createFlow({ name: "x" })).rejects.toMatchObject({
      info: { kind: "unreachable" },
    });
    server.close();
  });
});

it("reads half of the JSON with a length that fits as a lost answer", async () => {
  const text = '{"_id":"flow1","name":"Or';
  const server = await listen((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () =>
      socket.end(
        `HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: ${String(text.length)}\r\n\r\n${text}`,
      ),
    );
  });
  const baseUrl = `http://127.0.0.1:${String(server.port)}/v1`;
  const client = createClient({
    baseUrl,
    apiToken: "token",
    requestTimeoutMs: 1000,
    maxRetries: 2,
  });
  await expect(client.createFlow({ name: "Orders" })).rejects.toMatchObject({
    info: { kind: "unexpected", status: 201, attempts: 1, detail: "the answer is not JSON" },
  });
  server.close();
});

it("shows what new connections cost", async () => {
  const { emulator, service } = await makeBench({ requestTimeoutMs: 30_000 });
  emulator.seedDocuments({ flows: [{ _id: "flow1", name: "Orders", pageGenerators: [] }] });
  const body = { name: "Orders", pageGenerators: [] };
  const time = async (act: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    for (let round = 0; round < 100; round += 1) await act();
    return (performance.now() - start) / 100;
  };
  await time(() => service.client.putFlow("flow1", body));
  const kept = await time(() => service.client.putFlow("flow1", body));
  const fresh = await time(() => service.client.createFlow(body));
  console.log(
    `one write on a kept connection ${kept.toFixed(2)} ms, on a new one ${fresh.toFixed(2)} ms`,
  );
  expect(emulator.flows()).toHaveLength(101);
});
