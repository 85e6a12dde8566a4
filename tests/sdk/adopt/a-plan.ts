import type { FlowDocument, JsonObject } from "../../../provider/api/types";
import type { ImportPlan, PlannedResource } from "../../../sdk/adopt/plan";
import { idsUnder, referencesOf } from "../../../sdk/adopt/references";
import { anAccount, FLOWS } from "../../fixtures/adopt/account";

/** What reading flows gives, made without a service. */
export function aPlan(
  flows: readonly FlowDocument[] = FLOWS,
  more: Partial<ImportPlan> = {},
): ImportPlan {
  const account = anAccount(flows);
  const used = new Set(
    flows.flatMap((flow) => referencesOf(flow).map(({ kind, id }) => `${kind} ${id}`)),
  );
  const of = (
    kind: "exports" | "imports" | "integrations" | "scripts" | "connections",
  ): PlannedResource[] =>
    (account[kind] ?? [])
      .filter(
        (one): one is JsonObject =>
          typeof one === "object" &&
          (kind === "connections" || used.has(`${kind} ${String(one["_id"])}`)),
      )
      .map(summary);
  return {
    flows,
    exports: of("exports"),
    imports: of("imports"),
    integrations: of("integrations"),
    scripts: of("scripts"),
    connections: of("connections"),
    otherFlows: [],
    missing: [],
    failed: [],
    ...more,
  };
}

function summary(document: JsonObject): PlannedResource {
  const [connectionId] = idsUnder(document, "_connectionId");
  return {
    id: String(document["_id"]),
    name: String(document["name"]),
    createdAt: String(document["createdAt"]),
    ...(typeof document["adaptorType"] === "string" && { adaptorType: document["adaptorType"] }),
    ...(connectionId !== undefined && { connectionId }),
  };
}

/** A flow of the service's, of which only the id and what is given is known. */
export function aDocument(id: string, fields: JsonObject = {}): FlowDocument {
  return { _id: id, name: `Flow ${id}`, ...fields };
}
