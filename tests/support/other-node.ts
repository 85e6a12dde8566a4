import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";

import { runFolder } from "./run-folder";

/** A Node.js beside the one that runs the tests, or why there is none. */
export type OtherNode = { readonly binDir: string } | { readonly missing: string };

/** Installs a Node.js of an exact version, from the package of this platform's binary. */
export function otherNode(version: string): OtherNode {
  const folder = path.join(runFolder(), `node-${version}`);
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  mkdirSync(folder, { recursive: true });
  const args = ["install", "--prefix", folder, "--no-audit", "--no-fund", `${name}@${version}`];
  try {
    execFileSync("npm", args, { stdio: "pipe", timeout: 180_000 });
  } catch (error) {
    const [reason = ""] = String((error as { stderr?: unknown }).stderr ?? error)
      .split("\n")
      .filter((line) => /error/i.test(line));
    return { missing: `${name}@${version} cannot be installed: ${reason}` };
  }
  return { binDir: path.join(folder, "node_modules", name, "bin") };
}
