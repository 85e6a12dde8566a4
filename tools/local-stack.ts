import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import type { Engine, Environment } from "../sdk/engine/engine";
import type { CommandResult } from "../sdk/engine/run-command";
import { runPulumi } from "../sdk/engine/run-pulumi";

/** What {@link createLocalStack} makes a stack of. */
export interface LocalStackOptions {
  readonly engine: Engine;
  /** Folder of the `Pulumi.yaml`; nothing is written there. */
  readonly project: string;
  /** Folder in which the stack gets one of its own. @defaultValue the system's folder for temporary files */
  readonly parent?: string | undefined;
  /** The CLI's home. @defaultValue a folder beside the state, so that a user's login stays as it is */
  readonly home?: string | undefined;
  /** Added to the environment of the CLI and of the program. */
  readonly env?: Environment | undefined;
}

/** How one command of a {@link LocalStack} runs. */
export interface LocalRunOptions {
  /** Added to the environment, for this command only. */
  readonly env?: Environment | undefined;
  readonly onLine?: ((line: string, stream: "stdout" | "stderr") => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A stack whose state, settings and CLI home stand in a temporary folder. */
export interface LocalStack {
  /** The temporary folder. */
  readonly folder: string;
  /** Runs the CLI on this stack in the project's folder. */
  run(args: readonly string[], options?: LocalRunOptions): Promise<CommandResult>;
  /** Removes the state and the settings; what was deployed stays. */
  dispose(): Promise<void>;
}

const STACK = "local";

/** Commands that read or write a stack's settings. */
const TAKES_CONFIG_FILE = new Set(["config", "destroy", "import", "preview", "refresh", "up"]);

/**
 * Makes a stack of a project with a `file://` backend and a passphrase, all of it outside the project's folder.
 *
 * @throws Error with the CLI's words when the stack cannot be made.
 */
export async function createLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { engine, project } = options;
  const folder = await mkdtemp(path.join(options.parent ?? tmpdir(), "pulumi-celigo-stack-"));
  const state = path.join(folder, "state");
  await mkdir(state);
  const home = options.home ?? path.join(folder, "home");
  const env: Environment = {
    ...withoutSettings(engine.env),
    PULUMI_HOME: home,
    TS_NODE_CACHE_DIRECTORY: path.join(home, "ts-node"), // else in the system's temporary folder, for good
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_CONFIG_PASSPHRASE: "local",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    ...options.env,
  };

  // `stack init` takes no `--config-file`: it runs beside a copy, so that the settings are written there.
  await copyFile(path.join(project, "Pulumi.yaml"), path.join(folder, "Pulumi.yaml"));
  const init = ["stack", "init", STACK, "--non-interactive"];
  const { code, stderr } = await runPulumi(engine, init, { cwd: folder, env });
  if (code !== 0) throw new Error(`createLocalStack: ${stderr.trim()}`);
  const configFile = path.join(folder, `Pulumi.${STACK}.yaml`);

  return {
    folder,
    run(args, { env: more, onLine, signal } = {}) {
      const withFile = TAKES_CONFIG_FILE.has(args[0] ?? "") ? ["--config-file", configFile] : [];
      const all = [...args, ...withFile, "--non-interactive", "--color", "never"];
      const ownEnv = { ...env, PULUMI_STACK: STACK, ...more };
      return runPulumi(engine, all, { cwd: project, env: ownEnv, onLine, signal });
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Without what would decide for the stack: the CLI's own settings, and this package's. */
function withoutSettings(env: Environment): Environment {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(PULUMI|CELIGO)_/.test(name)),
  );
}
