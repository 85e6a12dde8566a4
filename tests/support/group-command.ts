import { spawn } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { testEngine } from "./engine";
import type { PulumiProject } from "./pulumi-project";
import { runFolder } from "./run-folder";

/** A command of the CLI that goes on, in a process group of its own as a shell gives it one. */
export interface GroupCommand {
  /** What Ctrl-C in a terminal does: the whole group gets the signal. */
  interruptGroup(): void;
  /** Ends the CLI alone, at once. */
  kill(): void;
  /** Exit code, or null for a command that a signal ended. */
  readonly ended: Promise<number | null>;
  /** Both streams so far. */
  output(): string;
}

/** Starts a command on a project's stack, with the settings that `createLocalStack` gives. */
export function startInGroup(project: PulumiProject, args: readonly string[]): GroupCommand {
  const engine = testEngine();
  const inherited = Object.entries(engine.env).filter(([name]) => !/^(PULUMI|CELIGO)_/.test(name));
  const child = spawn(
    engine.pulumi,
    [
      ...args,
      "--config-file",
      path.join(project.stackFolder, "Pulumi.local.yaml"),
      "--non-interactive",
      "--color",
      "never",
    ],
    {
      cwd: project.folder,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...Object.fromEntries(inherited),
        PULUMI_HOME: path.join(runFolder(), "home"),
        PULUMI_BACKEND_URL: pathToFileURL(path.join(project.stackFolder, "state")).href,
        PULUMI_CONFIG_PASSPHRASE: "local",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_STACK: "local",
      },
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
    });
  }
  const { pid } = child;
  if (pid === undefined) throw new Error("startInGroup: the CLI could not be started.");
  return {
    interruptGroup: () => process.kill(-pid, "SIGINT"),
    kill: () => child.kill("SIGKILL"),
    ended: new Promise((resolve) => {
      child.on("exit", resolve);
    }),
    output: () => output,
  };
}
