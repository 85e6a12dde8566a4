import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import path from "node:path";

import type { CommandResult } from "../../sdk/engine/run-command";
import { runCommand } from "../../sdk/engine/run-command";
import { installFolder } from "./installed-package";

/** A folder of a user's, with some files, that has the packed `pulumi-celigo` installed. */
export async function createConsumer(files: Readonly<Record<string, string>>): Promise<string> {
  const consumers = path.join(installFolder(), "consumers");
  await mkdir(consumers, { recursive: true });
  const folder = await mkdtemp(path.join(consumers, "consumer-"));
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(folder, file), text);
  return folder;
}

/** Runs node in such a folder, in a user's environment. */
export function runNode(folder: string, ...args: string[]): Promise<CommandResult> {
  const { NODE_ENV: _jestSets, ...env } = process.env;
  return runCommand(process.execPath, args, { cwd: folder, env });
}
