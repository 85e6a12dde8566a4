import { readFile } from "node:fs/promises";
import path from "node:path";

import { writeWhole } from "./write-whole";

/** The name under which the engine looks for the process that runs dynamic resources. */
export const DYNAMIC_PROVIDER = "pulumi-resource-pulumi-nodejs";

/**
 * Does what the script of the same name in npm's `@pulumi/pulumi` does: runs the dynamic provider of the
 * `@pulumi/pulumi` that the program itself uses. `exec`, so that the engine's signals arrive.
 */
const SCRIPT = `#!/bin/sh
# Written by pulumi-celigo: beside the engine, this needs no place on PATH.
exec node -e 'require(require.resolve("@pulumi/pulumi/cmd/dynamic-provider", { paths: [process.cwd()] }))' ${DYNAMIC_PROVIDER} "$@"
`;

/** Puts the script that starts dynamic providers into the engine's folder, unless it stands there already. */
export async function placeDynamicProvider(binDir: string): Promise<void> {
  const file = path.join(binDir, DYNAMIC_PROVIDER);
  const present = await readFile(file, "utf8").catch(() => undefined);
  if (present !== SCRIPT) await writeWhole(file, SCRIPT, 0o755);
}
