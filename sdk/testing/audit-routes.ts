import type { JsonObject } from "../../provider/api/types";
import { isObject, textOf } from "./json";
import { PAGING, pageAnswer } from "./list";
import { exportIdsOf, importIdsOf } from "./references";
import { wanted } from "./route";
import type { Answer, Call, Route } from "./route";
import { KINDS } from "./store";
import type { Kind } from "./store";

const FILTERS = ["from", "to", "action", "source", "_byUserId"];

function isWanted(query: URLSearchParams): (entry: JsonObject) => boolean {
  const [from, to] = [query.get("from"), query.get("to")];
  const pairs = [
    ["action", "event"],
    ["source", "source"],
  ] as const;
  return (entry) => {
    const time = Date.parse(textOf(entry["time"]) ?? "");
    const user = entry["byUser"];
    return (
      (from === null || time >= Date.parse(from)) &&
      (to === null || time <= Date.parse(to)) &&
      pairs.every(([name, field]) => !query.has(name) || entry[field] === query.get(name)) &&
      (!query.has("_byUserId") || (isObject(user) && user["_id"] === query.get("_byUserId")))
    );
  };
}

function audit(call: Call, kind: Kind): Answer {
  const { auditShape } = call.world.settings;
  const document = wanted(call, kind);
  const steps = kind === "flows" ? [...exportIdsOf(document), ...importIdsOf(document)] : [];
  const entries = call.account.audit
    .of(new Set([document._id, ...steps]))
    .filter(isWanted(call.query));
  return pageAnswer(call, entries, (page) =>
    auditShape === "array" ? page : { [auditShape]: page },
  );
}

/** Audit logs, newest entry first; a flow's includes its exports and imports (`api-facts.md` 1.10). */
export const AUDIT_ROUTES: readonly Route[] = KINDS.map((kind) => ({
  method: "GET",
  path: `/${kind}/:id/audit`,
  query: [...FILTERS, ...PAGING],
  handle: (call) => audit(call, kind),
}));
