import {
  aFlow,
  createFlowStack,
  type DeclaredFlow,
  expectCode,
  type FlowStack,
} from "../support/flow-stack";

/** The service shows some secrets as asterisks; sent back they would stand in the place of the real ones. */
describe("masked secrets", () => {
  let stack: FlowStack;
  const secret = "the-real-secret";
  const one = (more: Record<string, unknown> = {}): DeclaredFlow => ({
    name: "one",
    args: aFlow({ settings: { api: { key: { $secret: secret }, user: "me" } }, ...more }),
  });
  const stored = async (): Promise<unknown> => {
    const { masks } = stack.emulator.options;
    stack.emulator.options.masks = [];
    const flow = stack.emulator.flow(await stack.idOf("one"));
    stack.emulator.options.masks = masks;
    return flow?.["settings"];
  };
  const noMaskArrived = (): void => {
    expect(stack.emulator.log.filter(({ masksSent }) => (masksSent ?? []).length > 0)).toEqual([]);
  };

  beforeAll(async () => {
    stack = await createFlowStack({ masks: ["settings.api.key"] });
  });
  afterAll(() => stack.close());

  it("are no drift, and survive an update of something else", async () => {
    const { output } = await stack.deploy(one());
    expect(output).not.toContain("warning: flow");
    expectCode(await stack.refreshPreview(), 0);
    expectCode(await stack.refreshedPreview(), 0);
    await stack.deploy(one({ description: "changed" }));
    expect(await stored()).toEqual({ api: { key: secret, user: "me" } });
    noMaskArrived();
    expectCode(await stack.refreshedPreview(), 0);
    expect(JSON.stringify(await stack.project.state())).not.toContain(secret);
  });

  it("stay encrypted where somebody moved one to another place of a document", async () => {
    const overrides = { settings: { key: { $secret: secret } } };
    await stack.deploy(one({ description: "changed", overrides }));
    stack.emulator.edit(await stack.idOf("one"), { overrides: { elsewhere: secret } });
    expectCode(await stack.project.refresh(), 0);
    expect(JSON.stringify(await stack.project.state())).not.toContain(secret);
    await stack.deploy(one({ description: "changed" }));
  });

  it("are adopted with the real value, which nothing can compare", async () => {
    stack.emulator.seedDocuments({
      flows: [
        {
          _id: "live1",
          name: "Live",
          disabled: false,
          settings: { api: { key: "x1", user: "me" } },
        },
      ],
    });
    const live: DeclaredFlow = {
      name: "live",
      args: { name: "Live", settings: { api: { key: { $secret: "x1" }, user: "me" } } },
      opts: { import: "live1" },
    };
    await stack.declare(one({ description: "changed" }), live);
    stack.emulator.clearLog();
    expectCode(await stack.project.up(), 0);
    expect(stack.emulator.writes()).toEqual([]);
    expectCode(await stack.refreshedPreview(), 0);
  });

  it("stop an update that does not know them, before anything is written", async () => {
    await stack.deploy(one({ description: "changed" }));
    const id = await stack.idOf("one");
    stack.emulator.edit(id, { somebodyElses: { password: "zzz" } });
    stack.emulator.options.masks = ["settings.api.key", "somebodyElses.password"];
    await stack.declare(one({ description: "again" }));
    stack.emulator.clearLog();
    const { code, output } = await stack.project.up();
    expect(code).not.toBe(0);
    expect(output).toContain("somebodyElses.password");
    expect(output).toContain("Nothing was written");
    expect(stack.emulator.writes()).toEqual([]);
  });
});
