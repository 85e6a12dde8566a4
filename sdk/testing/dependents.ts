import type { JsonObject } from "../../provider/api/types";
import type { Account } from "./account";
import { textOf } from "./json";
import { referencesIn } from "./references";
import { KINDS } from "./store";
import type { Kind } from "./store";

/** A document that names another one. */
export interface Dependent {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  /** Where it names it, e.g. `_runNextFlowIds[0]`. */
  readonly paths: readonly string[];
}

/** The documents that name this one, other than itself: chains, aliases, steps, integrations. */
export function dependentsOf(account: Account, id: string): Dependent[] {
  const found: Dependent[] = [];
  for (const kind of KINDS) {
    for (const document of account.store.all(kind)) {
      if (document._id === id) continue;
      const paths = referencesIn(document)
        .filter((reference) => reference.id === id)
        .map(({ path }) => path);
      if (paths.length > 0)
        found.push({ kind, id: document._id, name: textOf(document["name"]) ?? "", paths });
    }
  }
  return found;
}

/** How dependents are shown (`api-facts.md` 1.11). */
export interface DependentsShape {
  readonly dependencyIdKey: "id" | "_id";
  readonly dependenciesShape: "keyed" | "list";
}

/** Dependents as the service answers them: keyed by plural type, or in one list. */
export function dependentsDocument(
  dependents: readonly Dependent[],
  shape: DependentsShape,
): JsonObject {
  const entryOf = ({ id, name, paths }: Dependent): JsonObject => ({
    [shape.dependencyIdKey]: id,
    name,
    paths: [...paths],
    accessLevel: "owner",
  });
  if (shape.dependenciesShape === "list") {
    return {
      dependencies: dependents.map((dependent) => ({
        resourceType: dependent.kind,
        ...entryOf(dependent),
      })),
    };
  }
  const keyed: Record<string, JsonObject[]> = {};
  for (const dependent of dependents) (keyed[dependent.kind] ??= []).push(entryOf(dependent));
  return keyed;
}
