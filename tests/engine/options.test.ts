import {
  aFlow,
  createFlowStack,
  type DeclaredFlow,
  expectCode,
  type FlowStack,
} from "../support/flow-stack";

describe("the engine's own options", () => {
  let stack: FlowStack;

  const one = (
    args: Record<string, unknown> = {},
    opts: Record<string, unknown> = {},
    name = "one",
  ): DeclaredFlow => ({
    name,
    args: aFlow({ name, description: "first", ...args }),
    opts,
  });

  beforeEach(async () => {
    stack = await createFlowStack();
  });
  afterEach(() => stack.close());

  it("ignoreChanges keeps what somebody changed, at the top and inside a list", async () => {
    const opts = { ignoreChanges: ["description", "pageGenerators[0].skipRetries"] };
    await stack.deploy(one({}, opts));
    const id = await stack.idOf("one");
    const edited = {
      description: "by hand",
      pageGenerators: [{ _exportId: "exp123", skipRetries: true }],
    };
    stack.emulator.edit(id, edited);
    // An update of something else, before and after a refresh has seen the edits.
    await stack.deploy(one({ timezone: "UTC" }, opts));
    expect(stack.emulator.flow(id)).toMatchObject({ ...edited, timezone: "UTC" });
    expectCode(await stack.refreshedPreview(), 0);
    expectCode(await stack.project.up(["--refresh"]), 0);
    await stack.deploy(one({ timezone: "Europe/Berlin" }, opts));
    expect(stack.emulator.flow(id)).toMatchObject({ ...edited, timezone: "Europe/Berlin" });
    expectCode(await stack.refreshedPreview(), 0);
    // Without the option the program counts again.
    await stack.deploy(one({ timezone: "Europe/Berlin" }));
    expect(stack.emulator.flow(id)).toMatchObject({ description: "first" });
    expectCode(await stack.refreshedPreview(), 0);
  });

  it("protect and retainOnDelete keep the flow", async () => {
    await stack.deploy(one({}, { protect: true }), one({}, { retainOnDelete: true }, "two"));
    const [first, second] = [await stack.idOf("one"), await stack.idOf("two")];
    await stack.declare(one({}, { protect: true }));
    expectCode(await stack.project.up(), 0);
    expect(stack.emulator.flow(second)).toBeDefined();
    expect((await stack.project.destroy()).code).not.toBe(0);
    expect(stack.emulator.flow(first)).toBeDefined();
  });

  it("aliases follow a renamed resource", async () => {
    await stack.deploy(one());
    const id = await stack.idOf("one");
    await stack.declare({ ...one({}, { aliases: [{ name: "one" }] }), name: "uno" });
    expectCode(await stack.project.up(["--expect-no-changes"]), 0);
    expect(await stack.idOf("uno")).toBe(id);
    expect(stack.emulator.flows()).toHaveLength(1);
  });

  it("replaceOnChanges makes a new flow and deletes the old one", async () => {
    await stack.deploy(one());
    const id = await stack.idOf("one");
    await stack.deploy(one({ description: "second" }, { replaceOnChanges: ["description"] }));
    expect(await stack.idOf("one")).not.toBe(id);
    expect(stack.emulator.flows()).toHaveLength(1);
    expectCode(await stack.refreshedPreview(), 0);
  });

  it("parent, dependsOn and deletedWith hold, and --target touches one flow only", async () => {
    const child = one({}, { parent: { $resource: "one" } }, "child");
    const follower = one(
      {},
      { dependsOn: [{ $resource: "one" }], deletedWith: { $resource: "one" } },
      "follower",
    );
    await stack.deploy(one(), child, follower);
    expect((await stack.entry("child")).urn).toContain(
      "celigo:Flow$pulumi-nodejs:dynamic/celigo:Flow::child",
    );
    const { urn } = await stack.entry("follower");
    await stack.declare(
      one({ description: "x" }),
      { ...child, args: aFlow({ name: "y" }) },
      { ...follower, args: aFlow({ name: "z" }) },
    );
    stack.emulator.clearLog();
    expectCode(await stack.project.up(["--target", urn]), 0);
    expect(stack.emulator.writes().map(({ body }) => (body as { name?: string }).name)).toEqual([
      "z",
    ]);
    stack.emulator.clearLog();
    expectCode(await stack.project.destroy(), 0);
    // The engine takes a deletion with its holder for done; the flow itself is not asked for.
    expect(stack.emulator.requests("DELETE")).toHaveLength(2);
  });
});
