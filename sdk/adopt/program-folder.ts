import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, unlink } from "node:fs/promises";
import path from "node:path";

import { writeWhole } from "../engine/write-whole";
import type { GeneratedFile } from "./generated-program";
import { FLOWS_FOLDER } from "./layout";
import { authorship } from "./marker";
import { missingPackages, projectFiles } from "./project-files";

/** A file that stands where a program goes. */
export interface ExistingFile extends GeneratedFile {
  /** Who has the last word about it. */
  readonly author: "ours" | "edited" | "foreign";
}

/** What became of each file. */
export interface WrittenProgram {
  /** Files that are new or have a new text. */
  readonly written: readonly string[];
  /** Files that had the same text already. */
  readonly unchanged: readonly string[];
  /** Files of an earlier run that the program no longer has. */
  readonly removed: readonly string[];
  /** Whether the folder became a project by this. */
  readonly isNewProject: boolean;
  /** What the program needs and the folder's `package.json` does not name, as `npm install` takes it. */
  readonly missingPackages: readonly string[];
}

/** Files that a person has written or edited stand where the program goes. The message names them. */
class EditedFilesError extends Error {
  override readonly name = "EditedFilesError";

  constructor(folder: string, files: readonly ExistingFile[]) {
    const lines = files.map(
      ({ path: file, author }) =>
        `  - ${path.join(folder, file)} ${author === "edited" ? "was edited since import wrote it" : "was not written by import"}`,
    );
    super(
      `nothing was written, since files of yours would be lost:\n${lines.join("\n")}\nNext: import into another folder (--out), or overwrite them (--force).`,
    );
  }
}

/** The TypeScript and Markdown files in a folder at the places where programs have theirs. A missing folder has none. */
export async function readProgram(folder: string): Promise<ExistingFile[]> {
  const names = [
    ...(await filesIn(folder)),
    ...(await filesIn(path.join(folder, FLOWS_FOLDER))).map((file) => `${FLOWS_FOLDER}/${file}`),
  ];
  const wanted = names.filter((name) => /\.(ts|md)$/.test(name) && !name.endsWith(".d.ts")).sort();
  return Promise.all(
    wanted.map(async (name) => {
      const text = await readFile(path.join(folder, name), "utf8");
      return { path: name, text, author: authorship(text) };
    }),
  );
}

/**
 * Throws where writing would lose a person's work.
 *
 * @param files - paths that will be written; those that an earlier run wrote and a person edited count in any case
 * @throws EditedFilesError
 */
export function refuseEdited(
  folder: string,
  existing: readonly ExistingFile[],
  files: readonly string[],
): void {
  const lost = existing.filter(
    ({ path: file, author }) => author !== "ours" && files.includes(file),
  );
  if (lost.length > 0) throw new EditedFilesError(folder, lost);
}

/**
 * Writes a program, each file whole or not at all, takes away what an earlier run wrote and nobody edited, and makes a new
 * folder a project. The text of a file that is there already in the same words is left alone.
 */
export async function writeProgram(
  folder: string,
  files: readonly GeneratedFile[],
  existing: readonly ExistingFile[],
): Promise<WrittenProgram> {
  const before = new Map(existing.map(({ path: file, text }) => [file, text]));
  const isNewProject =
    !existsSync(path.join(folder, "Pulumi.yaml")) && !existsSync(path.join(folder, "Pulumi.yml"));
  const project = isNewProject
    ? projectFiles(folder).filter((file) => !existsSync(path.join(folder, file.path)))
    : [];
  const changed = [...files.filter((file) => before.get(file.path) !== file.text), ...project];
  for (const file of changed) {
    const place = path.join(folder, file.path);
    await mkdir(path.dirname(place), { recursive: true });
    await writeWhole(place, file.text, 0o644);
  }
  const stays = new Set(files.map((file) => file.path));
  const removed = existing
    .filter(
      ({ path: file, author }) => author === "ours" && file.endsWith(".ts") && !stays.has(file),
    )
    .map((file) => file.path);
  for (const file of removed) await unlink(path.join(folder, file));
  return {
    written: changed.map((file) => file.path),
    unchanged: files.filter((file) => before.get(file.path) === file.text).map((file) => file.path),
    removed,
    isNewProject,
    missingPackages: missingPackages(folder),
  };
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR") throw new Error(`${folder} is no folder.`, { cause: error });
    throw error;
  }
}
