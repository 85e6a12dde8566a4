import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const VARIABLE = "PULUMI_CELIGO_TEST_RUN";

/** The temporary folder of this jest run, which its workers share; made when it is first asked for in the set-up. */
export function runFolder(): string {
  return (process.env[VARIABLE] ??= realpathSync(
    mkdtempSync(path.join(tmpdir(), "pulumi-celigo-tests-")),
  ));
}
