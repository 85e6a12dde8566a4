import type { Engine, Environment } from "../engine/engine";
import type { CommandResult } from "../engine/run-command";
import { runPulumi } from "../engine/run-pulumi";

/** Which stack is meant. */
export interface StackChoice {
  /** Folder of the project, absolute. */
  readonly cwd: string;
  /** Name of the stack. Absent: the one that is selected. */
  readonly stack?: string | undefined;
  /** File of the stack's settings. Absent: the one that belongs to the stack. */
  readonly configFile?: string | undefined;
}

/** The Pulumi CLI on one stack, with whatever backend it is logged in to. */
export interface PulumiCli {
  /** The choice that it was made from. */
  readonly choice: StackChoice;
  /** Runs a command on the stack; one that fails is a result. */
  run(args: readonly string[], env?: Environment): Promise<CommandResult>;
  /** Runs a command on another stack, or on none. */
  runOn(stack: string | undefined, args: readonly string[]): Promise<CommandResult>;
}

/** Commands that take `--config-file`. */
const TAKES_CONFIG_FILE = new Set(["config", "refresh"]);

/** The CLI for a stack: never asks, never colours. */
export function pulumiCli(engine: Engine, choice: StackChoice, signal?: AbortSignal): PulumiCli {
  const { cwd, configFile } = choice;
  const runOn = (
    stack: string | undefined,
    args: readonly string[],
    env?: Environment,
  ): Promise<CommandResult> => {
    const all = [
      ...args,
      ...(stack === undefined ? [] : ["--stack", stack]),
      "--non-interactive",
      ...["--color", "never"],
    ];
    return runPulumi(engine, all, { cwd, env, signal });
  };
  return {
    choice,
    runOn: (stack, args) => runOn(stack, args),
    run: (args, env) => {
      const withFile = configFile !== undefined && TAKES_CONFIG_FILE.has(args[0] ?? "");
      return runOn(choice.stack, withFile ? [...args, "--config-file", configFile] : args, env);
    },
  };
}

/** What the CLI complains of, without its usage and its warnings. */
export function complaintOf({ stdout, stderr }: CommandResult): string {
  const lines = stderr.split("\n").filter((line) => !/^\s*$|^warning:/.test(line));
  const start = lines.findIndex((line) => line.startsWith("error:"));
  const said = (start < 0 ? lines : lines.slice(start)).join("\n").replace(/^error: /, "");
  return said === "" ? stdout.trim() : said.trim();
}
