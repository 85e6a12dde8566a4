import type { FlowDocument, Json, JsonObject } from "../../provider/api/types";
import { typedFields } from "../../provider/flow/convert";
import { FLOW_FIELD_NAMES, FLOW_FIELDS } from "../../provider/flow/fields";
import { canonical, isRecord, normal } from "../../provider/flow/normal";
import type { ListShape, ObjectShape, Shape } from "../../provider/flow/shape";
import { LEGACY_STEPS } from "./references";

/**
 * What somebody decided about a flow, in program names and in the order of the table: no defaults, nothing that the service
 * adds or moves by itself, nothing that the types do not know (an update keeps it). Pure.
 */
export function decidedFields(document: FlowDocument): JsonObject {
  const typed = typedFields(document);
  const entries = FLOW_FIELD_NAMES.flatMap((name) => {
    const value = decided(FLOW_FIELDS[name].shape, typed[name], name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const legacy = Object.keys(LEGACY_STEPS).flatMap((wire) =>
    typeof document[wire] === "string" ? [[wire, document[wire]] as const] : [],
  );
  return {
    ...Object.fromEntries(entries),
    ...(legacy.length > 0 && { additionalFields: Object.fromEntries(legacy) }),
  };
}

function decided(shape: Shape, value: Json | undefined, name: string): Json | undefined {
  if (value === undefined || normal(shape, value) === undefined) return undefined;
  switch (shape.kind) {
    case "text":
      return shape.format === "id" && typeof value === "number" ? String(value) : value;
    case "flag":
      return value;
    case "free":
      return freeDocument(value, name);
    case "object":
      return isRecord(value) ? decidedMembers(shape, value) : value;
    case "list":
      return Array.isArray(value) ? decidedList(shape, value, name) : value;
  }
}

function decidedList(shape: ListShape, value: readonly Json[], name: string): Json[] {
  const members = value.map(
    (member) => decided(shape.of, member, name) ?? (isRecord(member) ? {} : member),
  );
  return shape.unordered === true ? inOrder(members) : members;
}

function decidedMembers(shape: ObjectShape, value: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [name, { wire, shape: inner }] of Object.entries(shape.fields)) {
    if (shape.volatile?.includes(wire) === true) continue;
    const member = decided(inner, value[name], name);
    if (member !== undefined) result[name] = member;
    // A branch without steps discards its records (api-facts.md 1.2a); the empty list says so to the reader.
    else if (name === "pageProcessors" && Array.isArray(value[name])) result[name] = [];
  }
  return result;
}

/** The service puts empty lists into response mappings (`api-facts.md` 6 #8); other documents stay as they are. */
function freeDocument(value: Json, name: string): Json {
  if (name !== "responseMapping" || !isRecord(value)) return sortedKeys(value);
  const filled = Object.entries(value).filter(
    ([, member]) => normal({ kind: "free" }, member) !== undefined,
  );
  return sortedKeys(Object.fromEntries(filled));
}

/** The engine hands documents on with sorted keys anyway; sorted here, the text does not depend on the answer's order. */
function sortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sortedKeys(member)]));
}

function inOrder(members: readonly Json[]): Json[] {
  const key = (member: Json): string => canonical(sortedKeys(member));
  return [...members].sort((left, right) =>
    key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0,
  );
}
