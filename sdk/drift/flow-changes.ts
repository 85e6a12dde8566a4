import { compare, isSaid } from "../../provider/flow/compare";
import { fingerprint, isRecord } from "../../provider/flow/normal";
import {
  baselineOf,
  type FieldName,
  type FlowInputs,
  type FlowState,
  shapeOf,
} from "../../provider/flow/state";
import { forgive, ignoredPaths } from "./ignored";
import type { FieldChange } from "./report";
import { holdsSecret, reveal } from "./secret";
import type { StackResource } from "./stack";
import { valueChanges, wholeChange } from "./value-changes";

/** A flow as the stack remembers it, its secrets in the clear. */
export interface Remembered {
  /** What the program declared. */
  readonly inputs: FlowInputs;
  /** What was live when Pulumi last wrote or refreshed it. */
  readonly outputs: FlowState;
  /** Fields that hold a secret. */
  readonly secretFields: ReadonlySet<string>;
  /** Paths that are not compared. */
  readonly ignored: readonly string[];
}

/** What the stack remembers of a flow. Pure. */
export function remember({ inputs = {}, outputs = {}, ignoreChanges }: StackResource): Remembered {
  const ignored = ignoredPaths(ignoreChanges, inputs);
  const secret = [...Object.entries(inputs), ...Object.entries(outputs)];
  const declared = reveal(inputs) as FlowInputs;
  return {
    inputs: { ...declared, disabled: declared["disabled"] ?? false, __ignoreChanges: ignored },
    outputs: reveal(outputs) as FlowState,
    secretFields: new Set(secret.flatMap(([name, value]) => (holdsSecret(value) ? [name] : []))),
    ignored,
  };
}

/**
 * The places in which a flow is not as it should be, by the one comparison that previews and refreshes make too
 * (contract.md 5.3), less what stands under `ignoreChanges`. Pure.
 *
 * @param live - outputs as read; the baseline is taken from what is remembered
 * @param wanted - which fields to look at
 */
export function flowChanges(
  remembered: Remembered,
  live: FlowState,
  wanted: (field: string) => boolean,
): FieldChange[] {
  const { inputs, outputs, ignored, secretFields } = remembered;
  const { __baseline: baseline } = outputs;
  const state: FlowState = { ...live, ...(baseline !== undefined && { __baseline: baseline }) };
  return compare(state, inputs)
    .filter(({ name }) => wanted(name))
    .flatMap(({ name, want }): FieldChange[] => {
      const expected = forgive(name, expectedLive(name, want, remembered), live[name], ignored);
      const changes = valueChanges(shapeOf(name), name, expected, live[name]);
      if (changes.length === 0 || !secretFields.has(name)) {
        return changes.map((change) => ({ field: name, secret: false, ...change }));
      }
      const { kind } = wholeChange(name, expected, live[name]);
      return [{ field: name, path: name, kind, secret: true }];
    });
}

/**
 * Where the service made something else of a declared value, what it made is what should be there: the places that it
 * altered itself are no drift.
 */
function expectedLive(name: FieldName, want: unknown, { inputs, outputs }: Remembered): unknown {
  const entry = baselineOf(outputs)[name];
  const shape = shapeOf(name);
  const declared = inputs[name];
  if (entry === undefined || !isSaid(declared)) return want;
  const settled = entry[0].replace(/^!/, "") === fingerprint(shape, declared);
  return settled && fingerprint(shape, outputs[name]) === entry[1] ? outputs[name] : want;
}

/** Outputs of an event as the comparison takes them; secrets in them are blinded and become `undefined`. Pure. */
export function eventState(outputs: Readonly<Record<string, unknown>>): FlowState {
  const revealed = reveal(outputs);
  return isRecord(revealed) ? (revealed as FlowState) : {};
}
