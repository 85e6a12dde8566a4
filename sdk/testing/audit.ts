import type { Json, JsonObject } from "../../provider/api/types";
import { isSameJson } from "./json";
import type { StoredDocument } from "./json";
import { newId, singular } from "./store";
import type { Kind } from "./store";
import { asUser } from "./tokens";
import type { Person } from "./tokens";

/** Where a change came from, as audit entries say it (`api-facts.md` 1.10). */
export type AuditSource = "ui" | "api" | "connector" | "script" | "stack" | "system" | "sso";

/** Who changes something, and through what. */
export interface Author {
  readonly by: Person;
  readonly source: AuditSource;
}

/** A change of one document: `before` is absent for a creation, `after` for a deletion. */
export interface Change {
  readonly kind: Kind;
  readonly before?: StoredDocument;
  readonly after?: StoredDocument;
}

const STAMPS = new Set(["_id", "createdAt", "lastModified", "lastExecutedAt"]);

function fieldChanges({ before, after }: Change): JsonObject[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const changed = [...fields].filter(
    (field) => !STAMPS.has(field) && !isSameJson(before?.[field], after?.[field]),
  );
  return changed.map((field) => {
    const entry: JsonObject = { fieldPath: field };
    const [oldValue, newValue] = [before?.[field], after?.[field]];
    if (oldValue !== undefined) entry["oldValue"] = oldValue;
    if (newValue !== undefined) entry["newValue"] = newValue;
    return entry;
  });
}

function eventOf({ before, after }: Change): string {
  if (!before) return "create";
  return after ? "update" : "delete";
}

/** The audit log of an account, oldest first. */
export class AuditTrail {
  readonly #entries: JsonObject[] = [];

  /** Adds the entry of a change. */
  record(change: Change, author: Author, now: number): void {
    this.#entries.push({
      _id: newId(now),
      resourceType: singular(change.kind),
      _resourceId: (change.after ?? change.before)?._id ?? null,
      source: author.source,
      event: eventOf(change),
      time: new Date(now).toISOString(),
      byUser: asUser(author.by),
      fieldChanges: fieldChanges(change),
    });
  }

  /** The entries of the given documents, newest first. */
  of(ids: ReadonlySet<Json>): JsonObject[] {
    return this.#entries.filter((entry) => ids.has(entry["_resourceId"] ?? null)).reverse();
  }
}
