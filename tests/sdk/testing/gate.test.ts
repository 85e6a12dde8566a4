import { once } from "node:events";
import http from "node:http";
import type { Socket } from "node:net";
import { STEPS, aClock, aFlow, ask, useEmulators } from "./use-emulator";

const start = useEmulators();

test("a request without a token, or with a wrong one, is 401 without an errors list", async () => {
  const emulator = await start();
  const none = await ask(emulator, "GET /flows", undefined, { token: null });
  const basic = await ask(emulator, "GET /flows", undefined, {
    token: null,
    headers: { authorization: "Basic eDp5" },
  });
  const wrong = await ask(emulator, "GET /flows", undefined, { token: "wrong" });
  expect([none.status, none.body]).toEqual([401, { message: "Unauthorized" }]);
  expect([basic.status, basic.body]).toEqual([401, { message: "Unauthorized" }]);
  expect([wrong.status, wrong.body]).toEqual([401, { message: "Bearer Authentication Failed" }]);
  expect(emulator.log.map(({ status, carriedOut }) => [status, carriedOut])).toEqual([
    [401, false],
    [401, false],
    [401, false],
  ]);
});

test("a token can be rotated", async () => {
  const emulator = await start({ token: "old" });
  emulator.options.token = "new";
  expect(emulator.token).toBe("new");
  expect((await ask(emulator, "GET /tokenInfo", undefined, { token: "old" })).status).toBe(401);
  expect((await ask(emulator, "GET /tokenInfo")).body).toEqual({
    _userId: expect.any(String),
    scope: "*",
  });
});

test("a random token can be recognised", async () => {
  expect((await start()).token).toMatch(/^emulator-token-[0-9a-f]{16}$/);
});

test.each([
  "GET /nowhere",
  "POST /flows/f/clone",
  "PUT /flows",
  "DELETE /flows",
  "GET /flows/",
  "OPTIONS /flows",
  "HEAD /flows",
  "DELETE /jobs/j",
  "PATCH /exports/e",
])("%s is 501 and names itself", async (request) => {
  const emulator = await start();
  const reply = await ask(emulator, request);
  const [method = "", path = ""] = request.split(" ");
  expect(reply.status).toBe(501);
  if (method !== "HEAD")
    expect(reply.body.errors[0].message).toBe(`The emulator has no ${method} /v1${path}`);
  expect(emulator.log.at(-1)).toMatchObject({ method, status: 501, carriedOut: false });
});

test("a path without /v1 is told what it lacks", async () => {
  const { url } = await start();
  const reply = await fetch(`${url}/flows`);
  expect([reply.status, await reply.text()]).toEqual([
    501,
    expect.stringContaining("paths of the API begin with /v1"),
  ]);
});

test.each([
  ["text/plain", "{}", 415],
  ["application/x-www-form-urlencoded", "name=A", 415],
  ["application/json; charset=utf-8", '{"name":"A"}', 201],
  ["application/json", "{", 400],
  ["application/json", "[]", 400],
  ["application/json", '"A"', 400],
  ["application/json", "", 400],
])("a POST of %s %j is %i", async (type, body, status) => {
  const emulator = await start();
  expect((await ask(emulator, "POST /flows", body, { type })).status).toBe(status);
});

test("PATCH takes JSON Patch by its own type, PUT does not", async () => {
  const emulator = await start({ seed: { flows: [{ _id: "f", name: "F" }] } });
  const type = { type: "application/json-patch+json" };
  expect((await ask(emulator, "PATCH /flows/f", [], type)).status).toBe(204);
  expect((await ask(emulator, "PUT /flows/f", { name: "B" }, type)).status).toBe(415);
});

test("a DELETE with a body is refused", async () => {
  const emulator = await start({ seed: { flows: ["f"] } });
  expect((await ask(emulator, "DELETE /flows/f", {})).status).toBe(400);
  expect(emulator.flow("f")).toBeDefined();
});

