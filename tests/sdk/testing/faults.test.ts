import http from "node:http";
import axios from "axios";
import type { Emulator, Fault, FaultEffect } from "../../../sdk/testing/index";
import { ask, useEmulators } from "./use-emulator";

const start = useEmulators();

/** How a client sees the end of a request. */
async function seen(
  emulator: Emulator,
  request: string,
  body?: unknown,
  ms = 2000,
): Promise<string | number> {
  try {
    return (await ask(emulator, request, body, { signal: AbortSignal.timeout(ms) })).status;
  } catch (error) {
    // Errors of fetch come from outside of jest's realm: `instanceof Error` is false.
    return (error as Error).name === "TimeoutError" ? "timeout" : "cut";
  }
}

const post = { name: "A" };

interface Case {
  effect: FaultEffect;
  client: string | number;
  carriedOut: boolean;
  status?: number;
}

const CASES: Case[] = [
  { effect: { kind: "status", status: 503 }, client: 503, carriedOut: false, status: 503 },
  {
    effect: { kind: "status", status: 502, carryOut: true },
    client: 502,
    carriedOut: true,
    status: 502,
  },
  { effect: { kind: "cutBefore" }, client: "cut", carriedOut: false },
  { effect: { kind: "cutAfter" }, client: "cut", carriedOut: true },
  { effect: { kind: "hang" }, client: "timeout", carriedOut: false },
  { effect: { kind: "hangAfter" }, client: "timeout", carriedOut: true },
  { effect: { kind: "slow", ms: 30 }, client: 201, carriedOut: true, status: 201 },
  { effect: { kind: "slowEarly", ms: 30 }, client: 201, carriedOut: true, status: 201 },
  { effect: { kind: "truncated" }, client: "cut", carriedOut: true, status: 201 },
  { effect: { kind: "html200" }, client: 200, carriedOut: true, status: 200 },
  { effect: { kind: "html200", carryOut: false }, client: 200, carriedOut: false, status: 200 },
  { effect: { kind: "noId" }, client: 201, carriedOut: true, status: 201 },
];

test.each(CASES)(
  "$effect: the client sees $client, carried out: $carriedOut",
  async ({ effect, client, carriedOut, status }) => {
    const emulator = await start();
    const fault: Fault = { method: "POST", path: "/flows", ...effect };
    const handle = emulator.fault(fault);
    expect(await seen(emulator, "POST /flows", post, 150)).toBe(client);
    expect(emulator.flows().length).toBe(carriedOut ? 1 : 0);
    expect(handle.hits).toBe(1);
    expect(emulator.fired).toEqual([
      {
        fault,
        kind: effect.kind,
        method: "POST",
        path: "/v1/flows",
        at: expect.any(String),
        carriedOut,
      },
    ]);
    const [entry] = emulator.log;
    expect(entry).toMatchObject({ fault: effect.kind, carriedOut, body: post });
    expect(entry?.status).toBe(status);
    expect(await seen(emulator, "POST /flows", post)).toBe(201);
    expect(emulator.log.at(-1)).not.toHaveProperty("fault");
  },
);

test.each<FaultEffect>([
  { kind: "status", status: 500 },
  { kind: "cutBefore" },
  { kind: "cutAfter" },
  { kind: "truncated" },
  { kind: "hangAfter" },
])("axios sees $kind as the network or the server would do it", async (effect) => {
  const emulator = await start();
  const agent = new http.Agent({ keepAlive: true });
  const client = axios.create({
    baseURL: `${emulator.url}/v1`,
    timeout: 150,
    httpAgent: agent,
    headers: { authorization: `Bearer ${emulator.token}` },
  });
  await client.get("/flows");
  emulator.fault({ method: "POST", ...effect });
  const codes: Record<string, unknown> = {
    status: 500,
    cutBefore: "ECONNRESET",
    cutAfter: "ECONNRESET",
    truncated: "ERR_BAD_RESPONSE",
    hangAfter: "ECONNABORTED",
  };
  const failure = await client.post("/flows", post).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!axios.isAxiosError(failure)) throw new Error("the request went through");
  const code = effect.kind === "status" ? failure.response?.status : failure.code;
  expect(code).toBe(codes[effect.kind]);
  expect((await client.post("/flows", post)).status).toBe(201);
  agent.destroy();
});

test("slow is carried out at the end, slowEarly at once", async () => {
  const emulator = await start();
  for (const [kind, soon] of [
    ["slow", 0],
    ["slowEarly", 1],
  ] as const) {
    emulator.reset();
    emulator.fault({ kind, ms: 120, method: "POST" });
    const reply = seen(emulator, "POST /flows", post);
    while (emulator.fired.length === 0) await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(emulator.flows().length).toBe(soon);
    expect(emulator.log[0]).not.toHaveProperty("status");
    expect(await reply).toBe(201);
    expect(emulator.flows().length).toBe(1);
  }
});

