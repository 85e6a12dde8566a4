import { startEmulator } from "../../sdk/testing/index";
import { aFlow, createFlowStack, expectCode, type FlowStack, SEED } from "../support/flow-stack";
import { dynamicResources } from "../support/stack-state";

describe("a flow that is gone, and one that only seems so", () => {
  let stack: FlowStack;
  const names = ["a", "b", "c"];
  const flows = names.map((name) => ({ name, args: aFlow({ integrationId: "int123" }) }));
  const kept = async (): Promise<number> => dynamicResources(await stack.project.state()).length;

  beforeEach(async () => {
    stack = await createFlowStack();
    await stack.deploy(...flows);
  });
  afterEach(() => stack.close());

  it("says what to do when an update meets it, and makes it anew after a refresh", async () => {
    const id = await stack.idOf("a");
    stack.emulator.remove(id);
    await stack.declare(
      { name: "a", args: aFlow({ integrationId: "int123", description: "x" }) },
      ...flows.slice(1),
    );
    const { output, code } = await stack.project.up();
    expect(code).not.toBe(0);
    expect(output).toContain("pulumi refresh");
    expect(output).toContain("last export time");
    expect(output).toContain("30 days");
    expect(output).not.toMatch(/at .*\.js:\d+/);
    expect(stack.emulator.flows()).toHaveLength(2);
    expectCode(await stack.project.refresh(), 0);
    expectCode(await stack.project.up(), 0);
    expectCode(await stack.refreshedPreview(), 0);
    expect(stack.emulator.flows()).toHaveLength(3);
  });

  it("comes back when it is restored before anything noticed", async () => {
    const id = await stack.idOf("a");
    stack.emulator.remove(id);
    stack.emulator.restore(id);
    expectCode(await stack.refreshPreview(), 0);
  });

  it("succeeds in deleting what is gone", async () => {
    stack.emulator.remove(await stack.idOf("a"));
    expectCode(await stack.project.destroy(), 0);
    expect(stack.emulator.flows()).toEqual([]);
  });

  it("takes neither another account, nor a refusal, nor an outage for deletions", async () => {
    const { emulator, project } = stack;
    emulator.options.tokens = [
      { token: "another-account-token", account: "another" },
      { token: "narrow-token", integrationIds: ["int123"] },
    ];
    await project.setConfig({}, { "celigo:apiToken": "another-account-token" });
    // The engine hands a refresh the token of the last `up`, unless the program runs.
    const other = await project.refresh(["--run-program"]);
    expect(other.code).not.toBe(0);
    expect(other.output).toContain("None of the 3 flows");
    expect(other.output).toContain("allowAllGone");
    expect(await kept()).toBe(3);
    await project.setConfig({}, { "celigo:apiToken": "narrow-token" });
    expectCode(await project.refresh(["--run-program", "--expect-no-changes"]), 0);
    await project.setConfig({}, { "celigo:apiToken": emulator.token });
    for (const status of [401, 403, 503]) {
      const fault = emulator.fault({
        method: "GET",
        path: /flows/,
        kind: "status",
        status,
        times: 1000,
      });
      const { code, output } = await project.refresh([], { env: { CELIGO_MAX_RETRIES: "0" } });
      expect(code).not.toBe(0);
      expect(output).not.toContain(emulator.token);
      fault.remove();
      expect(await kept()).toBe(3);
    }
    for (const name of names) emulator.remove(await stack.idOf(name));
    await project.setConfig({ "celigo:allowAllGone": "true" });
    expectCode(await project.refresh(["--run-program"]), 0);
    expect(await kept()).toBe(0);
  });

  it("refuses another place for a new home", async () => {
    // A host that is not this machine: reached through a proxy, so that the origin is remembered.
    const { emulator, project } = stack;
    const elsewhere = await startEmulator({ seed: SEED, token: emulator.token });
    try {
      const env = {
        HTTP_PROXY: emulator.url,
        http_proxy: emulator.url,
        NO_PROXY: "127.0.0.1,localhost",
        no_proxy: "127.0.0.1,localhost",
      };
      await project.setConfig({ "celigo:baseUrl": "http://flows.test" });
      await stack.declare({ name: "far", args: aFlow() });
      expectCode(await project.up([], { env }), 0);
      expect((await stack.entry("far")).outputs).toMatchObject({ __origin: "http://flows.test" });
      await project.setConfig({ "celigo:baseUrl": elsewhere.url });
      for (const result of [await project.preview(), await project.up()]) {
        expect(result.code).not.toBe(0);
        expect(result.output).toContain("was made at http://flows.test");
      }
      expect(elsewhere.writes()).toEqual([]);
      expect(await kept()).toBe(1);
    } finally {
      await elsewhere.close();
    }
  });
});

describe("a stack of one flow", () => {
  it("drops it when it is deleted elsewhere", async () => {
    const stack = await createFlowStack();
    try {
      await stack.deploy({ name: "only", args: aFlow() });
      stack.emulator.remove(await stack.idOf("only"));
      expectCode(await stack.project.refresh(), 0);
      expectCode(await stack.project.up(), 0);
      expect(stack.emulator.flows()).toHaveLength(1);
    } finally {
      await stack.close();
    }
  });
});
