import type { Json, JsonObject } from "../../provider/api/types";
import { isObject } from "./json";
import type { StoredDocument } from "./json";
import { withKeptSecrets } from "./masks";
import { refuse } from "./refusal";
import { invalid, objectBody } from "./route";
import type { Call } from "./route";
import { newId } from "./store";
import type { Kind } from "./store";

const READ_ONLY = [
  "_id",
  "createdAt",
  "lastModified",
  "lastModifiedBy",
  "deletedAt",
  "_templateId",
  "_sourceId",
];

const READ_ONLY_OF_FLOWS = [
  ...["lastExecutedAt", "resolvedAt", "free", "_exportId", "_importId", "numInstances"],
  ...["externalId", "wizardState", "setupInProgress"],
];

/** Fields of a type that only the service sets (`api-facts.md` 1.3, 2.2). */
function readOnlyFields(kind: Kind): ReadonlySet<string> {
  return new Set(kind === "flows" ? [...READ_ONLY, ...READ_ONLY_OF_FLOWS] : READ_ONLY);
}

function findMasks(value: Json, path: string, found: string[]): string[] {
  if (typeof value === "string" && /^\*{6,}$/.test(value)) found.push(path);
  if (typeof value !== "object" || value === null) return found;
  for (const [key, member] of Object.entries(value)) {
    const place = Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    findMasks(member, place, found);
  }
  return found;
}

/** The paths of masks in a body; undefined where there are none. */
export function masksIn(body: Json | undefined): string[] | undefined {
  const found = body === undefined ? [] : findMasks(body, "", []);
  return found.length === 0 ? undefined : found;
}

function withoutNulls(document: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(document).filter(([, value]) => value !== null));
}

function pick(document: JsonObject, isWanted: (field: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(document).filter(([field]) => isWanted(field)));
}

/** The body without read-only fields, which are noted in the log or refused. */
function settableBody(call: Call, kind: Kind): JsonObject {
  const body = objectBody(call, kind);
  const readOnly = readOnlyFields(kind);
  const sent = Object.keys(body).filter((field) => readOnly.has(field));
  if (sent.length > 0) {
    call.entry.readOnlySent = sent;
    if (call.world.settings.readOnlySent === "refused")
      invalid(call, sent.join(","), `Read-only: ${sent.join(", ")}`);
  }
  return pick(body, (field) => !readOnly.has(field));
}

/** The document that a write leads to, under the meaning that PUT has; nothing is stored yet. */
export function writtenDocument(call: Call, kind: Kind, old?: StoredDocument): StoredDocument {
  const { settings } = call.world;
  const body = settableBody(call, kind);
  const readOnly = readOnlyFields(kind);
  const kept = old && (settings.put === "merge" ? old : pick(old, (field) => readOnly.has(field)));
  const next = withoutNulls({ ...kept, ...body });
  if (typeof next["name"] !== "string" || next["name"] === "") {
    refuse(settings.validationStatus, "missing_required_field", "name is required", "name");
  }
  return { ...withKeptSecrets(next, old, settings), _id: old?._id ?? newId(call.now) };
}

/** Refuses a field whose type is wrong. Absent fields and null pass. */
export function checkTypes(
  call: Call,
  document: JsonObject,
  types: Readonly<Record<string, string>>,
  at = "",
): void {
  for (const [field, type] of Object.entries(types)) {
    const value = document[field];
    if (value === undefined || value === null) continue;
    const actual = Array.isArray(value) ? "list" : typeof value;
    if (actual !== type)
      invalid(call, at + field, `${at}${field} has to be a ${type}, not a ${actual}`);
    if (
      type === "list" &&
      !field.endsWith("Ids") &&
      !(value as Json[]).every((member) => isObject(member))
    ) {
      invalid(call, at + field, `${at}${field} has to be a list of objects`);
    }
  }
}
