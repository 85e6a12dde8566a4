import { access, constants, realpath } from "node:fs/promises";
import path from "node:path";

import type { EngineFinding, Environment } from "./engine";
import { MINIMUM_ENGINE_VERSION } from "./engine";
import { runCommand } from "./run-command";

/** What the engine starts for a program in TypeScript or JavaScript with dynamic resources. */
const COMPANIONS = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

const SUFFIXES = process.platform === "win32" ? [".exe", ".cmd"] : [""];

/** Path of an executable in the first of `folders` that holds it, or `undefined`. */
export async function findExecutable(
  name: string,
  folders: readonly string[],
): Promise<string | undefined> {
  for (const folder of folders) {
    for (const suffix of SUFFIXES) {
      const file = path.join(folder, name + suffix);
      if (await isExecutable(file)) return file;
    }
  }
  return undefined;
}

/** The folders of PATH, in order. */
export function pathFolders(env: Environment): string[] {
  return (env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
}

/**
 * Asks a `pulumi` binary for its version and looks for its companions beside it and on PATH, as the engine does.
 * Throws nothing: a binary that does not run is a reason.
 */
export async function probeEngine(pulumi: string, env: Environment): Promise<EngineFinding> {
  let version: string | undefined;
  try {
    const { stdout } = await runCommand(pulumi, ["version"], {
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    version = /^v?(\d+\.\d+\.\d+\S*)/.exec(stdout.trim())?.[1];
  } catch (error) {
    return { reason: `${pulumi} does not run: ${(error as Error).message}` };
  }
  if (version === undefined) return { reason: `${pulumi} does not tell its version` };
  if (!isAtLeast(version, MINIMUM_ENGINE_VERSION)) {
    return { reason: `${pulumi} is ${version}, older than ${MINIMUM_ENGINE_VERSION}` };
  }

  const folders = [path.dirname(await realpath(pulumi)), ...pathFolders(env)];
  for (const companion of COMPANIONS) {
    if ((await findExecutable(companion, folders)) === undefined) {
      return { reason: `${pulumi} comes without ${companion}` };
    }
  }
  return { found: { pulumi, version } };
}

/** A pre-release counts as its release. */
export function isAtLeast(version: string, minimum: string): boolean {
  const wanted = minimum.split(".").map(Number);
  const given = version.split(/[.+-]/).map(Number);
  for (const [index, number] of wanted.entries()) {
    const difference = (given[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
