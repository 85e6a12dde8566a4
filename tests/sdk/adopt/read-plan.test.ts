import type { JsonObject } from "../../../provider/api/types";
import { readFlowsForImport } from "../../../sdk/index";
import type { ImportPlan, ReadFlowsForImportArgs } from "../../../sdk/adopt/plan";
import { patternOf } from "../../../sdk/adopt/select-flows";
import type { Emulator } from "../../../sdk/testing/index";
import { useEmulators } from "../testing/use-emulator";

const start = useEmulators();

function read(
  { url, token }: Emulator,
  args: ReadFlowsForImportArgs,
  apiToken = token,
): Promise<ImportPlan> {
  return readFlowsForImport(args, { baseUrl: url, apiToken, maxRetries: 1 });
}

function flows(count: number, more: JsonObject = {}): JsonObject[] {
  return Array.from({ length: count }, (_, index) => ({
    _id: `flow${String(index)}`,
    name: `Flow ${String(index)}`,
    pageGenerators: [{ _exportId: `exp${String(index % 20)}` }],
    pageProcessors: [{ type: "import", _importId: `imp${String(index % 20)}` }],
    ...more,
  }));
}

const sources = Array.from({ length: 20 }, (_, index) => ({
  _id: `exp${String(index)}`,
  name: `Source ${String(index)}`,
  _connectionId: "con1",
}));
const targets = Array.from({ length: 20 }, (_, index) => ({
  _id: `imp${String(index)}`,
  name: `Target ${String(index)}`,
  hooks: { preMap: { _scriptId: "scr1" } },
}));
const others = {
  exports: sources,
  imports: targets,
  connections: [{ _id: "con1", name: "Shop" }],
  scripts: [{ _id: "scr1", name: "Helper" }],
  integrations: [
    { _id: "int1", name: "One" },
    { _id: "int2", name: "Two" },
  ],
};

function ids(plan: ImportPlan): string[] {
  return plan.flows.map(({ _id }) => _id);
}

