import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml"];

/** The file of the project that a folder belongs to, found as the Pulumi CLI does it: upwards. */
export function projectFileOf(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    const file = PROJECT_FILES.map((name) => path.join(folder, name)).find((one) =>
      existsSync(one),
    );
    if (file !== undefined) return file;
    if (path.dirname(folder) === folder) return undefined;
  }
}

/**
 * The folder in which the engine runs a project's program, and its plugin process: the one that `main` names, or the
 * project's own.
 *
 * @param projectFile - `Pulumi.yaml`; only its `main` is read, which is a line of its own wherever tools write it
 */
export function programFolder(projectFile: string): string {
  const folder = path.dirname(projectFile);
  const match = /^main:\s*(["']?)(.+?)\1\s*(?:#.*)?$/m.exec(readFileSync(projectFile, "utf8"));
  if (match?.[2] === undefined) return folder;
  const main = path.resolve(folder, match[2]);
  return statSync(main, { throwIfNoEntry: false })?.isDirectory() === true
    ? main
    : path.dirname(main);
}
