import {
  aFlow,
  createFlowStack,
  type DeclaredFlow,
  expectCode,
  type FlowStack,
} from "../support/flow-stack";

describe("the import option", () => {
  let stack: FlowStack;

  /** As people and the service leave flows behind: six fields of cron, server additions, fields nobody knows. */
  const live = {
    _id: "live1",
    name: "Orders",
    description: "as it was",
    _integrationId: "int123",
    disabled: false,
    schedule: "? 5 0 ? * *",
    timezone: "Europe/Berlin",
    skipRetries: false,
    autoResolveMatchingTraceKeys: true,
    logging: { mode: "accountLevel" },
    lastExecutedAt: "2026-01-01T00:00:00.000Z",
    pageGenerators: [{ _id: "pg1", _exportId: "exp123", skipRetries: false, unheardOf: 1 }],
    pageProcessors: [
      {
        type: "import",
        _importId: "imp123",
        responseMapping: { fields: [], lists: [] },
        proceedOnFailure: false,
      },
    ],
    wizardState: "done",
    unheardOf: { deep: ["kept"] },
  };
  const args = aFlow({
    name: "Orders",
    description: "as it was",
    integrationId: "int123",
    schedule: "5 0 * * *",
    timezone: "Europe/Berlin",
    autoResolveMatchingTraceKeys: true,
  });
  const adopted = (
    more: Record<string, unknown> = {},
    opts: Record<string, unknown> = {},
  ): DeclaredFlow => ({
    name: "orders",
    args: { ...args, ...more },
    opts: { import: "live1", ...opts },
  });
  const untouched = (): void => {
    expect(stack.emulator.writes()).toEqual([]);
    expect(stack.emulator.flow("live1")).toMatchObject(live);
  };

  beforeAll(async () => {
    stack = await createFlowStack();
    stack.emulator.seedDocuments({ flows: [live] });
  });
  afterAll(() => stack.close());

  it("fails in preview and update, with both values of each differing field", async () => {
    const { autoResolveMatchingTraceKeys: _taken, ...fewer } = args;
    await stack.declare({
      name: "orders",
      args: {
        ...fewer,
        description: "another",
        schedule: "0 1 * * *",
        settings: { key: { $secret: "hush-hush" }, plain: 1 },
      },
      opts: { import: "live1" },
    });
    stack.emulator.clearLog();
    for (const result of [await stack.project.preview(), await stack.project.up()]) {
      expectCode(result, 1);
      expect(result.output).toContain(
        'description: the program has "another", the live flow has "as it was"',
      );
      expect(result.output).toContain(
        'schedule: the program has "0 1 * * *", the live flow has "? 5 0 ? * *"',
      );
      expect(result.output).toContain(
        "autoResolveMatchingTraceKeys: the program has nothing, the live flow has true",
      );
      expect(result.output).toMatch(
        /settings: .* something else, in key, plain \(values not shown\)/,
      );
      expect(result.output).not.toContain("hush-hush");
      expect(result.output).not.toContain("timezone:");
    }
    untouched();
  });

  it("leaves out what stands under ignoreChanges", async () => {
    await stack.declare(
      adopted(
        { description: "another", pageGenerators: [{ exportId: "exp123", skipRetries: true }] },
        { ignoreChanges: ["description", "pageGenerators[0].skipRetries"] },
      ),
    );
    expectCode(await stack.project.preview(), 0);
  });

  it("adopts without a write, and finds nothing to do afterwards", async () => {
    const { output } = await stack.deploy(adopted());
    expect(output).toContain("1 created");
    untouched();
    expectCode(await stack.refreshPreview(), 0);
    expectCode(await stack.refreshedPreview(), 0);
    untouched();
  });

  it("changes nothing when the option is taken away, and when it comes back", async () => {
    await stack.declare({ ...adopted(), opts: {} });
    expectCode(await stack.project.preview(["--expect-no-changes"]), 0);
    expectCode(await stack.project.up(["--expect-no-changes"]), 0);
    await stack.declare(adopted());
    expectCode(await stack.project.up(["--expect-no-changes"]), 0);
    untouched();
  });

  it("refuses another id on a flow that is managed already", async () => {
    await stack.declare(adopted({}, { import: "other" }));
    const { output, code } = await stack.project.preview();
    expect(code).toBe(1);
    expect(output).toContain("is managed already");
  });

  it("never deletes the live flow, whatever forces a replacement", async () => {
    const { urn } = await stack.entry("orders");
    await stack.declare(adopted());
    stack.emulator.clearLog();
    expectCode(await stack.project.up(["--target-replace", urn], { preview: true }), 0);
    expectCode(await stack.project.cli(["state", "taint", "--yes", urn]), 0);
    expectCode(await stack.project.up(), 0);
    await stack.declare(adopted({}, { deleteBeforeReplace: true }));
    expectCode(await stack.project.up(["--replace", urn]), 0);
    await stack.declare(adopted({ description: "changed" }, { replaceOnChanges: ["description"] }));
    const refused = await stack.project.up();
    expectCode(refused, 1);
    expect(refused.output).toContain("cannot be adopted once more");
    await stack.declare(adopted());
    expectCode(await stack.refreshedPreview(), 0);
    untouched();
  });

  it("spares the live flow also when the replacement was interrupted and another update finishes it", async () => {
    const { urn } = await stack.entry("orders");
    // The second flow fails after the replacement and before the old record is removed, which leaves it pending.
    const failing = {
      name: "failing",
      args: aFlow({ integrationId: "int123" }),
      opts: { dependsOn: [{ $resource: "orders" }] },
    };
    await stack.declare(adopted(), failing);
    stack.emulator.clearLog();
    const fault = stack.emulator.fault({
      method: "POST",
      path: "/flows",
      kind: "status",
      status: 422,
      times: 10,
    });
    expect((await stack.project.up(["--replace", urn])).code).not.toBe(0);
    fault.remove();
    await stack.declare(adopted());
    expectCode(await stack.project.up(), 0);
    expect(stack.emulator.requests("DELETE")).toEqual([]);
    expect(stack.emulator.flow("live1")).toMatchObject(live);
    expectCode(await stack.refreshedPreview(), 0);
  });

  it("is an error in the preview for an id that does not exist, at first and after a deletion elsewhere", async () => {
    await stack.declare(adopted(), { name: "nobody", args: aFlow(), opts: { import: "nobody1" } });
    const missing = await stack.project.preview();
    expectCode(missing, 1);
    expect(missing.output).toMatch(/"nobody1", which does not exist.*remove the `import` option/s);
    await stack.declare(adopted());
    stack.emulator.remove("live1");
    expectCode(await stack.project.refresh(), 0);
    const gone = await stack.project.preview();
    expectCode(gone, 1);
    expect(gone.output).toContain("remove the `import` option");
    stack.emulator.restore("live1");
    expectCode(await stack.project.up(), 0);
  });

  it("is deleted by destroy, as any other resource", async () => {
    expectCode(await stack.project.destroy(), 0);
    expect(stack.emulator.flow("live1")).toBeUndefined();
  });
});
