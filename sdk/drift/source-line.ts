import { existsSync } from "node:fs";
import path from "node:path";

import { packageFolder } from "../engine/package-folder";
import type { SourceLine } from "./report";
import type { StackResource } from "./stack";

/** Where the files of a project stand. */
export interface ProjectPlace {
  /** Folder of the `Pulumi.yaml`, absolute: positions in the state count from there. */
  readonly project: string;
  /** Root of the repository, absolute: annotations count from there. */
  readonly repository: string;
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** Finds both folders from where the CLI runs; a folder without a repository is its own. */
export function findPlace(cwd: string): ProjectPlace {
  const holds = (names: readonly string[]) => (folder: string) =>
    names.some((name) => existsSync(path.join(folder, name)));
  const project = upward(cwd, holds(PROJECT_FILES)) ?? cwd;
  return { project, repository: upward(project, holds([".git"])) ?? project };
}

/** The project's file, for what has no line of its own. */
export function projectFile({ project, repository }: ProjectPlace): SourceLine {
  const name = PROJECT_FILES.find((one) => existsSync(path.join(project, one))) ?? "Pulumi.yaml";
  return { file: posix(path.relative(repository, path.join(project, name))) };
}

/**
 * The user's line that declares a resource: the innermost call that the state remembers from a file of the project's own,
 * neither this package's nor an installed one's. Pure.
 *
 * @returns `undefined` where the state does not tell
 */
export function sourceLine(
  { stackTrace = [] }: StackResource,
  { project, repository }: ProjectPlace,
): SourceLine | undefined {
  for (const { sourcePosition } of stackTrace) {
    const match = /^project:\/\/\/(.*)#(\d+)(?:,(\d+))?$/.exec(sourcePosition ?? "");
    if (match === null) continue;
    const [, encoded = "", line, column] = match;
    const file = path.resolve(project, decode(encoded));
    if (!isOwn(file, project)) continue;
    return {
      file: posix(path.relative(repository, file)),
      line: Number(line),
      ...(column !== undefined && { column: Number(column) }),
    };
  }
  return undefined;
}

function isOwn(file: string, project: string): boolean {
  const inside = path.relative(project, file);
  if (inside.startsWith("..") || path.isAbsolute(inside)) return false;
  if (inside.split(path.sep).includes("node_modules")) return false;
  // The repository of this package is a project too: what it compiles is not the user's.
  const ours = path.relative(packageFolder(), file).split(path.sep)[0] ?? "";
  return !["dist", "sdk"].includes(ours);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function upward(start: string, is: (folder: string) => boolean): string | undefined {
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (is(folder)) return folder;
    if (path.dirname(folder) === folder) return undefined;
  }
}

function posix(file: string): string {
  return file.split(path.sep).join("/");
}
