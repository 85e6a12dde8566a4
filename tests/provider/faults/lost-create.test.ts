import { createFlow } from "../../../provider/flow/create";
import { HalfDone } from "../../../provider/failure";
import type { Fault } from "../../../sdk/testing/index";
import { type Bench, inputs, useBenches } from "./virtual-service";

const makeBench = useBenches();

let said = "";
beforeEach(() => {
  said = "";
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const create = (bench: Bench, more: Record<string, unknown> = {}): Promise<{ id: string }> =>
  bench.run(() => createFlow(bench.service, inputs(more)));
const ids = ({ emulator }: Bench): string[] => emulator.flows().map(({ _id }) => _id);
const posts = ({ emulator }: Bench): number => emulator.requests("POST", "/flows").length;

/** A flow as the service has it when somebody else makes it from the same text. */
const twin = (_id: string, createdAt: number, more: Record<string, unknown> = {}) => ({
  _id,
  name: "Customer Sync",
  disabled: false,
  pageGenerators: [{ _exportId: "exp123" }],
  pageProcessors: [{ type: "import", _importId: "imp123" }],
  createdAt: new Date(createdAt).toISOString(),
  ...more,
});

describe("a POST whose answer is lost", () => {
  it.each([
    ["cut after", { kind: "cutAfter" }],
    ["hang after", { kind: "hangAfter" }],
    ["408", { kind: "status", status: 408, carryOut: true }],
    ["500 as JSON", { kind: "status", status: 500, carryOut: true }],
    ["502 as a page", { kind: "status", status: 502, body: "html", carryOut: true }],
    ["503 without a body", { kind: "status", status: 503, body: "empty", carryOut: true }],
    ["504", { kind: "status", status: 504, carryOut: true }],
    ["half of the JSON", { kind: "truncated" }],
    ["a page with 200", { kind: "html200" }],
    ["no _id", { kind: "noId" }],
    ["an empty 201", { kind: "status", status: 201, body: "empty", carryOut: true }],
    ["carried out after we gave up", { kind: "lateWrite", ms: 0 }],
  ] as [string, Fault][])("is found where it was carried out: %s", async (_, fault) => {
    const bench = await makeBench();
    bench.emulator.fault({ ...fault, method: "POST", path: "/flows" });
    const { id } = await create(bench);
    expect(ids(bench)).toEqual([id]);
    expect(bench.emulator.fired.map(({ carriedOut }) => carriedOut)).toEqual([true]);
    expect(posts(bench)).toBe(1);
    expect(said).toContain('the creation of flow "Customer Sync" was lost');
  });

  it.each([
    ["cut before", { kind: "cutBefore" }],
    ["hang", { kind: "hang" }],
    ["500", { kind: "status", status: 500 }],
    ["503 as a page", { kind: "status", status: 503, body: "html" }],
    ["a page with 200", { kind: "html200", carryOut: false }],
  ] as [string, Fault][])("is made again where it was not: %s", async (_, fault) => {
    const bench = await makeBench();
    bench.emulator.fault({ ...fault, method: "POST", path: "/flows" });
    const { id } = await create(bench);
    expect(ids(bench)).toEqual([id]);
    // It is looked for twice before it is made again, and once more afterwards.
    const order = bench.arrived().filter((line) => line.endsWith(" /flows"));
    expect(order).toEqual(["POST /flows", "GET /flows", "GET /flows", "POST /flows", "GET /flows"]);
  });

  it("waits longer before it is made again where time ran out", async () => {
    const [cut, hung] = [await makeBench(), await makeBench({ requestTimeoutMs: 250 })];
    cut.emulator.fault({ kind: "cutBefore", method: "POST" });
    hung.emulator.fault({ kind: "hang", method: "POST" });
    await create(cut);
    await create(hung);
    // The last five seconds are those before the look at what may have come even later.
    expect([cut.seconds(), hung.seconds()]).toEqual([8, 13]);
  });

  it.each([1500, 2900, 7900])("is found where it is carried out %d ms late", async (ms) => {
    const bench = await makeBench();
    bench.emulator.fault({ kind: "hang", method: "POST", path: "/flows" });
    const late = bench.clock.sleep(ms).then(() => {
      bench.emulator.seedDocuments({ flows: [twin("late", bench.clock.now())] });
    });
    await expect(create(bench)).resolves.toMatchObject({ id: "late" });
    await late;
    expect(ids(bench)).toEqual(["late"]);
    expect(posts(bench)).toBe(1);
  });

  it("leaves one flow where it is carried out, or listed, after it was made again", async () => {
    const bench = await makeBench();
    bench.emulator.fault({ kind: "cutBefore", method: "POST", path: "/flows" });
    const late = bench.clock.sleep(6000).then(() => {
      bench.emulator.seedDocuments({ flows: [twin("late", bench.clock.now())] });
    });
    await expect(create(bench)).resolves.toMatchObject({ id: "late" });
    await late;
    expect(posts(bench)).toBe(2);
    expect(ids(bench)).toEqual(["late"]);
  });

  it("leaves one flow where it is carried out even later, together with the next one", async () => {
    const bench = await makeBench();
    bench.emulator.fault({ kind: "hang", method: "POST", path: "/flows" });
    bench.emulator.intercept({ method: "POST", after: 1 }, () => {
      bench.emulator.seedDocuments({ flows: [twin("late", bench.clock.now())] });
    });
    const { id } = await create(bench);
    expect(ids(bench)).toEqual([id]);
    expect(id).toBe("late");
  });

  it("names both and keeps its own where the second one cannot be deleted", async () => {
    const bench = await makeBench();
    bench.emulator.fault({ kind: "hang", method: "POST", path: "/flows" });
    bench.emulator.fault({ kind: "status", status: 403, method: "DELETE", times: 99 });
    bench.emulator.intercept({ method: "POST", after: 1 }, () => {
      bench.emulator.seedDocuments({ flows: [twin("late", bench.clock.now())] });
    });
    const failure = await create(bench, { __provider: "loader" }).catch(
      (error: unknown) => error as HalfDone,
    );
    const own = ids(bench).find((id) => id !== "late") ?? "";
    expect(failure).toBeInstanceOf(HalfDone);
    expect(failure).toMatchObject({
      id: own,
      properties: { name: "Customer Sync", __provider: "loader" },
    });
    expect((failure as HalfDone).message).toContain(
      `made twice: ${own}, which is in the stack, and late`,
    );
  });

  it("is given up after maxRetries further attempts, with nothing left behind", async () => {
    const bench = await makeBench({ maxRetries: 2 });
    bench.emulator.fault({ kind: "status", status: 503, method: "POST", times: 99 });
    await expect(create(bench)).rejects.toMatchObject({ info: { status: 503 } });
    expect(posts(bench)).toBe(3);
    expect(ids(bench)).toEqual([]);
  });

  it("fails where the list cannot be read, and says what to look for", async () => {
    const bench = await makeBench({ maxRetries: 1 });
    bench.emulator.fault({ kind: "cutAfter", method: "POST" });
    bench.emulator.fault({ kind: "status", status: 503, method: "GET", times: 99 });
    await expect(create(bench)).rejects.toThrow(
      /list of flows cannot be read.*\n.*"Customer Sync"/,
    );
    expect(posts(bench)).toBe(1);
  });

  it("forgives a list that can be read only the second time", async () => {
    const bench = await makeBench({ maxRetries: 0 });
    bench.emulator.fault({ kind: "cutAfter", method: "POST" });
    bench.emulator.fault({ kind: "status", status: 503, method: "GET" });
    const { id } = await create(bench);
    expect(ids(bench)).toEqual([id]);
  });
});

describe("which flow is ours", () => {
  it.each([
    ["another name", { name: "Customer Sync 2" }],
    ["another integration", { _integrationId: "int124" }],
    ["another description", { description: "somebody's" }],
    ["another export", { pageGenerators: [{ _exportId: "exp124" }] }],
    ["another import", { pageProcessors: [{ type: "import", _importId: "imp124" }] }],
    ["another schedule", { schedule: "0 5 * * *" }],
    ["no longer disabled", { disabled: true }],
  ])("does not take one with %s", async (_, difference) => {
    const bench = await makeBench();
    bench.emulator.fault({ kind: "cutBefore", method: "POST" });
    bench.emulator.intercept({ method: "POST" }, () => {
      bench.emulator.seedDocuments({ flows: [twin("other", bench.clock.now(), difference)] });
    });
    const { id } = await create(bench, {
      description: "ours",
      schedule: "0 2 * * *",
      timezone: "UTC",
    });
    expect(id).not.toBe("other");
    expect(bench.emulator.flow("other")).toBeDefined();
    expect(ids(bench)).toHaveLength(2);
  });

  it("does not take one that was there long before", async () => {
    const bench = await makeBench();
    bench.emulator.seedDocuments({ flows: [twin("before", bench.clock.now() - 60_000)] });
    bench.emulator.fault({ kind: "cutBefore", method: "POST" });
    const { id } = await create(bench);
    expect(ids(bench)).toEqual(["before", id]);
  });

  it("does not take one that was listed a moment before, whatever the clocks say", async () => {
    const bench = await makeBench();
    bench.emulator.seedDocuments({ flows: [twin("before", bench.clock.now() - 100)] });
    await bench.run(() => bench.service.flows.all());
    bench.emulator.fault({ kind: "cutAfter", method: "POST" });
    const { id } = await create(bench);
    expect(ids(bench)).toEqual(["before", id]);
  });

  it("does not take one that belongs to another resource", async () => {
    const bench = await makeBench();
    bench.emulator.seedDocuments({ flows: [twin("claimed", bench.clock.now())] });
    bench.service.claimed.add("claimed");
    bench.emulator.fault({ kind: "cutBefore", method: "POST" });
    const { id } = await create(bench);
    expect(ids(bench)).toEqual(["claimed", id]);
  });

  it.each([-26, -3, 3, 26])(
    "compares by the service's clock, %d hours away from ours",
    async (hours) => {
      const bench = await makeBench({ skewMs: hours * 3_600_000 });
      const there = bench.clock.now() + hours * 3_600_000;
      bench.emulator.seedDocuments({ flows: [twin("before", there - 60_000)] });
      bench.emulator.fault({ kind: "cutAfter", method: "POST" });
      const { id } = await create(bench);
      expect(ids(bench)).toEqual(["before", id]);
      expect(posts(bench)).toBe(1);
    },
  );

  it("names the candidates where several could be it, and makes no further one", async () => {
    const bench = await makeBench();
    bench.emulator.fault({ kind: "cutAfter", method: "POST" });
    bench.emulator.intercept({ method: "GET" }, () => {
      bench.emulator.seedDocuments({ flows: [twin("other", bench.clock.now())] });
    });
    const failure = await create(bench).catch((error: unknown) => error as Error);
    expect((failure as Error).message).toContain("several flows could be the one it made");
    for (const id of ids(bench)) expect((failure as Error).message).toContain(id);
    expect(posts(bench)).toBe(1);
  });

  it("names a candidate of which nothing says when it was made", async () => {
    const bench = await makeBench();
    bench.emulator.fault({ kind: "cutBefore", method: "POST" });
    const { createdAt: _, ...ageless } = twin("ageless", 0);
    bench.emulator.intercept({ method: "GET" }, () => {
      bench.emulator.seedDocuments({ flows: [{ ...ageless, createdAt: null }] });
    });
    await expect(create(bench)).rejects.toThrow(/nothing says when it was made: ageless/);
  });

  it("goes by the list where a flow says that it is older than a list without it", async () => {
    const bench = await makeBench();
    await bench.run(() => bench.service.flows.all());
    bench.emulator.fault({ kind: "cutBefore", method: "POST" });
    bench.emulator.intercept({ method: "POST" }, () => {
      const back = bench.clock.now() - 5 * 3_600_000;
      bench.emulator.seedDocuments({ flows: [twin("ours", back)] });
    });
    await expect(create(bench)).resolves.toMatchObject({ id: "ours" });
    expect(posts(bench)).toBe(1);
  });

  it("does not take one that was made between the list and the attempt", async () => {
    const bench = await makeBench();
    await bench.run(() => bench.service.flows.all());
    await bench.run(() => bench.clock.sleep(60_000));
    bench.emulator.seedDocuments({ flows: [twin("between", bench.clock.now() - 30_000)] });
    bench.emulator.fault({ kind: "cutBefore", method: "POST" });
    const { id } = await create(bench);
    expect(ids(bench)).toEqual(["between", id]);
  });

  it("is found on a later page, in its integration", async () => {
    const bench = await makeBench({ pageSize: 2 });
    const long = bench.clock.now() - 3_600_000;
    const others = Array.from({ length: 5 }, (_, index) =>
      twin(`other${String(index)}`, long, { _integrationId: "int123" }),
    );
    bench.emulator.seedDocuments({ flows: others });
    bench.emulator.fault({ kind: "cutAfter", method: "POST" });
    const { id } = await create(bench, { integrationId: "int123" });
    expect(ids(bench)).toHaveLength(6);
    expect(bench.emulator.flow(id)).toMatchObject({ _integrationId: "int123" });
    expect(bench.arrived()).toContain("GET /flows?_integrationId=int123");
  });

  it("is found by the whole list where the service takes no filter", async () => {
    const bench = await makeBench();
    bench.emulator.fault({ kind: "cutAfter", method: "POST" });
    bench.emulator.fault({
      kind: "status",
      status: 400,
      method: "GET",
      path: /_integrationId/,
      times: 99,
    });
    const { id } = await create(bench, { integrationId: "int123" });
    expect(ids(bench)).toEqual([id]);
  });
});

describe("twenty equal names at once", () => {
  it.each([
    ["cutAfter", 20],
    ["cutBefore", 5],
  ] as const)("make twenty flows although answers end in %s, %d times", async (kind, times) => {
    const bench = await makeBench({ pageSize: 7 });
    const handle = bench.emulator.fault({ kind, method: "POST", path: "/flows", times });
    const made = await bench.run(() =>
      Promise.all(Array.from({ length: 20 }, () => createFlow(bench.service, inputs()))),
    );
    expect(handle.hits).toBe(times);
    expect(new Set(made.map(({ id }) => id)).size).toBe(20);
    expect(ids(bench).sort()).toEqual(made.map(({ id }) => id).sort());
  });
});

describe("the other cron form", () => {
  it.each(["cutAfter", "cutBefore"] as const)("survives %s on the second form", async (kind) => {
    const bench = await makeBench({ cron: "six" });
    bench.emulator.fault({ kind, method: "POST", path: "/flows", after: 1 });
    const { id } = await create(bench, { schedule: "0 2 * * *", timezone: "UTC" });
    expect(bench.emulator.flows()).toMatchObject([{ _id: id, schedule: "? 0 2 * * *" }]);
  });

  it("survives a loss on the first form, which the service refuses", async () => {
    const bench = await makeBench({ cron: "six" });
    bench.emulator.fault({ kind: "cutBefore", method: "POST", path: "/flows" });
    const { id } = await create(bench, { schedule: "0 2 * * *", timezone: "UTC" });
    expect(ids(bench)).toEqual([id]);
  });
});

it("is no lost one where the service refuses the flow with a 409, and no running flow either", async () => {
  const bench = await makeBench();
  const body = { errors: [{ code: "conflict", message: "Name is taken" }] };
  bench.emulator.fault({ kind: "status", status: 409, body, method: "POST", path: "/flows" });
  await expect(create(bench)).rejects.toMatchObject({ info: { kind: "conflict", status: 409 } });
  expect(bench.arrived()).toEqual(["POST /flows"]);
});
