import { createHash } from "node:crypto";

import type { Json } from "../api/types";
import { canonicalCron } from "./cron";
import type { ListShape, ObjectShape, Shape } from "./shape";

/**
 * The normal form of a value in program names: what two values have in common when they mean the same to the service
 * (contract.md 5.3). `undefined` means absent; `null`, an empty list, an empty object and the field's default are absent
 * too. Keys are sorted, unordered lists as well, both cron forms become one, so do all forms of a moment, ids are texts.
 *
 * Pure. Unknown members of known objects are kept: {@link prune} takes them off where nobody declared them.
 */
export function normal(shape: Shape, value: unknown): Json | undefined {
  if (value === null || value === undefined) return undefined;
  switch (shape.kind) {
    case "text":
      return normalText(shape.format, shape.absent, value);
    case "flag":
      return value === (shape.absent ?? null) ? undefined : (value as Json);
    case "free":
      return normalFree(value);
    case "object":
      return isRecord(value) ? normalObject(shape, value) : (value as Json);
    case "list":
      return Array.isArray(value) ? normalList(shape, value) : (value as Json);
  }
}

function normalList(shape: ListShape, value: readonly unknown[]): Json | undefined {
  const members = value.map((member) => normal(shape.of, member) ?? null);
  if (members.length === 0) return undefined;
  return shape.unordered === true ? sortMembers(members) : members;
}

/** Whether two values mean the same. */
export function equal(shape: Shape, left: unknown, right: unknown): boolean {
  return canonical(normal(shape, left)) === canonical(normal(shape, right));
}

/** JSON with one text per value; `undefined` gives an empty text. Expects a normal form, whose keys are sorted. */
export function canonical(value: Json | undefined): string {
  return value === undefined ? "" : JSON.stringify(value);
}

/** A short fingerprint of a normal form: 12 hex digits. */
export function fingerprint(shape: Shape, value: unknown): string {
  return createHash("sha256")
    .update(canonical(normal(shape, value)))
    .digest("hex")
    .slice(0, 12);
}

function normalText(
  format: string | undefined,
  absent: string | undefined,
  value: unknown,
): Json | undefined {
  if (format === "id" && typeof value === "number") return String(value);
  if (typeof value !== "string") return value as Json;
  const text = canonicalText(format, value);
  // An empty text clears a field in the web application; nothing tells it from absence.
  return text === "" || text === absent ? undefined : text;
}

function canonicalText(format: string | undefined, text: string): string {
  if (format === "cron") return canonicalCron(text);
  // One text per moment; one without a zone means another moment on each machine, and stays.
  const moment = format === "date" && /^\d{4}-\d{2}-\d{2}(T.*(Z|[+-]\d{2}:?\d{2}))?$/.test(text);
  return moment && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : text;
}

function normalObject(shape: ObjectShape, value: Record<string, unknown>): Json | undefined {
  const entries: [string, Json][] = [];
  for (const key of Object.keys(value).sort()) {
    const field = shape.fields[key];
    if (shape.volatile?.includes(field?.wire ?? key) === true) continue;
    const member = field === undefined ? normalFree(value[key]) : normal(field.shape, value[key]);
    if (member !== undefined) entries.push([key, member]);
  }
  if (entries.length === 0) return undefined;
  const result = Object.fromEntries(entries);
  return shape.absent !== undefined && canonical(result) === canonical(shape.absent)
    ? undefined
    : result;
}

function normalFree(value: unknown): Json | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) {
    // Positions carry meaning in free lists (filter rules do), so members stay even when they are empty.
    return value.length === 0 ? undefined : value.map((member) => normalFree(member) ?? null);
  }
  if (!isRecord(value)) return value as Json;
  const entries = Object.keys(value)
    .sort()
    .map((key) => [key, normalFree(value[key])] as const)
    .filter((entry): entry is readonly [string, Json] => entry[1] !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function sortMembers(members: Json[]): Json[] {
  return [...members].sort((left, right) => {
    const [a, b] = [canonical(left), canonical(right)];
    return a < b ? -1 : a > b ? 1 : 0;
  });
}

/** Whether a declared value clears its field: no value, or an empty text where a text of a certain form belongs. */
export function clears(shape: Shape, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return value === "" && shape.kind === "text" && shape.format !== undefined;
}

/** Whether a value is an object, not a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
