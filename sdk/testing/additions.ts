import { randomBytes } from "node:crypto";
import type { Json, JsonObject } from "../../provider/api/types";
import { isObject, objectsIn } from "./json";
import type { StoredDocument } from "./json";
import type { EmulatorSettings } from "./options";
import { newId } from "./store";

function withMapping(step: JsonObject): JsonObject {
  const given = step["responseMapping"];
  return { ...step, responseMapping: { fields: [], lists: [], ...(isObject(given) ? given : {}) } };
}

function withSteps(owner: JsonObject): JsonObject {
  if (!Array.isArray(owner["pageProcessors"])) return owner;
  return {
    ...owner,
    pageProcessors: objectsIn(owner["pageProcessors"]).map((step) => withMapping(step)),
  };
}

function withGenerators(flow: JsonObject, old: JsonObject | undefined, now: number): JsonObject {
  if (!Array.isArray(flow["pageGenerators"])) return flow;
  const known = new Map(
    objectsIn(old?.["pageGenerators"]).map((member) => [member["_exportId"], member["_id"]]),
  );
  const pageGenerators = objectsIn(flow["pageGenerators"]).map((member) => ({
    _id: known.get(member["_exportId"]) ?? newId(now),
    skipRetries: false,
    ...member,
  }));
  return { ...flow, pageGenerators };
}

function branchKey(router: JsonObject, branch: JsonObject): string {
  return JSON.stringify([router["id"] ?? null, branch["name"] ?? null]);
}

function knownBranchIds(flow: JsonObject | undefined): Map<string, Json | undefined> {
  const routers = objectsIn(flow?.["routers"]);
  return new Map(
    routers.flatMap((router) =>
      objectsIn(router["branches"]).map(
        (branch) => [branchKey(router, branch), branch["branchId"]] as const,
      ),
    ),
  );
}

function withRouters(flow: JsonObject, old: JsonObject | undefined): JsonObject {
  if (!Array.isArray(flow["routers"])) return flow;
  const known = knownBranchIds(old);
  const routers = objectsIn(flow["routers"]).map((router) => ({
    ...router,
    branches: objectsIn(router["branches"]).map((branch) => ({
      branchId: known.get(branchKey(router, branch)) ?? randomBytes(6).toString("base64url"),
      ...withSteps(branch),
    })),
  }));
  return { ...flow, routers };
}

/** A written flow with what the service itself puts in (`api-facts.md` 6, row 8). */
export function withAdditions(
  flow: StoredDocument,
  old: StoredDocument | undefined,
  settings: EmulatorSettings,
): StoredDocument {
  if (!settings.serverAdds) return flow;
  const defaults: JsonObject = {
    ...structuredClone(settings.alsoAdds),
    logging: { mode: "accountLevel" },
  };
  if (settings.disabledDefault !== "absent") defaults["disabled"] = settings.disabledDefault;
  const members = withRouters(withSteps(withGenerators(flow, old, settings.now())), old);
  return { ...defaults, ...members, _id: flow._id };
}
