import type { Json, JsonObject } from "../../provider/api/types";

/** A document as the emulator keeps it: never changed in place, always replaced. */
export type StoredDocument = JsonObject & { _id: string };

/** Whether a value is a JSON object: neither null nor a list. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The members of a list that are objects, in order; none where the value is no list. */
export function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((member) => isObject(member)) : [];
}

/** The members of a list that are strings, in order; none where the value is no list. */
export function textsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((member) => typeof member === "string") : [];
}

/** The value where it is a string, otherwise undefined. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Whether two JSON values say the same; the order of an object's keys does not count. */
export function isSameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return (
      one.length === other.length && one.every((member, index) => isSameJson(member, other[index]))
    );
  }
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => isSameJson(one[key], other[key]))
  );
}
