import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

import { packageFolder } from "../../sdk/engine/package-folder";
import { isBuilt } from "../../tools/dist-files";
import { runFolder } from "./run-folder";

const run = promisify(execFile);

/** What programs need beside the package and what it depends on. */
const TOOLS = ["typescript", "@types/node"];

/** Folder in which the packed tarball is installed; a program anywhere under it imports `pulumi-celigo`. */
export function installFolder(): string {
  return path.join(runFolder(), "install");
}

/** The packed tarball. */
export async function tarball(): Promise<string> {
  return path.join(runFolder(), `pulumi-celigo-${(await manifest()).version}.tgz`);
}

/**
 * Packs the package and installs the tarball as npm would, without a network: its dependencies, and nothing
 * else, are links to those of the checkout, so that there is one copy of `@pulumi/pulumi`.
 */
export async function installPackage(): Promise<void> {
  if (existsSync(installFolder())) return;
  if (!isBuilt()) await npm("run", "--silent", "build");
  await npm("pack", "--ignore-scripts", "--silent", "--pack-destination", runFolder());

  const modules = path.join(installFolder(), "node_modules");
  const own = path.join(modules, "pulumi-celigo");
  await mkdir(own, { recursive: true });
  await run("tar", ["-xzf", await tarball(), "--strip-components=1", "-C", own]);

  const { dependencies, peerDependencies } = await manifest();
  for (const name of [...Object.keys({ ...dependencies, ...peerDependencies }), ...TOOLS]) {
    await mkdir(path.dirname(path.join(modules, name)), { recursive: true });
    await symlink(path.join(packageFolder(), "node_modules", name), path.join(modules, name));
  }
}

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

async function manifest(): Promise<Manifest> {
  const text = await readFile(path.join(packageFolder(), "package.json"), "utf8");
  return JSON.parse(text) as Manifest;
}

async function npm(...args: string[]): Promise<void> {
  await run("npm", args, { cwd: packageFolder() });
}
