import path from "node:path";

import type { CommandResult } from "../../sdk/engine/run-command";
import { runCommand } from "../../sdk/engine/run-command";
import { packageFolder } from "../../sdk/engine/package-folder";

/** actionlint as `tools/actionlint` pins it; Go keeps what it has built and downloaded. */
export function actionlint(...files: readonly string[]): Promise<CommandResult> {
  const module = path.join(packageFolder(), "tools", "actionlint");
  const args = ["tool", "-C", module, "actionlint", "-no-color", ...files];
  return runCommand("go", args, {
    env: { ...process.env, GOWORK: "off", GOFLAGS: "-mod=readonly" },
  });
}
