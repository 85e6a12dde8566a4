import type { JsonObject } from "../../provider/api/types";
import {
  aFlow,
  createFlowStack,
  type DeclaredFlow,
  expectCode,
  type FlowStack,
} from "../support/flow-stack";

const ROUTERS = [
  {
    id: "7",
    routeRecordsTo: "first_matching_branch",
    branches: [
      { name: "a", pageProcessors: [{ type: "import", importId: "imp123" }], nextRouterId: "8" },
      { name: "b", pageProcessors: [] },
    ],
  },
  { id: "8", branches: [{ name: "c", pageProcessors: [{ type: "import", importId: "imp124" }] }] },
];

/** What the service does to a flow by itself, and the arguments that it happens to. */
const NOISE: Readonly<Record<string, { args?: Record<string, unknown>; live: JsonObject }>> = {
  lastModified: { live: { lastModified: "2031-01-01T00:00:00.000Z", lastModifiedBy: "somebody" } },
  lastExecutedAt: {
    live: { lastExecutedAt: "2031-01-01T00:00:00.000Z", resolvedAt: "2031-01-01T00:00:00.000Z" },
  },
  "read-only fields": {
    live: { numInstances: 3, free: true, wizardState: "done", unheardOf: { a: [1] } },
  },
  "empty response mapping": {
    live: {
      pageProcessors: [
        {
          type: "import",
          _importId: "imp123",
          responseMapping: { fields: [], lists: [] },
          hooks: {},
        },
      ],
    },
  },
  "flags that are off": {
    live: {
      skipRetries: false,
      autoResolveMatchingTraceKeys: false,
      runPageGeneratorsInParallel: false,
      hidden: false,
      pageGenerators: [{ _exportId: "exp123", skipRetries: false, setupInProgress: false }],
      pageProcessors: [{ type: "import", _importId: "imp123", proceedOnFailure: false }],
    },
  },
  "ids inside generators": {
    live: { pageGenerators: [{ _id: "pg9", _exportId: "exp123", __startDateHelper: null }] },
  },
  "null and empty for absent": {
    live: {
      description: null,
      schedule: "",
      routers: [],
      aliases: [],
      _runNextFlowIds: [],
      settings: {},
      preSave: null,
    },
  },
  "six fields of cron": {
    args: { schedule: "0 2 * * *", timezone: "UTC" },
    live: { schedule: "? 0 2 ? * *" },
  },
  "five fields of cron": {
    args: { schedule: "? 5 0 ? * *", timezone: "UTC" },
    live: { schedule: "5 0 * * *" },
  },
  "order of keys": {
    args: { settings: { a: 1, b: { c: 2, d: [3] } } },
    live: { settings: { b: { d: [3], c: 2 }, a: 1 } },
  },
  "order of chains and aliases": {
    args: {
      runNextFlowIds: ["n1", "n2"],
      aliases: [
        { alias: "x", exportId: "exp123" },
        { alias: "y", importId: "imp123" },
      ],
    },
    live: {
      _runNextFlowIds: ["n2", "n1"],
      aliases: [
        { _importId: "imp123", alias: "y" },
        { _exportId: "exp123", alias: "x" },
      ],
    },
  },
  "routers with numbers and branch ids": {
    args: { pageProcessors: undefined, routers: ROUTERS },
    live: {
      routers: [
        {
          id: 7,
          routeRecordsTo: "first_matching_branch",
          branches: [
            {
              branchId: "b1",
              name: "a",
              pageProcessors: [
                { type: "import", _importId: "imp123", responseMapping: { fields: [], lists: [] } },
              ],
              nextRouterId: 8,
            },
            { branchId: "b2", name: "b" },
          ],
        },
        {
          id: 8,
          branches: [
            {
              branchId: "b3",
              name: "c",
              pageProcessors: [{ type: "import", _importId: "imp124" }],
            },
          ],
        },
      ],
    },
  },
  "default logging": {
    live: { logging: { mode: "accountLevel", debugUntil: "2031-01-01T00:00:00.000Z" } },
  },
  "a debug time that moved": {
    args: { logging: { mode: "basic" } },
    live: { logging: { mode: "basic", debugUntil: "2031-01-01T00:00:00.000Z" } },
  },
  "a run": { live: {} },
};

describe("noise of the service", () => {
  let stack: FlowStack;
  const flows: DeclaredFlow[] = Object.entries(NOISE).map(([name, { args }]) => ({
    name,
    args: aFlow(args),
  }));

  beforeAll(async () => {
    stack = await createFlowStack();
  });
  afterAll(() => stack.close());

  it("is no drift, item by item and all together", async () => {
    await stack.deploy(...flows);
    const outputs = await stack.project.outputs();
    for (const [name, { live }] of Object.entries(NOISE)) {
      stack.emulator.edit(String(outputs[name]), {
        ...live,
        lastModified: "2032-01-01T00:00:00.000Z",
      });
    }
    stack.emulator.startJob(String(outputs["a run"]), { durationMs: 60_000 });
    expectCode(await stack.refreshPreview(), 0);
    expectCode(await stack.refreshedPreview(), 0);
    expectCode(await stack.project.refresh(), 0);
    stack.emulator.clearLog();
    expectCode(await stack.project.up(["--refresh", "--expect-no-changes"]), 0);
    expect(stack.emulator.writes()).toEqual([]);
    console.log(
      ["noise that is no drift:", ...Object.keys(NOISE).map((name) => `  ${name}`)].join("\n"),
    );
  });

  it("is kept by an update of something else", async () => {
    const outputs = await stack.project.outputs();
    const id = String(outputs["read-only fields"]);
    stack.emulator.finishJobs(String(outputs["a run"]));
    await stack.deploy(
      ...flows.map((flow) =>
        flow.name === "read-only fields"
          ? { ...flow, args: { ...flow.args, description: "now said" } }
          : flow,
      ),
    );
    expect(stack.emulator.writes()).toHaveLength(1);
    expect(stack.emulator.flow(id)).toMatchObject({
      description: "now said",
      unheardOf: { a: [1] },
    });
  });
});
