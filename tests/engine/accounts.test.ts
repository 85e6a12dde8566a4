import { execFileSync } from "node:child_process";

import { startEmulator } from "../../sdk/testing/index";
import { SEED } from "../support/flow-stack";
import { createProject } from "../support/pulumi-project";

const PROGRAM = `
const celigo = require("pulumi-celigo");
const pulumi = require("@pulumi/pulumi");
const config = new pulumi.Config();
const steps = { pageGenerators: [{ exportId: "exp123" }], pageProcessors: [{ type: "import", importId: "imp123" }] };
const here = new celigo.Flow("here", steps);
const other = new celigo.Provider("other", { apiToken: config.requireSecret("otherToken"), baseUrl: config.require("otherUrl") });
const there = new celigo.Flow("there", { ...steps, runNextFlowIds: [] }, { provider: other });
const seen = celigo.Flow.get("seen", there.id, { provider: other });
const same = new celigo.Provider("same", { requestTimeoutMs: 20000, region: "" });
const beside = new celigo.Flow("beside", steps, { provider: same });
exports.ids = [here.id, there.id, beside.id];
exports.seenName = seen.name;
`;

describe("several accounts in one program", () => {
  it("keeps each flow in its own, each token encrypted, and fills a provider from the stack's config", async () => {
    const [here, there] = await Promise.all([
      startEmulator({ seed: SEED }),
      startEmulator({ seed: SEED }),
    ]);
    const project = await createProject({
      program: PROGRAM,
      config: { "celigo:baseUrl": here.url, otherUrl: there.url },
      secrets: { "celigo:apiToken": here.token, otherToken: there.token },
      // An explicit provider must take neither from the environment.
      env: { CELIGO_BASE_URL: "http://nowhere.test", CELIGO_REGION: "eu" },
    });
    try {
      expect(await project.up()).toMatchObject({ code: 0 });
      expect(
        here
          .flows()
          .map(({ name }) => name)
          .sort(),
      ).toEqual(["beside", "here"]);
      expect(there.flows().map(({ name }) => name)).toEqual(["there"]);
      expect((await project.outputs())["seenName"]).toBe("there");
      const text = JSON.stringify(await project.state());
      expect(text).not.toContain(here.token);
      expect(text).not.toContain(there.token);
      expect(await project.preview(["--refresh", "--expect-no-changes"])).toMatchObject({
        code: 0,
      });

      // A rotated token: the message says what to run, and that works.
      there.options.token = "rotated-token-of-there";
      await project.setConfig({}, { otherToken: "rotated-token-of-there" });
      const refused = await project.refresh();
      expect(refused.code).not.toBe(0);
      expect(refused.output).toContain("--run-program");
      expect(refused.output).not.toContain("rotated-token-of-there");
      expect(await project.refresh(["--run-program"])).toMatchObject({ code: 0 });
      expect(await project.up(["--expect-no-changes"], { env: {} })).toBeDefined();
      expect(await project.destroy()).toMatchObject({ code: 0 });
      expect([...here.flows(), ...there.flows()]).toEqual([]);
    } finally {
      await project.dispose();
      await Promise.all([here.close(), there.close()]);
    }
  });
});

describe("the token", () => {
  const flow = `const celigo = require("pulumi-celigo"); new celigo.Flow("one", {});`;

  it("is refused in the clear, with the command that repairs it", async () => {
    const project = await createProject({
      program: flow,
      config: { "celigo:apiToken": "clear-token-1", "celigo:region": "eu" },
    });
    try {
      const { code, output } = await project.preview();
      expect(code).not.toBe(0);
      expect(output).toContain("pulumi config set --secret celigo:apiToken");
      expect(output).not.toContain("clear-token-1");
      expect(output).not.toMatch(/ at .*\\.js:/);
    } finally {
      await project.dispose();
    }
  });

  it("is asked for by both its names, with every other wrong setting", async () => {
    const project = await createProject({
      program: flow,
      config: { "celigo:region": "moon", "celigo:maxRetries": "many" },
    });
    try {
      const { code, output } = await project.preview();
      expect(code).not.toBe(0);
      for (const name of [
        "celigo:apiToken",
        "CELIGO_API_TOKEN",
        "celigo:region",
        "CELIGO_REGION",
        "celigo:maxRetries",
        "CELIGO_MAX_RETRIES",
      ]) {
        expect(output).toContain(name);
      }
    } finally {
      await project.dispose();
    }
  });
});

describe("a program's own unit tests", () => {
  it("run with pulumi.runtime.setMocks", async () => {
    const project = await createProject({
      program: {
        "index.js": `
const pulumi = require("@pulumi/pulumi");
pulumi.runtime.setMocks({
  newResource: ({ name, inputs, id }) => ({ id: id || name + "-id", state: { ...inputs, createdAt: "now" } }),
  call: ({ inputs }) => inputs,
});
const celigo = require("pulumi-celigo");
const flow = new celigo.Flow("one", { description: "d", pageGenerators: [{ exportId: "e1" }, { exportId: "e1" }], routers: [{ id: "r", branches: [{ name: "b", pageProcessors: [{ type: "import", importId: "i1" }, { type: "export", exportId: "e2" }] }] }] });
new celigo.Provider("p", { apiToken: "x" });
let refused;
try { celigo.Flow.get("none", undefined); } catch ({ message }) { refused = message.includes("has no id"); }
pulumi.all([refused, flow.id, flow.name, flow.flowId, flow.exportIds, flow.importIds, flow.disabled]).apply((all) => console.log(JSON.stringify(all)));
`,
      },
    });
    try {
      const stdout = execFileSync(process.execPath, ["index.js"], {
        cwd: project.folder,
        encoding: "utf8",
      });
      expect(stdout.trim()).toBe('[true,"one-id","one","one-id",["e1","e2"],["i1"],false]');
    } finally {
      await project.dispose();
    }
  });
});
