import { aFlow, createFlowStack, expectCode } from "../support/flow-stack";

/** Requests that a refresh may cost: one GET per flow below eight, otherwise one per page of the list (contract.md 5.9). */
const CASES = [
  { flows: 1, most: 1 },
  { flows: 7, most: 7 },
  { flows: 8, most: 1 },
  { flows: 300, most: 3 },
] as const;

describe("a refresh reads together", () => {
  const table: string[] = [];
  afterAll(() => {
    console.log(["flows  requests per refresh (pages of 100)", ...table].join("\n"));
  });

  it("costs no more requests than promised", async () => {
    const stack = await createFlowStack();
    try {
      for (const { flows, most } of CASES) {
        const declared = Array.from({ length: flows }, (_, index) => ({
          name: `f${String(index)}`,
          args: aFlow({ integrationId: "int123" }),
        }));
        await stack.deploy(...declared);
        stack.emulator.clearLog();
        expectCode(await stack.refreshPreview(), 0);
        const asked = stack.arrived();
        table.push(
          `${String(flows).padStart(5)}  ${String(asked.length)}${flows >= 8 ? `  ${asked[0] ?? ""}` : ""}`,
        );
        expect(asked.length).toBeLessThanOrEqual(most);
      }
      // One that the list lacks is asked for by itself, before it counts as gone.
      const { emulator } = stack;
      const outputs = await stack.project.outputs();
      emulator.edit(String(outputs["f0"]), { _integrationId: "int124" });
      emulator.remove(String(outputs["f1"]));
      emulator.clearLog();
      const { output } = await stack.refreshPreview();
      expect(stack.arrived().length).toBeLessThanOrEqual(5);
      expect(output).toContain("1 to delete");
      expect(output).toContain("1 to update");
    } finally {
      await stack.close();
    }
  });

  it("reads each flow by itself with celigo:sharedReads off", async () => {
    const stack = await createFlowStack({}, { "celigo:sharedReads": "false" });
    try {
      await stack.deploy(
        ...Array.from({ length: 9 }, (_, index) => ({ name: `f${String(index)}`, args: aFlow() })),
      );
      stack.emulator.clearLog();
      expectCode(await stack.refreshPreview(), 0);
      expect(stack.arrived()).toHaveLength(9);
    } finally {
      await stack.close();
    }
  });
});
