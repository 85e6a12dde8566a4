import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const made: string[] = [];

/** An empty folder, until the tests of this file are over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "pulumi-celigo-engine-"));
  made.push(folder);
  return folder;
}

afterAll(async () => {
  await Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true })));
});

/** Writes executables into a folder, each the body of a shell script, and gives the folder back. */
export async function withCommands(
  folder: string,
  scripts: Readonly<Record<string, string>>,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [name, body] of Object.entries(scripts)) {
    await writeFile(path.join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }
  return folder;
}

/** What stands beside a `pulumi` that says it is of this version. */
export function anEngine(version: string): Readonly<Record<string, string>> {
  const companions = {
    "pulumi-language-nodejs": "exit 0",
    "pulumi-resource-pulumi-nodejs": "exit 0",
  };
  return { pulumi: `echo v${version}`, ...companions };
}

/** The files of a folder, and its folders, by name. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort();
}

/** The lines of a file, none if there is no such file. */
export async function linesOf(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").filter((line) => line !== "");
}
