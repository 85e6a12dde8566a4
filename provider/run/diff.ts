import { isDeepStrictEqual } from "node:util";

import { hasUnknown } from "../flow/unknown";
import { RUN_ARGS, type RunInputs } from "./args";

/** What makes the engine run a flow again, by a replacement: other triggers, and another flow, whose run is another one. */
const REPLACING: ReadonlySet<string> = new Set(["triggers", "flowId"]);

/**
 * Which arguments differ from those that the last deployment recorded; of these, only some make a run. What is unknown in a
 * preview counts as different. Pure.
 */
export function diffRun(
  olds: RunInputs,
  news: RunInputs,
): { changes: boolean; replaces: string[] } {
  const changed = RUN_ARGS.filter(
    (name) => hasUnknown(news[name]) || !same(olds[name], news[name]),
  );
  return { changes: changed.length > 0, replaces: changed.filter((name) => REPLACING.has(name)) };
}

function same(left: unknown, right: unknown): boolean {
  return isDeepStrictEqual(left ?? null, right ?? null);
}
