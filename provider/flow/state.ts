import type { FlowBody, FlowDocument, Json, JsonObject } from "../api/types";
import { fieldByWire, fromWire, prune, toWire, typedFields } from "./convert";
import { FLOW, FLOW_FIELDS, FLOW_FIELD_NAMES, type FlowFieldName } from "./fields";
import { clears, isRecord, normal } from "./normal";
import { FREE, FREE_OBJECT, type Shape } from "./shape";
import { unmask } from "./unmask";

/** A field as the comparison sees it: those of the table, and all of `additionalFields` together. */
export type FieldName = FlowFieldName | "additionalFields";

/** All of them, in the order of the table. */
export const FIELD_NAMES: readonly FieldName[] = [...FLOW_FIELD_NAMES, "additionalFields"];

/**
 * Resolved arguments of a flow, in program names, as the engine hands them over; values may be unknown in a preview.
 * Beside the fields it may hold the hidden inputs below.
 */
export interface FlowInputs {
  readonly [name: string]: unknown;
  /** Id of the live flow to adopt: the constructor's `import` option (design.md 2). */
  readonly __import?: unknown;
  /** Property paths under the resource's `ignoreChanges`, as the constructor saw them. */
  readonly __ignoreChanges?: unknown;
  /** Property paths under the resource's `replaceOnChanges`, as the constructor saw them. */
  readonly __replaceOnChanges?: unknown;
  /** Ids of flows with a new flow's name in its integration, which `check` found; by it the program warns in a preview. */
  readonly __twins?: unknown;
  /** Names of the fields in which the program has secrets, which reach the provider in the clear; beside `__import` only. */
  readonly __secrets?: unknown;
}

/**
 * What one field looked like after Pulumi's last write, kept only where it is not what the program says:
 *
 * - `[declared, live]`: fingerprints; the service made something else of the declared value;
 * - `["", value]`: the program says nothing of the field and the service has this value;
 * - `["!declared", live]`: fingerprints; the flow was adopted with this field under `ignoreChanges`, and the entry counts only
 *   as long as it stands there.
 */
export type BaselineEntry = readonly [string, Json];

/** {@link BaselineEntry} by field; absent in the ordinary case. Stored as a secret. */
export type Baseline = Readonly<Partial<Record<FieldName, BaselineEntry>>>;

/** Outputs of a flow as the engine stores them: the fields, and what later comparisons need. */
export interface FlowState {
  readonly [name: string]: Json | undefined;
  /** When the flow was made, as the service words it. */
  readonly createdAt?: string;
  /** When Pulumi last wrote it, as the service words it. */
  readonly lastModified?: string;
  /** The three-way comparison's memory (contract.md 5.3); a {@link Baseline}. */
  readonly __baseline?: Json;
  /** Origin of the service that holds the flow; absent for one on this machine (contract.md 5.8). */
  readonly __origin?: string;
}

/** What a field must look like. */
export function shapeOf(name: FieldName): Shape {
  return name === "additionalFields" ? FREE_OBJECT : FLOW_FIELDS[name].shape;
}

/** The baseline that a state carries; empty when it carries none. */
export function baselineOf(state: FlowState): Baseline {
  return isRecord(state.__baseline) ? state.__baseline : {};
}

/**
 * What the service has of each field, in program names. Members that nobody declared are taken off, by comparison with
 * `reference`, the declared or remembered values; of raw fields only those that `reference` names; masks say what it says.
 */
export function liveFields(
  document: FlowDocument,
  reference: Readonly<Record<string, unknown>>,
): JsonObject {
  const typed = typedFields(document);
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(typed)) {
    const shape = shapeOf(name as FieldName);
    result[name] = unmask(shape, prune(shape, value, reference[name]), reference[name]);
  }
  const declared = reference["additionalFields"];
  if (isRecord(declared)) {
    const entries = Object.keys(declared).map((key) => [key, document[key]] as const);
    const found = entries.filter(
      (entry): entry is readonly [string, Json] => entry[1] !== undefined && entry[1] !== null,
    );
    if (found.length > 0)
      result["additionalFields"] = unmask(FREE_OBJECT, Object.fromEntries(found), declared);
  }
  return result;
}

/** Fields in program names as one API body; `additionalFields` laid beside the others. */
export function toBody(fields: Readonly<Record<string, unknown>>): JsonObject {
  const body: JsonObject = {};
  for (const name of FLOW_FIELD_NAMES) {
    const value = fields[name];
    if (!clears(shapeOf(name), value)) body[FLOW_FIELDS[name].wire] = toWire(shapeOf(name), value);
  }
  const additional = fields["additionalFields"];
  if (isRecord(additional)) Object.assign(body, additional);
  return body;
}

/** API names of the fields of a body that say something: no default, nothing empty. */
export function saidNames(body: FlowBody): string[] {
  return Object.entries(body).flatMap(([wire, value]) => {
    const shape = fieldByWire(FLOW, wire)?.shape ?? FREE;
    return normal(shape, fromWire(shape, value)) === undefined ? [] : [wire];
  });
}
