import path from "node:path";

import { packageFolder } from "../../sdk/engine/package-folder";
import { runCommand } from "../../sdk/engine/run-command";

/** What a tool printed if it failed, and nothing if it did not: to be compared with `""`. */
export async function complaintsOf(tool: string, ...args: string[]): Promise<string> {
  const root = packageFolder();
  const bin = path.join(root, "node_modules", ".bin", tool);
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, NODE_ENV: undefined };
  const { code, stdout, stderr } = await runCommand(bin, args, { cwd: root, env });
  return code === 0 ? "" : `${tool} ended with ${code}:\n${stdout}\n${stderr}`;
}
