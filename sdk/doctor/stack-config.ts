import path from "node:path";

import type { Environment } from "../engine/engine";
import { runCommand } from "../engine/run-command";

/** The settings that a stack has. */
export interface StackConfig {
  /** Values by full key, e.g. `celigo:region`; secrets in the clear, for this process only. */
  readonly values: Readonly<Record<string, string>>;
  /** Keys that are stored encrypted. */
  readonly secrets: ReadonlySet<string>;
  /** Why nothing could be read; then only the environment counts. */
  readonly unread?: string;
}

/** No stack: only the environment counts. */
export const NO_CONFIG: StackConfig = { values: {}, secrets: new Set() };

type Listed = Readonly<Record<string, { readonly value?: string; readonly secret?: boolean }>>;

/** Which config to read, and with which CLI. */
export interface ConfigChoice {
  /** Path of the CLI. */
  readonly pulumi: string;
  readonly env: Environment;
  readonly cwd: string;
  /** Absent: the selected one. */
  readonly stack?: string | undefined;
}

/** Reads the config of a stack. One that cannot be read is a result. */
export async function readStackConfig(choice: ConfigChoice): Promise<StackConfig> {
  const { pulumi, env, cwd, stack } = choice;
  const args = ["config", "--json", "--show-secrets", "--non-interactive", "--color", "never"];
  const chosen = stack === undefined ? [] : ["--stack", stack];
  const PATH = [path.dirname(pulumi), env["PATH"] ?? ""].join(path.delimiter);
  const own = { ...env, PATH, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { code, stdout, stderr } = await runCommand(pulumi, [...args, ...chosen], {
    cwd,
    env: own,
  });
  if (code !== 0) return { ...NO_CONFIG, unread: firstLine(stderr) };
  const entries = Object.entries(JSON.parse(stdout) as Listed);
  return {
    values: Object.fromEntries(
      entries.flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value]])),
    ),
    secrets: new Set(entries.flatMap(([key, { secret }]) => (secret === true ? [key] : []))),
  };
}

function firstLine(stderr: string): string {
  const line = stderr.split("\n").find((one) => one.startsWith("error:")) ?? stderr.trim();
  return line.replace(/^error: /, "");
}
