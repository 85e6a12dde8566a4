import { copyFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

import type { Environment } from "../../sdk/engine/engine";
import { type CommandResult, runCommand } from "../../sdk/engine/run-command";
import { testEngine } from "./engine";
import { installFolder } from "./installed-package";
import type { PulumiProject } from "./pulumi-project";
import { runFolder } from "./run-folder";

/** The environment in which the Pulumi CLI finds a test project's stack, without the settings of this package. */
export function stackEnvironment({ stackFolder }: PulumiProject): Environment {
  const engine = testEngine();
  const kept = Object.entries(engine.env).filter(
    ([name]) => !/^(PULUMI|CELIGO|GITHUB|CI$)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    PULUMI_HOME: path.join(runFolder(), "home"),
    PULUMI_BACKEND_URL: pathToFileURL(path.join(stackFolder, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: "local",
    PULUMI_STACK: "local",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    NO_COLOR: "1",
  };
}

/** The command of the packed package, as npm links it. */
export function packageCommand(): string {
  return path.join(
    installFolder(),
    "node_modules",
    "pulumi-celigo",
    "dist",
    "sdk",
    "cli",
    "main.js",
  );
}

/** Runs `pulumi-celigo` of the packed package in a project's folder, beside the stack's settings. */
export async function runPackageCommand(
  project: PulumiProject,
  args: readonly string[],
  env: Environment = {},
): Promise<CommandResult> {
  const settings = "Pulumi.local.yaml";
  await copyFile(path.join(project.stackFolder, settings), path.join(project.folder, settings));
  return runCommand(process.execPath, [packageCommand(), ...args], {
    cwd: project.folder,
    env: { ...stackEnvironment(project), ...env },
  });
}
