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
          (kind === "connections" || used.has(`${kind} ${textOf(one["_id"])}`)),
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
    id: textOf(document["_id"]),
    name: textOf(document["name"]),
    createdAt: textOf(document["createdAt"]),
    ...(typeof document["adaptorType"] === "string" && { adaptorType: document["adaptorType"] }),
    ...(connectionId !== undefined && { connectionId }),
  };
}

/** A text of a document; anything else is empty. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A flow of the service's, of which only the id and what is given is known. */
export function aDocument(id: string, fields: JsonObject = {}): FlowDocument {
  return { _id: id, name: `Flow ${id}`, ...fields };
}
