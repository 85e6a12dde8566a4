import type { Json, JsonObject } from "../../provider/api/types";
import { isObject } from "./json";
import { KINDS, newId, singular } from "./store";
import type { Kind, Store } from "./store";

/**
 * Documents to put into the emulator as they are, by plural type. A bare string stands for a document with that id.
 * What is left out is made: `_id`, `name`, `createdAt`, `lastModified`.
 */
export type Seed = Readonly<Partial<Record<Kind, readonly (JsonObject | string)[]>>>;

/**
 * What a parsed file says, as a seed.
 * @throws Error that names the first place that is wrong.
 */
export function seedFrom(value: Json): Seed {
  if (!isObject(value)) throw new Error("seed: not a JSON object");
  for (const [kind, documents] of Object.entries(value)) {
    if (!KINDS.some((known) => known === kind)) {
      throw new Error(`seed: unknown type "${kind}" (known: ${KINDS.join(", ")})`);
    }
    if (!Array.isArray(documents)) throw new Error(`seed: ${kind} is not a list`);
    documents.forEach((document, index) => {
      checkDocument(document, `${kind}[${String(index)}]`);
    });
  }
  return value;
}

function checkDocument(document: Json, place: string): void {
  if (typeof document === "string") return;
  if (!isObject(document)) throw new Error(`seed: ${place} is neither an object nor an id`);
  const id = document["_id"];
  if (id !== undefined && (typeof id !== "string" || id === ""))
    throw new Error(`seed: ${place}._id is not a string`);
}

/**
 * Puts the documents of a seed into a store; one whose id is there already is replaced.
 * @throws Error that names the place of an id that the seed has twice.
 */
export function plant(store: Store, seed: Seed, now: number): void {
  for (const kind of KINDS) {
    const seen = new Set<string>();
    for (const [index, given] of (seed[kind] ?? []).entries()) {
      const document = typeof given === "string" ? { _id: given } : structuredClone(given);
      const id = typeof document["_id"] === "string" ? document["_id"] : newId(now);
      if (seen.has(id)) throw new Error(`seed: ${kind}[${String(index)}] repeats the id ${id}`);
      seen.add(id);
      const stamp = new Date(now).toISOString();
      const made = { name: `${singular(kind)} ${id}`, createdAt: stamp, lastModified: stamp };
      store.put(kind, { ...made, ...document, _id: id });
    }
  }
}
