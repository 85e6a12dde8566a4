import type { ApiError } from "../../../provider/api/errors";
import type { Fault } from "../../../sdk/testing/index";
import { type Bench, useBenches } from "./virtual-service";

const makeBench = useBenches();

/** A bench with one flow, whose id comes along. */
async function withFlow(
  options: Parameters<typeof makeBench>[0] = {},
): Promise<Bench & { id: string }> {
  const bench = await makeBench(options);
  bench.emulator.seedDocuments({ flows: [{ _id: "flow1", name: "Orders", pageGenerators: [] }] });
  return { ...bench, id: "flow1" };
}

const STATUSES = [408, 429, 500, 502, 503, 504];
const PASSING: [string, Parameters<Bench["emulator"]["fault"]>[0]][] = [
  ...STATUSES.flatMap((status) =>
    (["json", "html", "empty"] as const).map((body): [string, Fault] => [
      `${String(status)} ${body}`,
      { kind: "status", status, body },
    ]),
  ),
  ["cut before", { kind: "cutBefore" }],
  ["cut after", { kind: "cutAfter" }],
  ["hang", { kind: "hang" }],
  ["truncated", { kind: "truncated" }],
  ["HTML 200", { kind: "html200" }],
];

const CALLS: Readonly<Record<string, (bench: Bench) => Promise<unknown>>> = {
  GET: (bench: Bench) => bench.service.client.getFlow("flow1"),
  PUT: (bench: Bench) =>
    bench.service.client.putFlow("flow1", { name: "Orders, new", pageGenerators: [] }),
  DELETE: (bench: Bench) => bench.service.client.deleteFlow("flow1").catch(gone),
};

function gone(error: unknown): void {
  if ((error as ApiError).info.kind !== "notFound") throw error;
}

describe.each(["GET", "PUT", "DELETE"] as const)("%s", (method) => {
  it.each(PASSING)("survives %s, twice", async (_, fault) => {
    const bench = await withFlow();
    const handle = bench.emulator.fault({ ...fault, method, times: 2 });
    await bench.run(async () => CALLS[method]?.(bench));
    // A deletion that was carried out is not met again by a fault that needs a body.
    expect(handle.hits).toBeGreaterThanOrEqual(1);
    expect(bench.emulator.requests(method)).toHaveLength(handle.hits + 1);
    if (method === "DELETE") expect(bench.emulator.flows()).toEqual([]);
    if (method === "PUT")
      expect(bench.emulator.flow("flow1")).toMatchObject({ name: "Orders, new" });
  });
});

it("asks again for a flow that came without its id", async () => {
  const bench = await withFlow();
  bench.emulator.fault({ kind: "noId", method: "GET" });
  await expect(bench.run(() => bench.service.client.getFlow("flow1"))).resolves.toMatchObject({
    _id: "flow1",
  });
});

it.each([
  ["an empty 200", { kind: "status", status: 200, body: "empty" }],
  ["an object", { kind: "status", status: 200, body: { message: "hello" } }],
  ["a page", { kind: "html200" }],
] as [string, Fault][])("does not take %s for an empty list", async (_, fault) => {
  const bench = await withFlow();
  bench.emulator.fault({ ...fault, method: "GET" });
  await expect(bench.run(() => bench.service.client.list("/flows"))).resolves.toHaveLength(1);
});

it("takes a 204 for an empty list", async () => {
  const bench = await makeBench({ emptyList: 204 });
  await expect(bench.run(() => bench.service.client.list("/flows"))).resolves.toEqual([]);
});

it("does not take a proxy's 404 page for a flow that is gone", async () => {
  const bench = await withFlow();
  bench.emulator.fault({ kind: "status", status: 404, body: "html" });
  await expect(bench.run(() => bench.service.client.getFlow("flow1"))).rejects.toMatchObject({
    info: { kind: "unexpected", status: 404 },
  });
});

it("does not take a page with status 200 for a deletion", async () => {
  const bench = await withFlow();
  bench.emulator.fault({ kind: "html200", carryOut: false, method: "DELETE" });
  await bench.run(() => bench.service.client.deleteFlow("flow1"));
  expect(bench.emulator.flows()).toEqual([]);
});

describe("bounds", () => {
  it("makes maxRetries further attempts and then says how many there were", async () => {
    const bench = await withFlow({ maxRetries: 3 });
    bench.emulator.fault({ kind: "status", status: 503, body: "empty", times: 99 });
    await expect(bench.run(() => bench.service.client.getFlow("flow1"))).rejects.toMatchObject({
      info: { kind: "server", status: 503, attempts: 4 },
    });
    expect(bench.emulator.log).toHaveLength(4);
    expect(bench.clock.sleeps).toEqual([375, 750, 1500]);
  });

  it("gives up on a 429 that never ends", async () => {
    const bench = await withFlow({ maxRetries: 3 });
    bench.emulator.fault({
      kind: "status",
      status: 429,
      headers: { "retry-after": "2" },
      times: 99,
    });
    await expect(bench.run(() => bench.service.client.getFlow("flow1"))).rejects.toMatchObject({
      info: { kind: "rateLimited", attempts: 4 },
    });
    expect(bench.seconds()).toBeLessThan(10);
  });

  it("goes on for a quarter of an hour at most, however many attempts are left", async () => {
    const bench = await withFlow({ maxRetries: 1000 });
    bench.emulator.fault({
      kind: "status",
      status: 503,
      headers: { "retry-after": "600" },
      times: 999,
    });
    await expect(bench.run(() => bench.service.client.getFlow("flow1"))).rejects.toMatchObject({
      info: { status: 503 },
    });
    expect(bench.seconds()).toBeLessThanOrEqual(15 * 60);
    expect(bench.emulator.log.length).toBeGreaterThan(5);
  });

  it.each(["999999999", "-1", "0", "tomorrow", "Fri, 31 Dec 9999 23:59:59 GMT"])(
    "is not impressed by Retry-After: %s",
    async (value) => {
      const bench = await withFlow();
      bench.emulator.fault({ kind: "status", status: 429, headers: { "retry-after": value } });
      await bench.run(() => bench.service.client.getFlow("flow1"));
      expect(bench.seconds()).toBeLessThan(1);
    },
  );

  it("waits as a date says, by the service's own clock", async () => {
    const bench = await withFlow({ skewMs: -5 * 3_600_000 });
    const until = new Date(bench.clock.now() - 5 * 3_600_000 + 9000).toUTCString();
    bench.emulator.fault({ kind: "status", status: 429, headers: { "retry-after": until } });
    await bench.run(() => bench.service.client.getFlow("flow1"));
    expect(bench.seconds()).toBeGreaterThanOrEqual(9);
    expect(bench.seconds()).toBeLessThan(10);
  });
});

it.each([400, 401, 403, 404, 409, 422])("does not repeat a %d", async (status) => {
  const bench = await withFlow();
  bench.emulator.fault({ kind: "status", status, times: 99 });
  await expect(bench.run(() => bench.service.client.getFlow("flow1"))).rejects.toMatchObject({
    info: { status },
  });
  expect(bench.emulator.log).toHaveLength(1);
});
