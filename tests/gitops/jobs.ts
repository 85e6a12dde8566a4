import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { parse } from "yaml";

import type { Environment } from "../../sdk/engine/engine";
import { packageFolder } from "../../sdk/engine/package-folder";
import { runCommand } from "../../sdk/engine/run-command";
import { runFolder } from "../support/run-folder";

/** The example whose commands are run. */
export const EXAMPLE = path.join(packageFolder(), "examples", "gitops");

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly env?: Readonly<Record<string, string>>;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<
    Record<
      string,
      { readonly env?: Readonly<Record<string, string>>; readonly steps: readonly Step[] }
    >
  >;
}

interface GitlabJob {
  readonly extends?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly script?: readonly string[];
}

/** What a job came to. */
export interface JobResult {
  /** 0, or the exit code of the first step that failed. */
  readonly code: number;
  /** What all steps printed. */
  readonly output: string;
  /** What the job wrote into its summary. */
  readonly summary: string;
  /** The commands that were run, in order. */
  readonly commands: readonly string[];
}

/** Where and with what a job runs. */
export interface Runner {
  /** The checkout. */
  readonly cwd: string;
  /** The environment of every step. */
  readonly env: Environment;
  /** Values of the expressions between `${{` and `}}`; one that is missing is an error. */
  readonly values?: Readonly<Record<string, string>>;
}

/** What a real runner does and a test does not: packages are there already. */
const NOT_RUN = "npm ci";

/** Runs the commands of one job of a GitHub workflow as GitHub's runner does. */
export async function runGithubJob(file: string, job: string, runner: Runner): Promise<JobResult> {
  const workflow = parse(
    await readFile(path.join(EXAMPLE, ".github", "workflows", file), "utf8"),
  ) as Workflow;
  const { env: jobEnv = {}, steps } = workflow.jobs[job] ?? { steps: [] };
  if (workflow.defaults?.run?.shell !== "bash") throw new Error(`${file}: the shell is not bash`);
  const scratch = await mkdtemp(path.join(runFolder(), "job-"));
  const [outputs, summary] = [path.join(scratch, "outputs"), path.join(scratch, "summary")];
  const values = new Map(Object.entries(runner.values ?? {}));
  const result = { code: 0, output: "", commands: [] as string[] };
  await writeFile(summary, "");
  for (const [number, step] of steps.entries()) {
    if (step.run === undefined || step.run === NOT_RUN) continue;
    if (result.code !== 0 && step.if !== "always()") continue;
    await writeFile(outputs, "");
    const script = path.join(scratch, `step-${String(number)}.sh`);
    await writeFile(script, resolved(step.run, values));
    const env = {
      ...runner.env,
      ...resolvedAll({ ...workflow.env, ...jobEnv, ...step.env }, values),
      GITHUB_OUTPUT: outputs,
      GITHUB_STEP_SUMMARY: summary,
    };
    // As the documentation of `shell: bash` says.
    const args = ["--noprofile", "--norc", "-eo", "pipefail", script];
    const { code, stdout, stderr } = await runCommand("bash", args, { cwd: runner.cwd, env });
    result.commands.push(step.run);
    result.output += stdout + stderr;
    if (result.code === 0) result.code = code;
    for (const line of (await readFile(outputs, "utf8")).split("\n")) {
      const [name = "", value] = line.split("=", 2);
      if (value !== undefined) values.set(`steps.${step.id ?? ""}.outputs.${name}`, value);
    }
  }
  return { ...result, summary: await readFile(summary, "utf8") };
}

/** Runs the commands of one job of the GitLab pipeline as GitLab's runner does: in one shell, until one fails. */
export async function runGitlabJob(job: string, { cwd, env }: Runner): Promise<JobResult> {
  const pipeline = parse(await readFile(path.join(EXAMPLE, ".gitlab-ci.yml"), "utf8")) as Readonly<
    Record<string, GitlabJob>
  >;
  const own = pipeline[job] ?? {};
  const base = pipeline[own.extends ?? ""] ?? {};
  const commands = own.script ?? base.script ?? [];
  const script = path.join(await mkdtemp(path.join(runFolder(), "job-")), "script.sh");
  await writeFile(script, commands.join("\n"));
  const { code, stdout, stderr } = await runCommand("bash", ["-eo", "pipefail", script], {
    cwd,
    env: { ...base.variables, ...own.variables, ...env },
  });
  return { code, output: stdout + stderr, summary: "", commands };
}

function resolvedAll(
  env: Readonly<Record<string, string>>,
  values: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, resolved(value, values)]),
  );
}

function resolved(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const value = values.get(expression);
    if (value === undefined) throw new Error(`The test gives no value for ${expression}.`);
    return value;
  });
}
