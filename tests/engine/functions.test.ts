import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { type Emulator, startEmulator } from "../../sdk/testing/index";
import { createConsumer, runNode } from "../support/consumer";
import { expectCode } from "../support/flow-stack";
import { createProject, type PulumiProject } from "../support/pulumi-project";

const SEED = {
  exports: [{ _id: "exp1", name: "Customers" }],
  imports: [{ _id: "imp1", name: "NetSuite" }],
  flows: [{ _id: "f1", name: "Old", disabled: true, pageGenerators: [{ _exportId: "exp1" }] }],
};

const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const celigo = require("pulumi-celigo");
const config = new pulumi.Config();

module.exports = async () => {
  const source = await celigo.getExport({ name: config.get("source") ?? "Customers" });
  const flow = new celigo.Flow("sync", {
    pageGenerators: [{ exportId: source.id }],
    pageProcessors: [{ type: "import", importId: celigo.getImportOutput({ name: "NetSuite" }).id }],
  });
  const other = new celigo.Provider("other", {
    apiToken: config.requireSecret("otherToken"),
    baseUrl: config.require("otherUrl"),
  });
  const provider = other;
  return {
    state: celigo.getFlowStateOutput({ flowId: flow.id }).state,
    name: celigo.getFlowOutput({ flowId: flow.id }).name,
    link: celigo.getFlowTemplateOutput({ flowId: flow.id, saveTo: "sync.zip" }).signedURL,
    others: (await celigo.getFlows({}, { provider })).map(({ name }) => name),
    othersLater: celigo.getFlowsOutput({ name: flow.name }, { provider }).length,
    ran: (await celigo.runFlow({ flowId: "f1" })).jobId !== undefined,
    where: process.env.CELIGO_BASE_URL,
  };
};
`;

describe("functions in a Pulumi program", () => {
  let emulator: Emulator;
  let other: Emulator;
  let project: PulumiProject;
  beforeAll(async () => {
    emulator = await startEmulator({ seed: SEED, disabledRun: "allow" });
    other = await startEmulator({ seed: { flows: [{ _id: "o1", name: "Theirs" }] } });
    project = await createProject({
      program: PROGRAM,
      config: { "celigo:baseUrl": emulator.url, "test-project:otherUrl": other.url },
      secrets: { "celigo:apiToken": emulator.token, "test-project:otherToken": other.token },
      // The stack's config is nearer than the environment.
      env: { CELIGO_BASE_URL: "http://127.0.0.1:9", CELIGO_API_TOKEN: "of-the-environment" },
    });
  });
  afterAll(async () => {
    await project.dispose();
    await emulator.close();
    await other.close();
  });

  test("read by the stack's config in a preview, wait for what is unknown, and run nothing", async () => {
    const preview = await project.preview();
    expectCode(preview, 0);
    expect([...emulator.writes(), ...other.writes()]).toEqual([]);
    expect(emulator.requests("GET", /^\/flows\//)).toEqual([]);
    // The name of the new flow is known; its id is not.
    expect(other.requests("GET", "/flows")).toHaveLength(2);
    expect(preview.output).toMatch(/runFlow: this is a preview, so flow f1 is not run/);
  });

  test("give what the service has, run the flow, and keep the link to the template secret", async () => {
    expectCode(await project.up(), 0);
    expect(emulator.requests("POST", "/flows/f1/run")).toHaveLength(1);
    const { link, ...outputs } = await project.outputs();
    expect(outputs).toMatchObject({
      state: "enabled",
      name: "sync",
      others: ["Theirs"],
      othersLater: 0,
      ran: true,
    });
    expect(link).toMatch(/^http.*signature=/);
    const state = JSON.stringify(await project.state());
    expect(state).not.toContain("signature=");
    expect(state).not.toContain(emulator.token);
    expect(state).not.toContain(other.token);
    const zip = path.join(project.folder, "sync.zip");
    expect(existsSync(zip) && readFileSync(zip).subarray(0, 2).toString()).toBe("PK");
  });

  test("fail with what is there and no stack", async () => {
    await project.setConfig({ "test-project:source": "Costumers" });
    const { code, output } = await project.preview();
    expect(code).not.toBe(0);
    expect(output).toMatch(
      /No export at http.* is named "Costumers"[^]*- "Customers"[^]*Next: correct the name/,
    );
    expect(output).not.toMatch(/^\s+at .*[/(]/m);
    expect(output).not.toContain(emulator.token);
  });
});

describe("functions without an engine", () => {
  test("use the environment, and loading the package loads no HTTP", async () => {
    const emulator = await startEmulator({ seed: SEED });
    const program = `
      const celigo = require("pulumi-celigo");
      const early = Object.keys(require.cache).filter((file) => /axios|hono/.test(file)).length;
      process.env.CELIGO_BASE_URL = ${JSON.stringify(emulator.url)};
      process.env.CELIGO_API_TOKEN = ${JSON.stringify(emulator.token)};
      (async () => {
        const flows = await celigo.getFlows();
        const failure = await celigo.getFlow({ flowId: "nope" }).catch((error) => error.message);
        const { jobId } = await celigo.runFlow({ flowId: "f1" }).catch((error) => ({ jobId: error.message.split("\\n")[1] }));
        console.log(JSON.stringify({ early, names: flows.map(({ name }) => name), failure, jobId }));
      })();
    `;
    const folder = await createConsumer({ "program.js": program });
    const { stdout, stderr } = await runNode(folder, "program.js");
    await emulator.close();
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      early: 0,
      names: ["Old"],
      failure: expect.stringMatching(/^reading flow nope failed: .*\n/),
      jobId: expect.stringContaining("inactive_flow"),
    });
  });
});
