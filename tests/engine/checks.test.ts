import { aFlow, createFlowStack, expectCode, type FlowStack } from "../support/flow-stack";

/** What a flow can have wrong, and what the preview has to say of it. */
const WRONG: Readonly<Record<string, unknown>> = {
  schedule: "@daily",
  timezone: "PST",
  _integrationId: "int123",
  disabled: "no",
  pageGenerators: [
    { exportId: 123 },
    { exportId: "exp123", skipRetrys: true, schedule: "0 0 31 2 *" },
  ],
  pageProcessors: [{ type: "import" }, { type: "export", exportId: "exp124", importId: "imp123" }],
  routers: [{ id: "r", branches: [{ name: "b", nextRouterId: "nowhere" }] }],
  settings: { api: { key: "********" } },
  runNextFlowIds: "flow1",
  additionalFields: { _id: "64f0" },
};
const PATHS = [
  "schedule: ",
  "timezone: ",
  "_integrationId: is not known; did you mean `integrationId`?",
  "disabled: must be true or false",
  "pageGenerators[0].exportId: must be an id, which is a string",
  "pageGenerators[1].skipRetrys: is not known; did you mean `skipRetries`?",
  'pageGenerators[1].schedule: "0 0 31 2 *" never comes round',
  "pageProcessors[0].importId: is missing",
  "pageProcessors[1].importId: does not belong to a lookup",
  "pageProcessors: stands beside `routers`",
  "routers[0].branches[0].nextRouterId: names",
  "settings.api.key: is only asterisks",
  "runNextFlowIds: must be a list",
  "additionalFields._id: is set by the service only",
];

/** Prints what a person reads at the end of a command. */
function show(title: string, output: string): void {
  console.log(`${title}\n${output.slice(output.indexOf("Diagnostics:"))}`);
}

describe("checks before anything is written", () => {
  let stack: FlowStack;
  const nothingWritten = (): void => {
    expect(stack.emulator.writes()).toEqual([]);
  };
  beforeAll(async () => {
    stack = await createFlowStack();
  });
  afterAll(() => stack.close());
  beforeEach(() => {
    stack.emulator.clearLog();
  });

  it("names everything that is wrong with a flow at once, in the preview", async () => {
    await stack.declare({ name: "wrong", args: WRONG });
    const { code, output } = await stack.project.preview();
    expect(code).not.toBe(0);
    expect(PATHS.filter((text) => !output.includes(text))).toEqual([]);
    expect(output).not.toMatch(/\n\s+at |node_modules/);
    nothingWritten();
    show(`Bad inputs, refused in the preview; ${stack.emulator.writes().length} writes`, output);
  });

  it("refuses them without a preview too, before the flow's own write", async () => {
    const good = { name: "good", args: aFlow() };
    const bad = {
      name: "bad",
      args: aFlow({ schedule: "0 25 * * *", runNextFlowIds: [{ $ref: "good" }] }),
    };
    await stack.declare(good, bad);
    const { code, output } = await stack.project.up();
    expect(code).not.toBe(0);
    expect(output).toContain("hour 25 is not between 0 and 23");
    expect(stack.emulator.flows().map(({ name }) => name)).toEqual(["good"]);
    expect(stack.emulator.writes()).toHaveLength(1);
  });

  it("lets values pass that are not known until apply, however deep they stand", async () => {
    const id = { $ref: "first" };
    const step = {
      type: "import",
      importId: "imp123",
      hooks: { postResponseMap: { scriptId: id } },
    };
    const deep = aFlow({
      pageProcessors: [],
      pageGenerators: [{ exportId: "exp123", keepDeltaBehindFlowId: id, raw: { at: [id] } }],
      routers: [
        { id: "r", branches: [{ name: "b", nextRouterId: "s", pageProcessors: [step] }] },
        { id },
      ],
      runNextFlowIds: [id, "flow9"],
      runNextExportIds: [{ flowId: id, exportId: "exp123" }],
      aliases: [{ alias: "next", flowId: id }],
      settings: { deep: [{ of: id }] },
      additionalFields: { raw: { of: [id] } },
      schedule: id,
      timezone: "UTC",
    });
    await stack.declare({ name: "first", args: aFlow() }, { name: "deep", args: deep });
    expectCode(await stack.project.preview(), 0);
    nothingWritten();
    // Once it is known, the id is no schedule: refused before this flow's own write.
    const { code, output } = await stack.project.up();
    expect(code).not.toBe(0);
    expect(output).toContain("a schedule has five");
    expect(output).toContain('names "s", which is no router of this flow');
    expect(stack.emulator.flows().map(({ name }) => name)).not.toContain("deep");
  });
});

