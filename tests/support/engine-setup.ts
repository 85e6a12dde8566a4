import { EngineMissingError, resolveEngine } from "../../sdk/engine/resolve-engine";
import { publishEngine, publishMissingEngine } from "./engine";
import { installPackage } from "./installed-package";

/** Before the engine tier: there is an engine, built if need be, or every test of the tier fails. */
export default async function engineSetup(): Promise<void> {
  const log = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const { NODE_ENV: _jestSets, ...env } = process.env;
  try {
    publishEngine(await resolveEngine({ log, env }));
  } catch (error) {
    if (!(error instanceof EngineMissingError)) throw error;
    publishMissingEngine(error.message);
  }
  await installPackage();
}
