import type { Engine, Environment } from "./engine";
import type { CommandResult } from "./run-command";
import { runCommand } from "./run-command";

/** How {@link runPulumi} runs the CLI. */
export interface RunPulumiOptions {
  /** Working directory: the folder of the project. */
  readonly cwd: string;
  /** Added to the engine's environment. */
  readonly env?: Environment | undefined;
  /** Takes each line as it is printed, without its line end. */
  readonly onLine?: ((line: string, stream: "stdout" | "stderr") => void) | undefined;
  /** Interrupts the CLI, which then cancels the update and writes its state. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs the Pulumi CLI. One that fails is a result, not an error: ask for its `code`. */
export function runPulumi(
  engine: Engine,
  args: readonly string[],
  options: RunPulumiOptions,
): Promise<CommandResult> {
  return runCommand(engine.pulumi, args, {
    cwd: options.cwd,
    env: { ...engine.env, PULUMI_SKIP_UPDATE_CHECK: "true", ...options.env },
    onLine: options.onLine,
    signal: options.signal,
  });
}