test("a slow request that the client gave up is carried out all the same", async () => {
  const emulator = await start();
  emulator.fault({ kind: "slow", ms: 80, method: "POST" });
  expect(await seen(emulator, "POST /flows", post, 20)).toBe("timeout");
  expect(emulator.flows().length).toBe(0);
  while (emulator.flows().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(emulator.fired[0]?.carriedOut).toBe(true);
});

test("lateWrite answers nothing and is carried out later", async () => {
  const emulator = await start();
  emulator.fault({ kind: "lateWrite", ms: 80, method: "POST" });
  expect(await seen(emulator, "POST /flows", post, 30)).toBe("timeout");
  expect([emulator.flows().length, emulator.fired[0]?.carriedOut]).toEqual([0, false]);
  while (emulator.flows().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect([emulator.fired[0]?.carriedOut, emulator.log[0]?.carriedOut]).toEqual([true, true]);
});

test("noId leaves everything but the id", async () => {
  const emulator = await start();
  emulator.fault({ kind: "noId" });
  const { body } = await ask(emulator, "POST /flows", post);
  expect(body).toMatchObject(post);
  expect(body).not.toHaveProperty("_id");
});

test("a status has the body and the headers that are asked for", async () => {
  const emulator = await start();
  emulator.fault({ kind: "status", status: 503, headers: { "retry-after": "7" } });
  emulator.fault({ kind: "status", status: 502, body: "html" });
  emulator.fault({ kind: "status", status: 500, body: "empty" });
  emulator.fault({
    kind: "status",
    status: 422,
    body: { errors: [{ code: "entitlement_reached", message: "m" }] },
  });
  const replies = [];
  for (let index = 0; index < 4; index++) replies.push(await ask(emulator, "GET /flows"));
  expect(replies.map(({ status }) => status)).toEqual([503, 502, 500, 422]);
  const [json, html, empty, custom] = replies;
  expect(json?.headers.get("retry-after")).toBe("7");
  expect(json?.body.errors[0].code).toBe("fault_503");
  expect(html?.body).toMatch(/^<!doctype html>/);
  expect(empty?.body).toBe("");
  expect(custom?.body.errors[0].code).toBe("entitlement_reached");
});

test("a request that would be refused is not carried out by a fault either", async () => {
  const emulator = await start();
  emulator.fault({ kind: "cutAfter", method: "POST" });
  expect(await seen(emulator, "POST /flows", {})).toBe("cut");
  expect(emulator.fired[0]?.carriedOut).toBe(false);
});

test("idleClose cuts the next request on the same connection", async () => {
  const emulator = await start({ seed: { flows: ["f"] } });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const send = async (method: string): Promise<number | string> =>
    new Promise((resolve) => {
      const headers = { authorization: `Bearer ${emulator.token}` };
      const request = http.request(
        `${emulator.url}/v1/flows/f`,
        { agent, method, headers },
        (response) => {
          response.resume().on("end", () => {
            resolve(response.statusCode ?? 0);
          });
        },
      );
      request.on("error", (error: NodeJS.ErrnoException) => {
        resolve(error.code ?? "");
      });
      request.end();
    });
  emulator.fault({ kind: "idleClose" });
  expect(await send("GET")).toBe(200);
  expect(emulator.fired).toEqual([]);
  expect(await send("DELETE")).toBe("ECONNRESET");
  expect(emulator.flow("f")).toBeDefined();
  expect(emulator.fired).toMatchObject([
    { kind: "idleClose", method: "DELETE", carriedOut: false },
  ]);
  expect(await send("DELETE")).toBe(204);
  agent.destroy();
});

describe("which request is hit", () => {
  test("the first n may pass, the next n are hit", async () => {
    const emulator = await start();
    emulator.fault({ kind: "status", status: 500, after: 1, times: 2 });
    const codes = [];
    for (let index = 0; index < 4; index++) codes.push(await seen(emulator, "GET /flows"));
    expect(codes).toEqual([204, 500, 500, 204]);
  });

  test("verb, exact path and pattern count; the query counts only in patterns", async () => {
    const emulator = await start({ seed: { flows: ["f", "g"] } });
    emulator.fault({ kind: "status", status: 500, method: "put" });
    emulator.fault({ kind: "status", status: 501, path: "/flows", times: Infinity });
    emulator.fault({ kind: "status", status: 502, path: /^\/flows\/[^/]+$/, times: Infinity });
    emulator.fault({ kind: "status", status: 503, path: /disabled=true/g, times: Infinity });
    expect(await seen(emulator, "GET /flows?name=x")).toBe(501);
    expect(await seen(emulator, "GET /flows/f")).toBe(502);
    expect(await seen(emulator, "GET /flows/g")).toBe(502);
    expect(await seen(emulator, "GET /flows/f/audit")).toBe(204);
    expect(await seen(emulator, "PUT /flows/f", post)).toBe(500);
    emulator.clearFaults();
    expect(await seen(emulator, "GET /flows/f")).toBe(200);
  });

  test("of several, the one set first; the others still count the request", async () => {
    const emulator = await start();
    emulator.fault({ kind: "status", status: 500 });
    emulator.fault({ kind: "status", status: 502, after: 1 });
    const taken = emulator.fault({ kind: "status", status: 503 });
    taken.remove();
    expect([
      await seen(emulator, "GET /flows"),
      await seen(emulator, "GET /flows"),
      await seen(emulator, "GET /flows"),
    ]).toEqual([500, 502, 204]);
  });

  test("a fault that does not exist is an error", async () => {
    const emulator = await start();
    expect(() => emulator.fault({ kind: "banana" } as never)).toThrow(
      "no such fault: banana (known: status, cutBefore",
    );
    expect(() => emulator.fault({ kind: "slow" } as never)).toThrow(
      "the fault slow needs the number ms",
    );
  });
});

test("closing does not wait for requests that hang", async () => {
  const emulator = await start();
  emulator.fault({ kind: "hang", times: 5 });
  emulator.fault({ kind: "slow", ms: 60_000 });
  const pending = Array.from({ length: 6 }, async () =>
    seen(emulator, "GET /flows", undefined, 60_000),
  );
  while (emulator.fired.length < 6) await new Promise(setImmediate);
  const before = performance.now();
  await emulator.close();
  expect(performance.now() - before).toBeLessThan(500);
  expect(await Promise.all(pending)).toEqual(Array(6).fill("cut"));
  await emulator.close();
});
