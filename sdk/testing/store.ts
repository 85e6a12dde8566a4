import { randomBytes } from "node:crypto";
import type { StoredDocument } from "./json";

/** The resource types that the emulator holds, by the plural that stands in paths. */
export const KINDS = [
  "flows",
  "exports",
  "imports",
  "connections",
  "integrations",
  "scripts",
] as const;

/** A resource type, by the plural that stands in paths. */
export type Kind = (typeof KINDS)[number];

/** Singular of a resource type, as audit entries and messages have it. */
export function singular(kind: Kind): string {
  return kind.slice(0, -1);
}

/** A fresh id: 24 hex digits, the first eight the seconds since 1970. */
export function newId(now: number): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, "0")
    .slice(-8);
  return seconds + randomBytes(8).toString("hex");
}

/** A document together with its type. */
export interface Found {
  readonly kind: Kind;
  readonly document: StoredDocument;
}

/** Documents in memory, in the order they were made, with a recycle bin. Documents are replaced, never changed. */
export class Store {
  readonly #live = new Map<Kind, Map<string, StoredDocument>>(
    KINDS.map((kind) => [kind, new Map()]),
  );
  readonly #bin = new Map<string, Found>();

  #of(kind: Kind): Map<string, StoredDocument> {
    const documents = this.#live.get(kind);
    if (!documents) throw new Error(`Store: no such type: ${kind}`);
    return documents;
  }

  /** Every document of a type, oldest first. */
  all(kind: Kind): StoredDocument[] {
    return [...this.#of(kind).values()];
  }

  /** One document; undefined where there is none, or a deleted one. */
  get(kind: Kind, id: string): StoredDocument | undefined {
    return this.#of(kind).get(id);
  }

  /** One document, whatever its type. */
  find(id: string): Found | undefined {
    for (const kind of KINDS) {
      const document = this.get(kind, id);
      if (document) return { kind, document };
    }
    return undefined;
  }

  /** Adds a document, or replaces the one with its id. */
  put(kind: Kind, document: StoredDocument): void {
    this.#of(kind).set(document._id, document);
  }

  /** Moves a document to the recycle bin. */
  discard(kind: Kind, id: string): void {
    const document = this.get(kind, id);
    if (!document) return;
    this.#of(kind).delete(id);
    this.#bin.set(id, { kind, document });
  }

  /** Takes a document out of the recycle bin: undefined where it is not there. */
  restore(id: string): Found | undefined {
    const found = this.#bin.get(id);
    if (!found) return undefined;
    this.#bin.delete(id);
    this.put(found.kind, found.document);
    return found;
  }
}
