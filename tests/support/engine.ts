import type { Engine } from "../../sdk/engine/engine";

const ENGINE = "PULUMI_CELIGO_TEST_ENGINE";
const FAILURE = "PULUMI_CELIGO_TEST_ENGINE_FAILURE";

/** Hands the engine from the set-up to the workers. */
export function publishEngine(engine: Engine): void {
  process.env[ENGINE] = JSON.stringify(engine);
}

/** Hands the workers the reason why there is none: each test that needs one then fails with it. */
export function publishMissingEngine(reason: string): void {
  process.env[FAILURE] = reason;
}

/** The engine of this run: the same for all tests. */
export function testEngine(): Engine {
  const text = process.env[ENGINE];
  if (text === undefined) {
    throw new Error(process.env[FAILURE] ?? "testEngine: only the engine tier has an engine.");
  }
  return JSON.parse(text) as Engine;
}