describe("readFlowsForImport", () => {
  it("reads all pages and the descendants of each flow, and names everything found in the documents", async () => {
    const emulator = await start({ seed: { ...others, flows: flows(25) }, pageSize: 10 });
    const plan = await read(emulator, { all: true });
    expect(ids(plan)).toHaveLength(25);
    expect(plan.exports.map(({ name }) => name)).toContain("Source 19");
    expect([plan.scripts, plan.connections]).toMatchObject([
      [{ id: "scr1", name: "Helper" }],
      [{ id: "con1", name: "Shop" }],
    ]);
    expect(emulator.requests("GET", "/flows")).toHaveLength(3);
    expect(emulator.requests("GET", /\/descendants$/)).toHaveLength(25);
    expect([emulator.log.length, emulator.writes()]).toEqual([3 + 25 + 2, []]);
  });

  it("asks for the steps of branches where the descendants lack them, once each", async () => {
    const step = (index: number): JsonObject => ({
      type: "import",
      _importId: `imp${String(index)}`,
    });
    const router = {
      id: "r",
      branches: [
        { name: "a", pageProcessors: [step(18), step(19)] },
        { name: "b", pageProcessors: [{ type: "export", _exportId: "exp19" }] },
      ],
    };
    const emulator = await start({
      seed: { ...others, flows: flows(3, { pageProcessors: null, routers: [router] }) },
      descendantsBranches: false,
    });
    const plan = await read(emulator, { all: true });
    expect(plan.imports.map(({ name }) => name)).toEqual(["Target 18", "Target 19"]);
    expect(plan.exports.map(({ name }) => name)).toContain("Source 19");
    expect(
      [emulator.requests("GET", /^\/imports\/./), emulator.requests("GET", /^\/exports\/./)].map(
        (one) => one.length,
      ),
    ).toEqual([2, 1]);
  });

  it("goes on when one flow fails, says why, and stops at a refused token", async () => {
    const emulator = await start({ seed: { ...others, flows: flows(5) } });
    emulator.fault({
      method: "GET",
      path: "/flows/flow3/descendants",
      kind: "status",
      status: 500,
      times: 10,
    });
    const plan = await read(emulator, { all: true });
    expect(ids(plan)).toEqual(["flow0", "flow1", "flow2", "flow4"]);
    expect(plan.failed).toEqual([
      expect.objectContaining({
        kind: "flow",
        id: "flow3",
        name: "Flow 3",
        reason: expect.stringContaining("status 500"),
      }),
    ]);
    await expect(read(emulator, { flowIds: ["flow1"] }, "wrong")).rejects.toThrow(
      "does not accept the API token",
    );
  });

  it("says which exports, imports and chained flows do not exist, and names flows outside", async () => {
    const one = {
      ...flows(1)[0],
      pageGenerators: [{ _exportId: "expX" }],
      _runNextFlowIds: ["flow1", "flowX"],
    };
    const emulator = await start({ seed: { ...others, flows: [one, ...flows(2).slice(1)] } });
    const plan = await read(emulator, { flowIds: ["flow0", "nope"] });
    expect(plan.missing).toEqual([
      { kind: "exports", id: "expX", flowIds: ["flow0"] },
      { kind: "flows", id: "flowX", flowIds: ["flow0"] },
    ]);
    expect(plan.otherFlows).toMatchObject([{ id: "flow1", name: "Flow 1" }]);
    expect(plan.failed).toMatchObject([{ id: "nope", gone: true }]);
  });

  it("does not call missing what it may not look up", async () => {
    const emulator = await start({ seed: { ...others, exports: [], flows: flows(1) } });
    emulator.fault({
      method: "GET",
      path: "/exports/exp0",
      kind: "status",
      status: 403,
      times: 10,
    });
    const plan = await read(emulator, { all: true });
    expect([plan.missing, plan.exports]).toEqual([[], [{ id: "exp0" }]]);
  });

  it("selects by integration, by pattern and by id, together", async () => {
    const [a, b] = [
      flows(4, { _integrationId: "int1" }),
      flows(8, { _integrationId: "int2" }).slice(4),
    ];
    const emulator = await start({ seed: { ...others, flows: [...a, ...b] } });
    expect(ids(await read(emulator, { integrationId: "int1" }))).toEqual([
      "flow0",
      "flow1",
      "flow2",
      "flow3",
    ]);
    expect(
      ids(
        await read(emulator, { integrationIds: ["int2"], names: ["flow ?"], flowIds: ["flow0"] }),
      ),
    ).toEqual(["flow0", "flow4", "flow5", "flow6", "flow7"]);
    expect(ids(await read(emulator, { names: ["*3", "FLOW 5"] }))).toEqual(["flow3", "flow5"]);
    expect((await read(emulator, { integrationIds: ["int9"] })).failed).toMatchObject([
      { kind: "integration", id: "int9" },
    ]);
  });

  it("finds everything with a token that sees flows only by integration, and instances of abstract flows", async () => {
    const token = { token: "limited", integrationIds: ["int1"] };
    const emulator = await start({
      seed: {
        ...others,
        flows: [
          ...flows(2, { _integrationId: "int1" }),
          { _id: "inst", _abstractFlowId: "flow0", _integrationId: "int1" },
        ],
      },
      tokens: [token],
    });
    expect(ids(await read(emulator, { all: true }, "limited"))).toEqual(["flow0", "flow1", "inst"]);
  });

  it("reads everything through a rate limit, and 1,000 flows in a few seconds", async () => {
    const emulator = await start({
      seed: { ...others, flows: flows(1000) },
      rateLimit: { capacity: 1000, refillPerSecond: 300 },
    });
    const begin = Date.now();
    const plan = await read(emulator, { all: true });
    const seconds = (Date.now() - begin) / 1000;
    console.log(`1,000 flows: ${String(emulator.log.length)} requests, ${seconds.toFixed(1)} s`);
    expect([plan.flows.length, plan.failed]).toEqual([1000, []]);
    expect(emulator.writes()).toEqual([]);
  }, 60_000);
});

it.each([
  ["Order*", "orders", true],
  ["Order*", "My orders", false],
  ["a.c", "abc", false],
  ["[x] (?)", "[x] (1)", true],
  ["*", "two\nlines", true],
])("takes the pattern %j for %j: %j", (pattern, name, expected) => {
  expect(patternOf(pattern).test(name)).toBe(expected);
});
