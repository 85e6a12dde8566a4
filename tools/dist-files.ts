import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

import { packageFolder } from "../sdk/engine/package-folder";

/** The folders that are compiled, each to a folder of the same name under `dist`. */
const COMPILED = ["provider", "sdk", "tools"];

const OUTPUTS = /\.(js|d\.ts)$/;

/** The files under `dist` whose source is no more. */
export function orphanedOutputs(): string[] {
  const dist = path.join(packageFolder(), "dist");
  if (!existsSync(dist)) return [];
  return filesUnder(dist).filter((file) => {
    const source = path.relative(dist, file).replace(OUTPUTS, ".ts");
    return !existsSync(path.join(packageFolder(), source));
  });
}

/** Whether each source file has been compiled since it was last written. */
export function isBuilt(): boolean {
  const root = packageFolder();
  const sources = COMPILED.flatMap((folder) => filesUnder(path.join(root, folder))).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".d.ts"),
  );
  return sources.every((source) => {
    const output = path.join(root, "dist", path.relative(root, source)).replace(/\.ts$/, ".js");
    return existsSync(output) && statSync(output).mtimeMs >= statSync(source).mtimeMs;
  });
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
