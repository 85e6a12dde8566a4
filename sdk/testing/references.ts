import type { Json, JsonObject } from "../../provider/api/types";
import { isObject, objectsIn, textOf } from "./json";
import type { StoredDocument } from "./json";

/** A place in a document that names another one. */
export interface Reference {
  /** Where it stands, e.g. `pageGenerators[0]._exportId`. */
  readonly path: string;
  /** The id it names. */
  readonly id: string;
}

function collect(value: Json, path: string, isId: boolean, found: Reference[]): void {
  if (typeof value === "string") {
    if (isId) found.push({ path, id: value });
  } else if (Array.isArray(value)) {
    value.forEach((member, index) => {
      collect(member, `${path}[${String(index)}]`, isId, found);
    });
  } else if (isObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      // `settings` is the user's own, whatever its keys look like.
      if (path === "" && key === "settings") continue;
      collect(member, path === "" ? key : `${path}.${key}`, /^_.+Ids?$/.test(key), found);
    }
  }
}

const cache = new WeakMap<StoredDocument, readonly Reference[]>();

/** Every place in a document that names another one: keys such as `_exportId`, `_runNextFlowIds`, `aliases[0]._flowId`. */
export function referencesIn(document: StoredDocument): readonly Reference[] {
  const known = cache.get(document);
  if (known) return known;
  const found: Reference[] = [];
  collect(document, "", false, found);
  cache.set(document, found);
  return found;
}

/** The page processors of a flow: linear ones, then those of router branches. */
export function stepsOf(flow: JsonObject, withBranches = true): JsonObject[] {
  const branches = withBranches
    ? objectsIn(flow["routers"]).flatMap((router) => objectsIn(router["branches"]))
    : [];
  return [flow, ...branches].flatMap((owner) => objectsIn(owner["pageProcessors"]));
}

function unique(ids: readonly (string | undefined)[]): string[] {
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** The exports that a flow's generators and lookups name, in order, without repeats. */
export function exportIdsOf(flow: JsonObject, withBranches = true): string[] {
  const members = [...objectsIn(flow["pageGenerators"]), ...stepsOf(flow, withBranches)];
  return unique(members.map((member) => textOf(member["_exportId"])));
}

/** The imports that a flow's processors name, in order, without repeats. */
export function importIdsOf(flow: JsonObject, withBranches = true): string[] {
  return unique(stepsOf(flow, withBranches).map((step) => textOf(step["_importId"])));
}
