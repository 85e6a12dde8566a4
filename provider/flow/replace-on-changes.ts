import type { Change } from "./compare";
import { equal } from "./normal";
import { pathSteps, valuesAt } from "./property-path";
import { FREE } from "./shape";
import type { FlowInputs, FlowState } from "./state";
import { hasUnknown } from "./unknown";

/**
 * Which changes replace the flow, because the program says so with `replaceOnChanges`. The engine applies that option only to
 * changes that a provider names, which a dynamic one cannot (measured), so the constructor hands the paths over. Pure.
 *
 * @returns names of fields, for the engine's list of replacements
 */
export function replacedBy(
  changes: readonly Change[],
  state: FlowState,
  inputs: FlowInputs,
): string[] {
  const paths = inputs.__replaceOnChanges;
  if (!Array.isArray(paths)) return [];
  const steps = paths.filter((path): path is string => typeof path === "string").map(pathSteps);
  return changes
    .map(({ name }) => name)
    .filter((name) => steps.some((path) => touches(path, name, state, inputs)));
}

function touches(
  [root, ...rest]: readonly string[],
  name: string,
  state: FlowState,
  inputs: FlowInputs,
): boolean {
  if (root !== "*" && root !== name) return false;
  if (rest.length === 0) return true;
  const [old, now] = [valuesAt(state[name], rest), valuesAt(inputs[name], rest)];
  return hasUnknown(now) || !equal(FREE, old, now);
}
