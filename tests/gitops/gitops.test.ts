import { chmod, copyFile, cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

import type { Environment } from "../../sdk/engine/engine";
import { runCommand } from "../../sdk/engine/run-command";
import { type Emulator, type Seed, startEmulator } from "../../sdk/testing/index";
import { testEngine } from "../support/engine";
import { packageCommand, stackEnvironment } from "../support/package-cli";
import { createProject, type PulumiProject } from "../support/pulumi-project";
import { runFolder } from "../support/run-folder";
import { actionlint } from "./actionlint";
import { GitHub } from "./github";
import { GitLab } from "./gitlab";
import { EXAMPLE, type JobResult, runGithubJob, runGitlabJob } from "./jobs";

const WORKFLOWS = ["preview.yml", "deploy.yml", "drift.yml"];
const STACKS = ["sandbox", "production"] as const;
type StackName = (typeof STACKS)[number];

const github = new GitHub();
const gitlab = new GitLab();
const emulators = new Map<StackName, Emulator>();
const rows: string[][] = [["platform", "job", "stack", "commands", "exit", "and then"]];
let project: PulumiProject;
let env: Environment;

const emulatorOf = (stack: StackName): Emulator => {
  const emulator = emulators.get(stack);
  if (emulator === undefined) throw new Error(`There is no emulator for ${stack}.`);
  return emulator;
};

const flowOf = (stack: StackName): Record<string, unknown> => {
  const [flow] = emulatorOf(stack).flows();
  if (flow === undefined) throw new Error(`There is no flow in ${stack}.`);
  return flow;
};

/** Notes a job for the table. */
function noted(
  platform: string,
  job: string,
  stack: string,
  result: JobResult,
  then: string,
): void {
  const { commands, code } = result;
  rows.push([platform, job, stack, String(commands.length), String(code), then]);
}

const GITHUB_EXPRESSIONS = {
  "vars.CELIGO_REGION": "",
  "secrets.PULUMI_CONFIG_PASSPHRASE": "local",
  "github.token": "ghs-test",
  "github.repository": "acme/shop",
  "github.event.pull_request.number": "7",
};

async function onGithub(
  file: string,
  job: string,
  stack: StackName,
  values: Readonly<Record<string, string>> = {},
): Promise<JobResult> {
  const { url, token } = emulatorOf(stack);
  return runGithubJob(file, job, {
    cwd: project.folder,
    env: { ...env, CELIGO_BASE_URL: url, GITHUB_REPOSITORY: "acme/shop" },
    values: {
      ...GITHUB_EXPRESSIONS,
      "vars.PULUMI_BACKEND_URL": env["PULUMI_BACKEND_URL"] ?? "",
      "secrets.CELIGO_API_TOKEN": token,
      "matrix.stack": stack,
      "inputs.repair && '--refresh' || '--refresh=false'": "--refresh=false",
      ...values,
    },
  });
}

async function onGitlab(job: string, stack: StackName, more: Environment = {}): Promise<JobResult> {
  const { url, token } = emulatorOf(stack);
  return runGitlabJob(job, {
    cwd: project.folder,
    env: { ...env, CELIGO_BASE_URL: url, CELIGO_API_TOKEN: token, STACK: stack, ...more },
  });
}

beforeAll(async () => {
  await github.start();
  const account = JSON.parse(await readFile(path.join(EXAMPLE, "account.json"), "utf8")) as Seed;
  for (const stack of STACKS) emulators.set(stack, await startEmulator({ seed: account }));
  project = await createProject({
    program: await readFile(path.join(EXAMPLE, "index.ts"), "utf8"),
    language: "typescript",
    name: "pulumi-celigo-gitops",
  });
  const bin = path.join(project.folder, "node_modules", ".bin");
  await mkdir(bin, { recursive: true });
  await symlink(packageCommand(), path.join(bin, "pulumi-celigo"));
  await chmod(packageCommand(), 0o755); // as npm does with what it links
  await cp(path.join(EXAMPLE, ".gitlab"), path.join(project.folder, ".gitlab"), {
    recursive: true,
  });
  const { PULUMI_STACK: _local, PATH, ...rest } = stackEnvironment(project);
  env = {
    ...rest,
    PATH: [github.bin, PATH].join(path.delimiter),
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    CELIGO_MAX_RETRIES: "0",
    CI_API_V4_URL: await gitlab.start(),
    CI_PROJECT_ID: "42",
    CI_MERGE_REQUEST_IID: "7",
    GITLAB_TOKEN: gitlab.token,
  };
  for (const stack of STACKS) {
    const settings = `Pulumi.${stack}.yaml`;
    await copyFile(path.join(EXAMPLE, settings), path.join(project.folder, settings));
    const init = ["stack", "init", stack, "--non-interactive"];
    const { code, stderr } = await runCommand(testEngine().pulumi, init, {
      cwd: project.folder,
      env,
    });
    if (code !== 0) throw new Error(stderr);
  }
});

afterAll(async () => {
  console.log(
    rows
      .map((row) => row.map((cell, at) => cell.padEnd([10, 15, 12, 10, 6, 0][at] ?? 0)).join(""))
      .join("\n"),
  );
  await project.dispose();
  github.stop();
  gitlab.stop();
  for (const emulator of emulators.values()) await emulator.close();
});

describe("the workflow files", () => {
  const files = WORKFLOWS.map((name) => path.join(EXAMPLE, ".github", "workflows", name));

  it("have nothing against them (actionlint)", async () => {
    const { code, stdout, stderr } = await actionlint(...files);
    expect([code, stdout, stderr]).toEqual([0, "", ""]);
  });

  it("are looked at: a planted mistake is found", async () => {
    const planted = path.join(runFolder(), "planted.yml");
    const text = await readFile(files[2] ?? "", "utf8");
    await writeFile(planted, text.replace("steps.drift.outputs.code", "steps.dirft.outputs.code"));
    const { code, stdout } = await actionlint(planted);
    expect([code, stdout]).toEqual([1, expect.stringContaining("dirft")]);
  });
});

describe("the commands of the workflows for GitHub", () => {
  it("preview a pull request in one comment, which is edited in place, and write nothing", async () => {
    const first = await onGithub("preview.yml", "preview", "sandbox");
    expect([first.code, first.output]).toEqual([0, expect.stringContaining("order-sync")]);
    expect(github.comments.map(({ writes }) => writes)).toEqual([1]);
    expect(github.comments[0]?.body).toMatch(
      /^<!-- pulumi preview: sandbox -->\n[^]*\+ 2 to create/,
    );
    const again = await onGithub("preview.yml", "preview", "sandbox");
    expect(again.code).toBe(0);
    expect(github.comments.map(({ writes }) => writes)).toEqual([2]);
    expect(emulatorOf("sandbox").writes()).toEqual([]);
    noted("GitHub", "preview", "sandbox", again, "one comment, written twice");
  });

  it("deploy to the sandbox, then to production, with what differs between them", async () => {
    for (const stack of STACKS) {
      const result = await onGithub("deploy.yml", stack, stack);
      if (result.code !== 0) throw new Error(result.output);
      noted("GitHub", "deploy", stack, result, "deployed, nothing left to do");
    }
    expect(flowOf("sandbox")).toMatchObject({ schedule: "0 */6 * * *", disabled: true });
    expect(flowOf("production")).toMatchObject({ schedule: "0 * * * *", disabled: false });
  });

  it("open an issue about drift, update it, and close it after the repair", async () => {
    emulatorOf("production").edit(
      String(flowOf("production")["_id"]),
      { schedule: "0 9 * * *" },
      { by: "Mallory" },
    );
    const found = await onGithub("drift.yml", "drift", "production");
    expect([found.code, found.summary]).toEqual([2, expect.stringContaining("Mallory")]);
    const program = await readFile(path.join(EXAMPLE, "index.ts"), "utf8");
    const line = 1 + program.split("\n").findIndex((text) => text.includes("new celigo.Flow("));
    expect(found.output).toMatch(
      new RegExp(`^::warning title=Drift%3A order-sync.*,file=index.ts,line=${String(line)},`, "m"),
    );
    expect(github.issues).toMatchObject([{ title: "Drift: production", state: "open", writes: 1 }]);
    noted("GitHub", "drift", "production", found, "issue opened");

    emulatorOf("production").fault({ kind: "status", status: 503, times: Infinity });
    const unknown = await onGithub("drift.yml", "drift", "production");
    emulatorOf("production").clearFaults();
    expect([unknown.code, unknown.summary]).toEqual([1, expect.stringContaining("Could not tell")]);
    expect(github.issues).toMatchObject([{ state: "open", writes: 1 }]);
    noted("GitHub", "drift", "production", unknown, "outage: issue left as it is");

    const again = await onGithub("drift.yml", "drift", "production");
    expect(again.code).toBe(2);
    expect(github.issues).toMatchObject([{ state: "open", writes: 2 }]);
    noted("GitHub", "drift", "production", again, "issue updated");

    const repair = { "inputs.repair && '--refresh' || '--refresh=false'": "--refresh" };
    const repaired = await onGithub("deploy.yml", "production", "production", repair);
    expect([repaired.code, flowOf("production")["schedule"]]).toEqual([0, "0 * * * *"]);
    const quiet = await onGithub("drift.yml", "drift", "production");
    expect([quiet.code, github.issues.map(({ state }) => state)]).toEqual([0, ["closed"]]);
    noted("GitHub", "repair, drift", "production", quiet, "issue closed");
  });
});

describe("the commands of the pipeline for GitLab", () => {
  it("preview a merge request in one note, which is edited in place", async () => {
    const people = gitlab.notes.length;
    for (let run = 0; run < 2; run++) {
      const result = await onGitlab("preview", "sandbox");
      if (result.code !== 0) throw new Error(result.output);
      if (run > 0) noted("GitLab", "preview", "sandbox", result, "one note, written twice");
    }
    expect(gitlab.notes.slice(people)).toMatchObject([{ writes: 2 }]);
    expect(gitlab.notes[people]?.body).toContain("### Preview of `sandbox`");
  });

  it("deploy, tell drift with a JUnit report and an issue, repair, and close it", async () => {
    const deployed = await onGitlab("deploy-sandbox", "sandbox");
    if (deployed.code !== 0) throw new Error(deployed.output);
    noted("GitLab", "deploy", "sandbox", deployed, "nothing left to do");

    emulatorOf("sandbox").edit(String(flowOf("sandbox")["_id"]), { timezone: "Asia/Tokyo" });
    const found = await onGitlab("drift", "sandbox");
    expect([found.code, found.output]).toEqual([2, expect.stringContaining("Asia/Tokyo")]);
    expect(await readFile(path.join(project.folder, "drift.xml"), "utf8")).toContain(
      'failures="1"',
    );
    expect(gitlab.issues).toMatchObject([{ title: "Drift: sandbox", state: "open", writes: 1 }]);
    noted("GitLab", "drift", "sandbox", found, "issue opened");

    const repaired = await onGitlab("deploy-sandbox", "sandbox", { REFRESH: "--refresh" });
    expect([repaired.code, flowOf("sandbox")["timezone"]]).toEqual([0, "UTC"]);
    const quiet = await onGitlab("drift", "sandbox");
    expect([quiet.code, gitlab.issues.map(({ state }) => state)]).toEqual([0, ["closed"]]);
    noted("GitLab", "repair, drift", "sandbox", quiet, "issue closed");
  });
});
