import type { FlowDocument, Json, JsonObject } from "../api/types";
import { FLOW_FIELDS, FLOW_FIELD_NAMES } from "./fields";
import { clears, isRecord } from "./normal";
import type { Field, ListShape, ObjectShape, Shape } from "./shape";

/**
 * A value in program names as the API wants it: references renamed where the table has them, everything else kept
 * (contract.md 3). Pure.
 */
export function toWire(shape: Shape, value: unknown): Json {
  if (shape.kind === "list" && Array.isArray(value))
    return value.map((member) => toWire(shape.of, member));
  if (shape.kind !== "object" || !isRecord(value)) return value as Json;
  const result: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    const field = shape.fields[name];
    if (field === undefined) {
      if (member !== undefined) result[name] = member as Json;
    } else if (!clears(field.shape, member)) {
      result[field.wire] = toWire(field.shape, member);
    }
  }
  return result;
}

/** The opposite of {@link toWire}: a value of the API in program names. Unknown members stay as they are. Pure. */
export function fromWire(shape: Shape, value: unknown): Json {
  if (shape.kind === "list" && Array.isArray(value))
    return value.map((member) => fromWire(shape.of, member));
  if (shape.kind !== "object" || !isRecord(value)) return value as Json;
  const names = byWire(shape);
  return Object.fromEntries(
    Object.entries(value).map(([wire, member]) => {
      const known = names.get(wire);
      return known === undefined
        ? [wire, member as Json]
        : [known.name, fromWire(known.field.shape, member)];
    }),
  );
}

/** The member of an object that has this API name. */
export function fieldByWire(shape: ObjectShape, wire: string): Field | undefined {
  return byWire(shape).get(wire)?.field;
}

/**
 * What a flow document says in program names, typed fields only; fields that are absent or null are left out. Unknown
 * members inside generators, processors, routers and branches are kept; see {@link prune}.
 */
export function typedFields(document: FlowDocument): JsonObject {
  const result: JsonObject = {};
  for (const name of FLOW_FIELD_NAMES) {
    const { wire, shape } = FLOW_FIELDS[name];
    const value = document[wire];
    if (value !== undefined && value !== null) result[name] = fromWire(shape, value);
  }
  return result;
}

/**
 * Takes off what nobody declared: members of known objects that the table does not know and that `reference`, the declared
 * or remembered value, does not have either. Such members are the service's own (`_id`, `branchId`, …). Pure.
 */
export function prune(shape: Shape, value: Json, reference: unknown): Json {
  if (shape.kind === "list" && Array.isArray(value)) {
    const references = indexMembers(shape, Array.isArray(reference) ? reference : [], "program");
    const keys = memberKeys(shape, value, "program");
    return value.map((member, index) => prune(shape.of, member, references.get(keys[index] ?? "")));
  }
  if (shape.kind !== "object" || !isRecord(value)) return value;
  const known = isRecord(reference) ? reference : {};
  const entries = Object.entries(value).filter(([name]) => name in shape.fields || name in known);
  return Object.fromEntries(
    entries.map(([name, member]) => {
      const field = shape.fields[name];
      return [name, field === undefined ? member : prune(field.shape, member, known[name])];
    }),
  );
}

/**
 * One key per member, telling members apart by what the table says (`exportId`, `importId`, router `id`, …); a key that
 * occurs again gets its number, so that two steps with the same import stay two.
 */
export function memberKeys(
  shape: ListShape,
  members: readonly unknown[],
  side: "program" | "wire",
): string[] {
  const seen = new Map<string, number>();
  return members.map((member) => {
    const base = JSON.stringify(keyValues(shape, member, side));
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return `${base}#${String(count)}`;
  });
}

/** Members by {@link memberKeys}. */
export function indexMembers<T>(
  shape: ListShape,
  members: readonly T[],
  side: "program" | "wire",
): Map<string, T> {
  const keys = memberKeys(shape, members, side);
  return new Map(members.map((member, index) => [keys[index] ?? "", member]));
}

function keyValues(shape: ListShape, member: unknown, side: "program" | "wire"): unknown {
  if (shape.key === undefined || shape.of.kind !== "object" || !isRecord(member)) return member;
  const { fields } = shape.of;
  return shape.key.map((name) => {
    const value = member[side === "wire" ? (fields[name]?.wire ?? name) : name];
    return typeof value === "number" ? String(value) : (value ?? null);
  });
}

const wireNames = new WeakMap<ObjectShape, Map<string, { name: string; field: Field }>>();

function byWire(shape: ObjectShape): Map<string, { name: string; field: Field }> {
  let names = wireNames.get(shape);
  if (names === undefined) {
    names = new Map(
      Object.entries(shape.fields).map(([name, field]) => [field.wire, { name, field }]),
    );
    wireNames.set(shape, names);
  }
  return names;
}
