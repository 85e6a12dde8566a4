import { createFlowStack, expectCode, type FlowStack } from "../support/flow-stack";
import { createProject, type PulumiProject } from "../support/pulumi-project";

describe("outputs of a flow in the program", () => {
  let stack: FlowStack;
  let project: PulumiProject;

  const program = (more = ""): string => `
const celigo = require("pulumi-celigo");
const flow = new celigo.Flow("one", {
  schedule: "0 2 * * *", timezone: "UTC", description: "said",
  pageGenerators: [{ exportId: "exp123" }, { exportId: "exp124" }],
  routers: [{ id: "r", branches: [{ name: "b", pageProcessors: [{ type: "import", importId: "imp123" }, { type: "export", exportId: "exp123" }] }] }],
});
const { id, flowId, exportIds, importIds, name, disabled, schedule, createdAt, lastModified } = flow;
module.exports = { id, flowId, exportIds, importIds, name, disabled, schedule, createdAt, lastModified${more} };
`;

  beforeAll(async () => {
    stack = await createFlowStack({ alsoAdds: { autoResolveMatchingTraceKeys: true } });
    project = await createProject({
      program: program(),
      config: { "celigo:baseUrl": stack.emulator.url },
      secrets: { "celigo:apiToken": stack.emulator.token },
    });
  });
  afterAll(async () => {
    await project.dispose();
    await stack.close();
  });

  it("are the arguments as the service has them, ids of all steps, and its times", async () => {
    const preview = await project.preview();
    expectCode(preview, 0);
    const own = preview.output.slice(preview.output.indexOf("celigo:Flow (one)"));
    expect(own).toContain("may start it as soon as it is made");
    expect(preview.output).toMatch(/exportIds *: \[\s*\[0\]: "exp123"/);
    expectCode(await project.up(), 0);
    const [live] = stack.emulator.flows();
    expect(await project.outputs()).toEqual({
      id: live?._id,
      flowId: live?._id,
      exportIds: ["exp123", "exp124"],
      importIds: ["imp123"],
      name: "one",
      disabled: false,
      schedule: "0 2 * * *",
      createdAt: live?.["createdAt"],
      lastModified: live?.["lastModified"],
    });
    stack.emulator.clearLog();
    const again = await project.preview(["--expect-no-changes"]);
    expectCode(again, 0);
    expect(stack.arrived()).toEqual([]);
    expect(again.output).not.toContain("may start it");
  });

  it("are read from the service where the program declares no such argument", async () => {
    await project.writeProgram(
      program(", resolves: flow.autoResolveMatchingTraceKeys, none: flow.integrationId"),
    );
    stack.emulator.clearLog();
    expectCode(await project.up(), 0);
    expect(stack.emulator.writes()).toEqual([]);
    expect(stack.arrived()).toHaveLength(1);
    expect(await project.outputs()).toMatchObject({ resolves: true });
  });

  it("need the package where the program runs, and the program is told so", async () => {
    await project.writeProgram(`process.chdir(require("os").tmpdir());${program()}`);
    const { code, output } = await project.preview();
    expect(code).not.toBe(0);
    expect(output).toContain("npm install pulumi-celigo");
    expect(output).not.toMatch(/ at .*\.js:/);
  });
});