test("every answer carries a request id and the time of the service's clock", async () => {
  const clock = aClock();
  const emulator = await start({ now: clock.now, seed: STEPS });
  for (const request of ["GET /flows", "GET /flows/x", "GET /nowhere", "POST /flows"]) {
    const reply = await ask(emulator, request, request.startsWith("POST") ? aFlow() : undefined);
    expect(reply.headers.get("x-request-id")).toBe(emulator.log.at(-1)?.requestId);
    expect(reply.headers.get("date")).toBe("Mon, 15 Jan 2024 10:00:00 GMT");
    if (reply.status === 201) expect(reply.body.createdAt).toBe("2024-01-15T10:00:00.000Z");
  }
});

test("what is missing is 404, under the code that is set", async () => {
  const emulator = await start();
  const get = async (id: string): Promise<unknown[]> => {
    const { status, body } = await ask(emulator, `GET /flows/${id}`);
    return [status, body.errors?.[0] ?? body] as unknown[];
  };
  expect(await get("exp123")).toEqual([
    404,
    { code: "not_found", message: "Flow not found: exp123" },
  ]);
  emulator.options.notFoundCode = "resource_not_found";
  expect(await get("exp123")).toEqual([
    404,
    expect.objectContaining({ code: "resource_not_found" }),
  ]);
  emulator.options.malformedIds = "invalid_ref";
  expect(await get("exp123")).toEqual([400, expect.objectContaining({ code: "invalid_ref" })]);
  expect((await get("0123456789abcdef01234567"))[0]).toBe(404);
  emulator.options.errorShape = "bare";
  expect(await get("exp123")).toEqual([
    400,
    { code: "invalid_ref", message: "Please provide a valid _id.", field: "_id" },
  ]);
});

test("latency delays every answer", async () => {
  const emulator = await start({ latencyMs: 60 });
  const before = performance.now();
  await ask(emulator, "GET /flows");
  expect(performance.now() - before).toBeGreaterThan(55);
});

describe("the rate limit", () => {
  test("answers 429 with the whole seconds to wait, and lets requests in again after them", async () => {
    const clock = aClock();
    const emulator = await start({
      now: clock.now,
      rateLimit: { capacity: 3, refillPerSecond: 0.5 },
    });
    const codes = [];
    for (let index = 0; index < 4; index++) codes.push((await ask(emulator, "GET /flows")).status);
    expect(codes).toEqual([204, 204, 204, 429]);
    const reply = await ask(emulator, "GET /flows");
    expect(reply.body.errors[0].code).toBe("rate_limited");
    expect(reply.headers.get("retry-after")).toBe("2");
    clock.pass(2000);
    expect((await ask(emulator, "GET /flows")).status).toBe(204);
    expect((await ask(emulator, "GET /flows")).status).toBe(429);
  });

  test("gives a date, or nothing", async () => {
    const clock = aClock();
    const emulator = await start({
      now: clock.now,
      rateLimit: { capacity: 0, refillPerSecond: 1, retryAfter: "date" },
    });
    expect((await ask(emulator, "GET /flows")).headers.get("retry-after")).toBe(
      "Mon, 15 Jan 2024 10:00:02 GMT",
    );
    emulator.options.rateLimit = { capacity: 0, refillPerSecond: 1, retryAfter: "none" };
    const reply = await ask(emulator, "GET /flows");
    expect([reply.status, reply.headers.get("retry-after")]).toEqual([429, null]);
  });
});

test("an idle connection is closed after the time that is set", async () => {
  const emulator = await start({ idleCloseMs: 30 });
  const agent = new http.Agent({ keepAlive: true });
  const socket = await new Promise<Socket>((resolve) => {
    const request = http.get(`${emulator.url}/v1/flows`, { agent }, (response) => {
      response.resume().on("end", () => {
        if (request.socket) resolve(request.socket);
      });
    });
  });
  const before = performance.now();
  await once(socket, "close");
  expect(performance.now() - before).toBeLessThan(2500);
  agent.destroy();
});

test("a client that goes away in the middle of its body does no harm", async () => {
  const emulator = await start();
  const headers = { "content-type": "application/json", "content-length": "100" };
  const request = http.request(`${emulator.url}/v1/flows`, { method: "POST", headers });
  request.on("error", () => undefined);
  request.write('{"name":');
  await new Promise((resolve) => setTimeout(resolve, 20));
  request.destroy();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(emulator.flows()).toEqual([]);
  expect((await ask(emulator, "GET /flows")).status).toBe(204);
});
