import { readFileSync } from "node:fs";
import path from "node:path";

import { packageFolder } from "../engine/package-folder";

/** Version of this package. */
export function ownVersion(): string {
  const manifest = readFileSync(path.join(packageFolder(), "package.json"), "utf8");
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
