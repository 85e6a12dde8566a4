import type { Json } from "../api/types";
import { canonical, equal, fingerprint, normal } from "./normal";
import {
  type BaselineEntry,
  baselineOf,
  FIELD_NAMES,
  type FieldName,
  type FlowInputs,
  type FlowState,
  shapeOf,
} from "./state";
import { hasUnknown } from "./unknown";

/** A field that is not what it should be. */
export interface Change {
  /** Which one. */
  readonly name: FieldName;
  /** What it should be, in program names; `undefined` means absent. */
  readonly want: unknown;
}

/**
 * The fields in which the remembered or refreshed state differs from what it should be: what the program says, or, where
 * the program says nothing new, what was live after Pulumi's last write (contract.md 5.3). Pure.
 */
export function compare(state: FlowState, inputs: FlowInputs): Change[] {
  const baseline = baselineOf(state);
  return FIELD_NAMES.flatMap((name) => {
    const change = compareField(name, state[name], inputs, baseline[name]);
    return change === undefined ? [] : [change];
  });
}

function compareField(
  name: FieldName,
  live: Json | undefined,
  inputs: FlowInputs,
  entry: BaselineEntry | undefined,
): Change | undefined {
  const declared = inputs[name];
  if (hasUnknown(declared)) return { name, want: declared };
  const expected = expectation(name, inputs, entry);
  if ("print" in expected)
    return fingerprint(shapeOf(name), live) === expected.print
      ? undefined
      : { name, want: declared };
  return sameField(name, live, expected.value) ? undefined : { name, want: expected.value };
}

/** What the state should have: a value, or the fingerprint of what the service made of the declared one. */
function expectation(
  name: FieldName,
  inputs: FlowInputs,
  entry: BaselineEntry | undefined,
): { print: Json } | { value: unknown } {
  const declared = inputs[name];
  const [of, remembered] = entry ?? [];
  const print = fingerprint(shapeOf(name), declared);
  const ignored = of === `!${print}` && isIgnored(name, inputs.__ignoreChanges);
  if (remembered !== undefined && (ignored || (isSaid(declared) && of === print)))
    return { print: remembered };
  if (isSaid(declared)) return { value: declared };
  return { value: of === "" ? remembered : undefined };
}

/** Whether the program says anything of a field. */
export function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Whether a whole field stands under `ignoreChanges`. */
export function isIgnored(name: FieldName, paths: unknown): boolean {
  return (
    Array.isArray(paths) &&
    paths.some(
      (path) => typeof path === "string" && (path === "*" || path.split(/[.[]/)[0] === name),
    )
  );
}

/** Whether a value, in its normal form, says nothing. */
export function isAbsent(name: FieldName, value: unknown): boolean {
  return canonical(normal(shapeOf(name), value)) === "";
}

/** Whether two values of a field mean the same. */
export function sameField(name: FieldName, left: unknown, right: unknown): boolean {
  return equal(shapeOf(name), left, right);
}
