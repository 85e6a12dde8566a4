import { createFlowStack, type DeclaredFlow, expectCode } from "../support/flow-stack";
import { createProject } from "../support/pulumi-project";
import { dynamicResources } from "../support/stack-state";

/** Most that a flow's entry in the exported state may take, as compact JSON, on average. */
const MOST_BYTES = 3200;

const hundred: readonly DeclaredFlow[] = Array.from({ length: 100 }, (_, index) => ({
  name: `flow-${String(index)}`,
  args: {
    name: `Customer Sync ${String(index)}`,
    description: "Sync customers from Salesforce to NetSuite",
    integrationId: "int123",
    schedule: "0 */6 * * *",
    timezone: "America/Los_Angeles",
    pageGenerators: [{ exportId: "exp123" }],
    pageProcessors: [{ type: "import", importId: "imp123" }],
  },
}));

describe("what a flow costs", () => {
  it("stays small in the state, and in requests", async () => {
    const stack = await createFlowStack();
    try {
      await stack.deploy(...hundred);
      const asked = stack.arrived().length;
      const entries = dynamicResources(await stack.project.state());
      const bytes =
        entries.reduce((sum, entry) => sum + Buffer.byteLength(JSON.stringify(entry)), 0) /
        entries.length;
      console.log(
        `state: ${bytes.toFixed(0)} bytes per flow (mean of ${String(entries.length)}); up of 100 new flows: ${String(asked)} requests, 100 of them writes`,
      );
      expect(entries).toHaveLength(100);
      expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
      expect(stack.emulator.writes()).toHaveLength(100);
      // Beside one write each: the exports, the imports and the names of the integration's flows.
      expect(asked).toBeLessThanOrEqual(110);
      expect(new Set(entries.map(({ inputs }) => inputs?.["__provider"]))).toEqual(
        new Set([
          'exports.handler = () => require("module").createRequire(process.cwd() + "/")("pulumi-celigo/runtime").flow;',
        ]),
      );
      stack.emulator.clearLog();
      expectCode(await stack.project.preview(["--expect-no-changes"]), 0);
      expect(stack.arrived()).toEqual([]);
    } finally {
      await stack.close();
    }
  });
});

describe("the packed package in an empty folder", () => {
  it.each(["typescript", "javascript"] as const)("deploys a %s program", async (language) => {
    const stack = await createFlowStack();
    const load =
      language === "typescript"
        ? 'import * as celigo from "pulumi-celigo";'
        : 'const celigo = require("pulumi-celigo");';
    const project = await createProject({
      language,
      program: `${load}
const flow = new celigo.Flow("one", { pageGenerators: [{ exportId: "exp123" }], pageProcessors: [{ type: "import", importId: "imp123" }] });
${language === "typescript" ? "export const importIds = flow.importIds;" : "exports.importIds = flow.importIds;"}
`,
      config: { "celigo:baseUrl": stack.emulator.url },
      secrets: { "celigo:apiToken": stack.emulator.token },
    });
    try {
      expectCode(await project.up(), 0);
      expect(await project.outputs()).toEqual({ importIds: ["imp123"] });
      expectCode(await project.preview(["--refresh", "--expect-no-changes"]), 0);
      expectCode(await project.destroy(), 0);
      expect(stack.emulator.flows()).toEqual([]);
    } finally {
      await project.dispose();
      await stack.close();
    }
  });
});