describe("references", () => {
  let stack: FlowStack;
  const lookups = (): string[] =>
    stack.arrived().filter((line) => /^GET \/(exports|imports)/.test(line));
  const branch = { name: "b", pageProcessors: [{ type: "import", importId: "imp999" }] };
  const lost = {
    name: "lost",
    args: {
      pageGenerators: [{ exportId: "exp123" }, { exportId: "exp999" }],
      routers: [{ id: "r", branches: [branch] }],
      timezone: "Nowhere/Else",
    },
  };
  beforeAll(async () => {
    stack = await createFlowStack();
  });
  afterAll(() => stack.close());
  beforeEach(() => {
    stack.emulator.clearLog();
  });

  it("names each export and import that does not exist, with resource and property, beside other faults", async () => {
    await stack.declare(lost);
    const { code, output } = await stack.project.preview();
    expect(code).not.toBe(0);
    expect(output).toMatch(/lost\b/);
    expect(output).toContain(
      'pageGenerators[1].exportId: names export "exp999", which does not exist',
    );
    expect(output).toContain(
      'routers[0].branches[0].pageProcessors[0].importId: names import "imp999"',
    );
    expect(output).toContain("timezone: ");
    expect(stack.emulator.writes()).toEqual([]);
  });

  it("are looked up for what is new or changed only", async () => {
    await stack.deploy({ name: "a", args: aFlow() }, { name: "b", args: aFlow() });
    expect(lookups().length).toBeGreaterThan(0);
    stack.emulator.clearLog();
    await stack.deploy(
      { name: "a", args: aFlow({ description: "x" }) },
      { name: "b", args: aFlow() },
    );
    expect(lookups()).toEqual([]);
    const changed = aFlow({ pageGenerators: [{ exportId: "exp123" }, { exportId: "exp124" }] });
    await stack.deploy({ name: "a", args: changed }, { name: "b", args: aFlow() });
    expect(lookups()).toEqual(["GET /exports/exp124"]);
  });

  it("pass with a warning where nobody may look them up", async () => {
    stack.emulator.fault({
      kind: "status",
      status: 403,
      method: "GET",
      path: /^\/exports/,
      times: 99,
    });
    await stack.declare({ name: "a", args: aFlow({ pageGenerators: [{ exportId: "exp125" }] }) });
    const { code, output } = await stack.project.preview();
    stack.emulator.clearFaults();
    expect(code).toBe(0);
    expect(output).toContain("Whether they exist was not checked");
  });

  it("are not asked for with celigo:checkReferences off; the service's refusal then says what to do", async () => {
    await stack.project.setConfig({ "celigo:checkReferences": "false" });
    const { timezone: _zone, ...args } = lost.args;
    await stack.declare({ name: "lost", args });
    expectCode(await stack.project.preview(), 0);
    expect(stack.arrived()).toEqual([]);
    const { code, output } = await stack.project.up();
    expect(code).not.toBe(0);
    expect(lookups()).toEqual([]);
    expect(output).toContain("Export not found: exp999");
    expect(output).toContain("Next: create the export or import first");
  });
});

describe("warnings", () => {
  let stack: FlowStack;
  beforeAll(async () => {
    stack = await createFlowStack();
  });
  afterAll(() => stack.close());

  it("stand on the resource, and stop nothing", async () => {
    const name = "n".repeat(256);
    const pageGenerators = [{ exportId: "exp123", schedule: "0 2 * * *" }];
    await stack.declare(
      { name: "warned", args: aFlow({ name, schedule: "0 2 * * *" }) },
      { name: "by-source", args: aFlow({ pageGenerators, timezone: "UTC" }) },
    );
    const { code, output } = await stack.project.preview();
    expect(code).toBe(0);
    const own = output.slice(output.indexOf("celigo:Flow (warned)"));
    expect(own).toContain("the schedule has no time zone");
    expect(own).toContain("256 characters; the service documents at most 255");
    for (const flow of ["warned", "by-source"]) {
      const [, ofFlow = ""] = output.split(`celigo:Flow (${flow})`);
      expect(ofFlow.split("\n\n", 1)[0]).toContain("may start it as soon as it is made");
    }
    show("Warnings", output);
  });

  it("name a twin in the same integration and the option to take it over", async () => {
    stack.emulator.seedDocuments({
      flows: [
        { _id: "twin1", name: "Orders", _integrationId: "int123" },
        { _id: "other", name: "Orders", _integrationId: "int124" },
      ],
    });
    const args = aFlow({ name: "Orders", integrationId: "int123" });
    await stack.declare({ name: "orders", args });
    const { code, output } = await stack.project.preview();
    expect(code).toBe(0);
    expect(output).toContain('"Orders"');
    expect(output).toContain('{ import: "twin1" }');
    expect(output).not.toContain('"other"');
    const diagnostics = output.slice(output.indexOf("Diagnostics:"));
    expect(diagnostics).toMatch(
      /dynamic\/celigo:Flow \(orders\):\n\s+warning: the new flow "Orders" has the name of a flow in the same place: twin1\./,
    );
    expect(diagnostics.split("twin1")).toHaveLength(3);
    await stack.deploy({ name: "orders", args });
    const again = await stack.project.preview();
    expect(again.output).not.toContain("twin1");
  });
});
