import { existsSync } from "node:fs";
import path from "node:path";

/** The folder of this package: where its `package.json` stands, in the checkout and installed. */
export function packageFolder(): string {
  let folder = __dirname; // sdk/engine in the checkout, dist/sdk/engine when compiled
  while (!existsSync(path.join(folder, "package.json"))) folder = path.dirname(folder);
  return folder;
}
