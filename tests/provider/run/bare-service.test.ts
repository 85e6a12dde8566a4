import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

import { createRun } from "../../../provider/run/create";
import { createService } from "../../../provider/service";
import { readSettings } from "../../../provider/settings";

interface Bare {
  readonly url: string;
  readonly seen: string[];
  close(): void;
}

/** A service that says no more than the specification shows: no single jobs, and jobs without times, exports or group. */
async function bareService(loseFirst: boolean): Promise<Bare> {
  const seen: string[] = [];
  let looks = 0;
  let runs = 0;
  const job = (id: string, over: boolean): object => ({
    _id: id,
    type: "flow",
    status: over ? "completed" : "running",
    ...(over && { numSuccess: 50, numError: 1 }),
  });
  const answer = ({ method = "", url = "" }: IncomingMessage): [status: number, body: unknown] => {
    const path = url.replace("/v1", "");
    seen.push(`${method} ${path}`);
    if (path === "/flows/f1")
      return [200, { _id: "f1", pageGenerators: [{ _exportId: "a" }, { _exportId: "b" }] }];
    if (path === "/flows/f1/run") {
      runs += 1;
      return loseFirst ? [502, {}] : [200, { _jobId: "j1" }];
    }
    if (path !== "/flows/f1/jobs/latest")
      return [404, { errors: [{ code: "not_found", message: "no" }] }];
    if (runs === 0) return [200, [job("j0", true)]];
    looks += 1;
    return [
      200,
      [job("j0", true), job("j1", looks > 3), ...(looks > 5 ? [job("j2", looks > 7)] : [])],
    ];
  };
  const server = createServer((request, response) => {
    const [status, body] = answer(request);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}`, seen, close: () => server.close() };
}

test.each([false, true])(
  "waits for every job of a service that says next to nothing (answer lost: %s)",
  async (loseFirst) => {
    const bare = await bareService(loseFirst);
    let now = Date.now();
    const clock = {
      now: () => now,
      random: () => 0.5,
      sleep: (ms: number) => {
        now += ms;
        return Promise.resolve();
      },
    };
    const write = jest.spyOn(process.stderr, "write").mockReturnValue(true);
    const own = { apiToken: "token", baseUrl: bare.url, maxRetries: 1 };
    const outcome = await createRun(createService(readSettings({ own, env: {} }), clock), {
      flowId: "f1",
    });
    write.mockRestore();
    bare.close();
    expect(outcome).toMatchObject({
      jobId: "j1",
      status: "completed",
      numSuccess: 100,
      numError: 2,
      exportId: null,
    });
    expect(bare.seen.filter((request) => request.startsWith("POST"))).toHaveLength(1);
  },
);
