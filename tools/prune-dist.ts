/** Removes from `dist` what the compiler left there of files that are no more, so that it is never packed. */

import { rmSync } from "node:fs";

import { orphanedOutputs } from "./dist-files";

for (const file of orphanedOutputs()) rmSync(file);
