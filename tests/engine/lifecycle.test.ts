import { aFlow, createFlowStack, expectCode, type FlowStack } from "../support/flow-stack";
import { dynamicResources } from "../support/stack-state";

describe.each(["replace", "merge"] as const)(
  "the life of a flow under a PUT that means %s",
  (put) => {
    let stack: FlowStack;

    beforeAll(async () => {
      stack = await createFlowStack({ put });
    });
    afterAll(() => stack.close());

    const sync = aFlow({
      name: "Customer Sync",
      description: "Sync customers from Salesforce to NetSuite",
      integrationId: "int123",
      schedule: "0 */6 * * *",
      timezone: "America/Los_Angeles",
      pageProcessors: [
        { type: "export", exportId: "exp124" },
        { type: "import", importId: "imp123" },
      ],
      runNextFlowIds: [{ $ref: "second" }],
    });
    const second = { name: "second", args: aFlow() };

    it("creates each flow with one write and finds nothing to do afterwards", async () => {
      await stack.deploy(second, { name: "sync", args: sync });
      expect(stack.emulator.writes().map(({ method, path }) => `${method} ${path}`)).toEqual([
        "POST /v1/flows",
        "POST /v1/flows",
      ]);
      const flow = stack.emulator.flow(await stack.idOf("sync"));
      expect(flow).toMatchObject({
        name: "Customer Sync",
        _integrationId: "int123",
        disabled: false,
        pageProcessors: [{ _exportId: "exp124" }, { _importId: "imp123" }],
        _runNextFlowIds: [await stack.idOf("second")],
      });
      expectCode(await stack.refreshedPreview(), 0);
    });

    it("asks nothing in a preview that has nothing to do", async () => {
      stack.emulator.clearLog();
      expectCode(await stack.project.preview(["--expect-no-changes"]), 0);
      expect(stack.arrived()).toEqual([]);
    });

    it("updates with one GET and one PUT and keeps what it does not know", async () => {
      const id = await stack.idOf("sync");
      stack.emulator.edit(id, { unheardOf: { kept: true } });
      await stack.deploy(second, { name: "sync", args: { ...sync, schedule: "0 0 * * *" } });
      expect(stack.arrived()).toEqual([`GET /flows/${id}`, `PUT /flows/${id}`]);
      expect(stack.emulator.flow(id)).toMatchObject({
        schedule: "0 0 * * *",
        unheardOf: { kept: true },
      });
      expectCode(await stack.refreshedPreview(), 0);
    });

    it("shows an outside edit in a refresh and repairs it", async () => {
      const id = await stack.idOf("sync");
      stack.emulator.edit(id, { description: "somebody was here" });
      const seen = await stack.refreshPreview();
      expectCode(seen, 7);
      expect(seen.output).toContain("[diff: ~description]");
      expectCode(await stack.project.up(["--refresh"]), 0);
      expect(stack.emulator.flow(id)).toMatchObject({ description: sync["description"] });
      expectCode(await stack.refreshedPreview(), 0);
    });

    it("makes a flow anew that was deleted elsewhere", async () => {
      const before = await stack.idOf("sync");
      stack.emulator.remove(before);
      expectCode(await stack.refreshPreview(), 7);
      expectCode(await stack.project.up(["--refresh"]), 0);
      expect(await stack.idOf("sync")).not.toBe(before);
      expectCode(await stack.refreshedPreview(), 0);
      expect(stack.emulator.flows()).toHaveLength(2);
    });

    it("keeps the token out of the state and the output, and deletes what it made", async () => {
      const text = JSON.stringify(await stack.project.state());
      expect(text).not.toContain(stack.emulator.token);
      expect(text).toContain("createRequire");
      const { output } = await stack.project.destroy();
      expect(output).not.toContain(stack.emulator.token);
      expect(stack.emulator.flows()).toEqual([]);
      expect(dynamicResources(await stack.project.state())).toEqual([]);
    });
  },
);
