import { rm } from "node:fs/promises";

import { runFolder } from "./run-folder";

/** Removes what the tests of this run left behind. */
export default async function teardown(): Promise<void> {
  await rm(runFolder(), { recursive: true, force: true });
}
