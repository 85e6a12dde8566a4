import type { FlowDocument, Json } from "../api/types";
import { isAbsent, isIgnored, isSaid, sameField } from "./compare";
import { fingerprint, normal } from "./normal";
import {
  type BaselineEntry,
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
  const { origin, before } = circumstances;
  const live = liveFields(document, inputs);
  const state: Record<string, Json> = {};
  const baseline: Partial<Record<FieldName, BaselineEntry>> = {};
  const altered: FieldName[] = [];
  const kept: FieldName[] = [];
  for (const name of FIELD_NAMES) {
    if (before?.unseen.has(name) === true) {
      keepUnseen(name, inputs, before.state, { state, baseline });
      continue;
    }
    const declared = inputs[name];
    const now = live[name];
    if (isSaid(declared) && sameField(name, declared, now)) {
      state[name] = declared as Json;
      continue;
    }
    if (!isSaid(declared) && isAbsent(name, now)) continue;
    if (isSaid(declared) || now !== undefined) state[name] = now ?? null;
    baseline[name] = entryOf(name, declared, now, circumstances);
    if (circumstances.adoptedIgnoring !== undefined) continue;
    if (isSaid(declared)) altered.push(name);
    else if (before?.cleared.has(name) === true) kept.push(name);
  }
  return {
    state: { ...state, ...stamps(document), ...remembered(baseline, origin) },
    altered,
    kept,
  };
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

/** The field was changed by somebody since the last refresh: what Pulumi knew of it stands, so the next one sees it. */
function keepUnseen(
  name: FieldName,
  inputs: FlowInputs,
  old: FlowState,
  into: { state: Record<string, Json>; baseline: Partial<Record<FieldName, BaselineEntry>> },
): void {
  const declared = inputs[name];
  const entry = (old.__baseline as unknown as Record<string, BaselineEntry> | undefined)?.[name];
  const stands =
    entry !== undefined &&
    (entry[0] === ""
      ? !isSaid(declared)
      : entry[0] === fingerprint(shapeOf(name), declared) || entry[0].startsWith("!"));
  if (stands) into.baseline[name] = entry;
  const value = stands || !isSaid(declared) ? old[name] : (declared as Json);
  if (value !== undefined) into.state[name] = value;
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

function remembered(
  baseline: Record<string, unknown>,
  origin: string | undefined,
): { __baseline?: Json; __origin?: string } {
  return {
    ...(Object.keys(baseline).length > 0 && { __baseline: baseline as Json }),
    ...(origin !== undefined && { __origin: origin }),
  };
}
