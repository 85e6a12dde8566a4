import type { JsonObject } from "../../provider/api/types";
import { dependentsDocument, dependentsOf } from "./dependents";
import { exportIdsOf, importIdsOf } from "./references";
import { shown, wanted } from "./route";
import type { Answer, Call, Route } from "./route";
import { KINDS } from "./store";
import type { Kind } from "./store";

function dependencies(call: Call, kind: Kind): Answer {
  const { settings } = call.world;
  const dependents = dependentsOf(call.account, wanted(call, kind)._id);
  if (dependents.length === 0 && settings.emptyDependencies === 204) return { status: 204 };
  return { status: 200, body: dependentsDocument(dependents, settings) };
}

function descendants(call: Call): Answer {
  const flow = wanted(call, "flows");
  const { descendantsBranches } = call.world.settings;
  const { store } = call.account;
  const body: JsonObject = {};
  const ids = {
    exports: exportIdsOf(flow, descendantsBranches),
    imports: importIdsOf(flow, descendantsBranches),
  };
  for (const kind of ["exports", "imports"] as const) {
    const documents = ids[kind].flatMap((id) => store.get(kind, id) ?? []);
    // No key at all where there is nothing (`api-facts.md` 1.12).
    if (documents.length > 0) body[kind] = documents.map((document) => shown(call, document));
  }
  return { status: 200, body };
}

/** What depends on a document, and what a flow is made of (`api-facts.md` 1.11, 1.12). */
export const RELATION_ROUTES: readonly Route[] = [
  ...KINDS.map((kind): Route => ({
    method: "GET",
    path: `/${kind}/:id/dependencies`,
    handle: (call) => dependencies(call, kind),
  })),
  { method: "GET", path: "/flows/:id/descendants", handle: descendants },
];
