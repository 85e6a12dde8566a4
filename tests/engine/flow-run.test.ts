import { writeFile } from "node:fs/promises";
import path from "node:path";

import { type Emulator, startEmulator } from "../../sdk/testing/index";
import { table } from "../../tools/table";
import { expectCode } from "../support/flow-stack";
import { createProject, type PulumiProject } from "../support/pulumi-project";
import { dynamicResources, type ExportedResource } from "../support/stack-state";

const FLOWS = ["good", "partly", "slow", "busy", "failing", "strict", "late", "off"] as const;
type FlowName = (typeof FLOWS)[number];
type Args = Readonly<Record<string, unknown>>;

const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const celigo = require("pulumi-celigo");
const runs = JSON.parse(require("fs").readFileSync("runs.json", "utf8"));
for (const [name, args] of Object.entries(runs)) {
  const run = new celigo.FlowRun(name, { flowId: name, ...args, triggers: pulumi.secret(args.triggers) });
  exports[name] = { status: run.status, numSuccess: run.numSuccess, numError: run.numError };
}
`;

let emulator: Emulator;
let project: PulumiProject;
const rows: string[][] = [];

beforeAll(async () => {
  emulator = await startEmulator({
    jobDurationMs: 200,
    seed: {
      exports: ["a", "b"],
      flows: FLOWS.map((_id) => ({
        _id,
        name: `Flow ${_id}`,
        disabled: _id === "off",
        pageGenerators: [{ _exportId: "a" }, ...(_id === "slow" ? [{ _exportId: "b" }] : [])],
      })),
    },
  });
  emulator.outcome("partly", { numSuccess: 98, numError: 2 });
  emulator.outcome("slow", { numSuccess: 10, durationMs: 1500 });
  emulator.outcome("failing", { status: "failed", numError: 1 });
  emulator.outcome("strict", { numSuccess: 5, numError: 1 });
  emulator.outcome("late", { durationMs: 60_000 });
  project = await createProject({
    program: PROGRAM,
    config: { "celigo:baseUrl": emulator.url },
    secrets: { "celigo:apiToken": emulator.token },
  });
});
afterAll(async () => {
  console.log(table([["step", ...FLOWS], ...rows]));
  await project.dispose();
  await emulator.close();
});

const declare = (runs: Partial<Record<FlowName, Args>>): Promise<void> =>
  writeFile(path.join(project.folder, "runs.json"), JSON.stringify(runs));

/** How often each flow has been run so far, by the emulator's log. */
function runs(): Record<FlowName, number> {
  const count = (id: FlowName): number =>
    emulator.requests("POST", `/flows/${id}/run`).filter(({ carriedOut }) => carriedOut).length;
  return Object.fromEntries(FLOWS.map((id) => [id, count(id)])) as Record<FlowName, number>;
}

function note(step: string): Record<FlowName, number> {
  const counted = runs();
  rows.push([step, ...FLOWS.map((id) => String(counted[id]))]);
  return counted;
}

async function recorded(name: FlowName): Promise<ExportedResource | undefined> {
  return dynamicResources(await project.state()).find(({ urn }) => urn.endsWith(`::${name}`));
}

const WELL: Partial<Record<FlowName, Args>> = {
  good: { triggers: { version: "trigger-1" } },
  partly: {},
  slow: {},
  busy: {},
};
const BADLY: Partial<Record<FlowName, Args>> = {
  failing: { triggers: 1 },
  strict: { failOnErrors: true },
  late: { timeoutMs: 1000 },
  off: {},
};

describe("runs that end well", () => {
  test("run once, waited for, with counts; a running flow is waited for", async () => {
    await declare(WELL);
    expectCode(await project.preview(), 0);
    expect(emulator.log).toEqual([]);
    emulator.startJob("busy");
    const onLine = (line: string): void => {
      if (line.includes("(busy) is running; waiting")) emulator.finishJobs("busy");
    };
    const up = await project.up([], { onLine });
    expectCode(up, 0);
    expect(note("up")).toMatchObject({ good: 1, partly: 1, slow: 1, busy: 1 });
    expect(up.output).toMatch(/flow "Flow busy" \(busy\) is running; waiting up to 300 s/);
    expect(up.output).toMatch(/flow "Flow slow" \(slow\) runs as job \w+/);
    expect(up.output).toMatch(
      /warning: flow "Flow partly" \(partly\) completed with 2 failed records/,
    );
    expect(JSON.stringify(await project.state())).not.toContain("trigger-1");
    expect(await project.outputs()).toEqual({
      good: { status: "completed", numSuccess: 0, numError: 0 },
      partly: { status: "completed", numSuccess: 98, numError: 2 },
      slow: { status: "completed", numSuccess: 20, numError: 0 },
      busy: { status: "completed", numSuccess: 0, numError: 0 },
    });
  });

  test("are not run by a preview, a refresh, or a change of other arguments, and only again for triggers", async () => {
    emulator.clearLog();
    expectCode(await project.preview(["--refresh", "--expect-no-changes"]), 0);
    expect(emulator.log).toEqual([]);
    await declare({
      ...WELL,
      good: { triggers: { version: "trigger-2" } },
      partly: { timeoutMs: 5000 },
    });
    expectCode(await project.up(), 0);
    expect(note("new triggers of good")).toMatchObject({ good: 1, partly: 0, slow: 0, busy: 0 });
    expectCode(await project.preview(["--expect-no-changes"]), 0);
  });
});

describe("runs that do not", () => {
  test("fail the deployment, each with its reason, and are recorded, a refusal apart", async () => {
    emulator.clearLog();
    await declare(BADLY);
    const up = await project.up(["--continue-on-error"]);
    expect(up.code).not.toBe(0);
    expect(up.output).toMatch(
      /flow "Flow failing" \(failing\) was run and failed:\s+- job \w+ \(export a\) failed: 0 records succeeded, 1 failed/,
    );
    expect(up.output).toMatch(
      /flow "Flow strict" \(strict\) was run with errors \(`failOnErrors`\)/,
    );
    expect(up.output).toMatch(
      /flow "Flow late" \(late\) was run and is not over after 1 s .*job \w+ \(export a\) is (queued|running)/,
    );
    expect(up.output).toMatch(
      /running flow "Flow off" \(off\) failed[^]*inactive_flow[^]*disabled: false/,
    );
    expect(up.output).not.toMatch(/^\s+at .*\(/m);
    expect(note("failing up")).toMatchObject({ failing: 1, strict: 1, late: 1, off: 0 });
    expect((await recorded("failing"))?.outputs).toMatchObject({
      status: "failed",
      numError: 1,
    });
    expect(await recorded("late")).toMatchObject({
      outputs: { status: expect.stringMatching(/queued|running/) },
      initErrors: [expect.any(String)],
    });
    expect(await recorded("off")).toBeUndefined();
  });

  test("are not repeated by the next up, which says so and is quiet afterwards", async () => {
    const { off: _left, ...rest } = BADLY;
    await declare(rest);
    const up = await project.up();
    expectCode(up, 0);
    expect(note("next up")).toMatchObject({ failing: 1, strict: 1, late: 1, off: 0 });
    expect(up.output).toMatch(
      /run of flow failing \(job \w+\) is recorded as failed and is not repeated; change `triggers`/,
    );
    expectCode(await project.preview(["--expect-no-changes"]), 0);
  });

  test("are run again for new triggers, and once more not, though that run fails as well", async () => {
    await declare({ failing: { triggers: 2 } });
    expect((await project.up()).code).not.toBe(0);
    expect(note("new triggers of failing")).toMatchObject({ failing: 2 });
    expectCode(await project.up(), 0);
    expect(note("next up")).toMatchObject({ failing: 2 });
    emulator.clearLog();
    expectCode(await project.destroy(), 0);
    expect(emulator.log).toEqual([]);
  });
});
