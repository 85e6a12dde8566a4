import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

import type { Environment } from "./engine";

/** How {@link runCommand} runs a command. */
export interface RunCommandOptions {
  /** The whole environment of the command. */
  readonly env: Environment;
  /** Working directory. @defaultValue that of this process */
  readonly cwd?: string | undefined;
  /** Takes each line as it is printed, without its line end. */
  readonly onLine?: ((line: string, stream: "stdout" | "stderr") => void) | undefined;
  /** Stops the command: an interrupt first, so that it can leave things tidy, then a kill after ten seconds. */
  readonly signal?: AbortSignal | undefined;
}

/** What a command that has ended came to. */
export interface CommandResult {
  /** Exit code; 1 for one that was ended by a signal. */
  readonly code: number;
  /** All that it printed on standard output. */
  readonly stdout: string;
  /** All that it printed on standard error. */
  readonly stderr: string;
}

const GRACE_MS = 10_000;

/**
 * Runs a command without standard input and collects what it prints.
 *
 * A command that fails is a result, not an error.
 *
 * @throws Error when the command cannot be started, with the `code` of Node (`ENOENT` …).
 */
export function runCommand(
  file: string,
  args: readonly string[],
  options: RunCommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const stdout = collect(child.stdout, (line) => options.onLine?.(line, "stdout"));
    const stderr = collect(child.stderr, (line) => options.onLine?.(line, "stderr"));

    let kill: NodeJS.Timeout | undefined;
    const stop = (): void => {
      child.kill("SIGINT");
      kill = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    };
    if (options.signal?.aborted === true) stop();
    options.signal?.addEventListener("abort", stop, { once: true });
    const settle = (): void => {
      clearTimeout(kill);
      options.signal?.removeEventListener("abort", stop);
    };

    child.on("error", (error) => {
      settle();
      reject(error);
    });
    child.on("close", (code) => {
      settle();
      resolve({ code: code ?? 1, stdout: stdout(), stderr: stderr() });
    });
  });
}

function collect(stream: Readable, onLine: (line: string) => void): () => string {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  createInterface({ input: stream, crlfDelay: Infinity }).on("line", onLine);
  return () => Buffer.concat(chunks).toString("utf8");
}
