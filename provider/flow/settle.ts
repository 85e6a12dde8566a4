import type { FlowDocument, Json, JsonObject } from "../api/types";
import { compare, isAbsent, isIgnored, isSaid, sameField } from "./compare";
import { fingerprint, isRecord, normal } from "./normal";
import {
  type BaselineEntry,
  baselineOf,
  FIELD_NAMES,
  type FieldName,
  type FlowInputs,
  type FlowState,
  liveFields,
  shapeOf,
} from "./state";

/** What a write leaves behind. */
export interface Settled {
  /** Outputs to store. */
  readonly state: FlowState;
  /** Declared fields of which the service made something else. */
  readonly altered: readonly FieldName[];
  /** Fields that the program no longer says and the service still has. */
  readonly kept: readonly FieldName[];
}

/** Where a write stood before it, for {@link settle}. */
export interface Before {
  /** Outputs before the write. */
  readonly state: FlowState;
  /** Fields that somebody changed unseen: the next refresh shall still show them. */
  readonly unseen: ReadonlySet<FieldName>;
  /** Fields that the write should have cleared. */
  readonly cleared: ReadonlySet<FieldName>;
}

/** How a flow came under Pulumi. */
export interface Circumstances {
  /** Origin to remember; absent for a service on this machine. */
  readonly origin: string | undefined;
  /** Adopted, with these paths under `ignoreChanges`. Absent: written by Pulumi. */
  readonly adoptedIgnoring?: unknown;
  /** Absent for a create. */
  readonly before?: Before;
}

/**
 * The outputs after a write, and the baseline for later comparisons: per field the declared value where the service has the
 * same, otherwise what it has, and then an entry in the baseline. Pure.
 */
export function settle(
  inputs: FlowInputs,
  document: FlowDocument,
  circumstances: Circumstances,
): Settled {
  const { origin, before, adoptedIgnoring } = circumstances;
  const live = liveFields(document, withEarlier(inputs, before));
  const remembered = rememberedFields(inputs, live, before);
  const state: Record<string, Json> = {};
  const baseline: Partial<Record<FieldName, BaselineEntry>> = {};
  const altered: FieldName[] = [];
  const kept: FieldName[] = [];
  for (const name of FIELD_NAMES) {
    const [declared, now] = [inputs[name], live[name]];
    const earlier = remembered.get(name);
    if (isSaid(declared) && sameField(name, declared, now)) {
      state[name] = declared as Json;
    } else if (earlier !== undefined) {
      if (earlier.value !== undefined) state[name] = earlier.value;
      if (earlier.entry !== undefined) baseline[name] = earlier.entry;
    } else if (isSaid(declared) || !isAbsent(name, now)) {
      state[name] = now ?? null;
      baseline[name] = entryOf(name, declared, now, circumstances);
      (isSaid(declared) ? altered : kept).push(name);
    }
  }
  return {
    state: { ...state, ...stamps(document), ...hidden(baseline, origin) },
    // An adopted flow was not written, so nothing of it was made otherwise than the program has it.
    altered: adoptedIgnoring === undefined ? altered : [],
    kept: kept.filter((name) => before?.cleared.has(name)),
  };
}

/** Raw fields that the program no longer names are looked at once more: the service may not have cleared them. */
function withEarlier(inputs: FlowInputs, before: Before | undefined): FlowInputs {
  const [declared, earlier] = [inputs["additionalFields"], before?.state["additionalFields"]];
  if (!isRecord(earlier)) return inputs;
  return { ...inputs, additionalFields: { ...earlier, ...(isRecord(declared) ? declared : {}) } };
}

interface Remembered {
  readonly value: Json | undefined;
  readonly entry?: BaselineEntry | undefined;
}

/**
 * Fields of which Pulumi goes on to believe what it believed: those that the write did not touch, and those that somebody
 * changed unseen, which the next refresh shall still show.
 */
function rememberedFields(
  inputs: FlowInputs,
  live: JsonObject,
  before: Before | undefined,
): Map<FieldName, Remembered> {
  if (before === undefined) return new Map();
  const baseline = baselineOf(before.state);
  const wants = new Map(compare(before.state, inputs).map(({ name, want }) => [name, want]));
  return new Map(
    FIELD_NAMES.flatMap((name): [FieldName, Remembered][] => {
      const [old, entry, unseen] = [before.state[name], baseline[name], before.unseen.has(name)];
      if (!wants.has(name)) {
        // With an entry, nothing means that the service dropped what the program says, and goes on to do so.
        const value = entry === undefined ? (old ?? (inputs[name] as Json | undefined)) : old;
        return unseen || sameField(name, live[name], old) ? [[name, { value, entry }]] : [];
      }
      const want = wants.get(name);
      if (!unseen || isAbsent(name, want) || sameField(name, live[name], want)) return [];
      const repaired = isSaid(inputs[name]) ? undefined : entry;
      return [[name, { value: want as Json, entry: repaired }]];
    }),
  );
}

function entryOf(
  name: FieldName,
  declared: unknown,
  now: Json | undefined,
  { adoptedIgnoring }: Circumstances,
): BaselineEntry {
  const shape = shapeOf(name);
  if (isIgnored(name, adoptedIgnoring))
    return [`!${fingerprint(shape, declared)}`, fingerprint(shape, now)];
  if (isSaid(declared)) return [fingerprint(shape, declared), fingerprint(shape, now)];
  return ["", normal(shape, now) ?? null];
}

function stamps({ createdAt, lastModified }: FlowDocument): {
  createdAt?: string;
  lastModified?: string;
} {
  return {
    ...(typeof createdAt === "string" && { createdAt }),
    ...(typeof lastModified === "string" && { lastModified }),
  };
}

function hidden(
  baseline: Record<string, unknown>,
  origin: string | undefined,
): { __baseline?: Json; __origin?: string } {
  return {
    ...(Object.keys(baseline).length > 0 && { __baseline: baseline as Json }),
    ...(origin !== undefined && { __origin: origin }),
  };
}
