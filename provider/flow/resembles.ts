import type { FlowBody, FlowDocument, Json } from "../api/types";
import { sameField } from "./compare";
import { type FieldName, type FlowInputs, liveFields } from "./state";

/** What no two flows of one name share by chance, and what the service takes as it is sent. */
const TELLING: readonly FieldName[] = [
  "description",
  "disabled",
  "schedule",
  "timezone",
  "runNextFlowIds",
];

/**
 * Whether a flow has the content that was sent: its telling fields, and the same exports and imports in the same order. Not
 * every detail, since the service leaves some out or adds to them (`api-facts.md` 6, rows 8 and 16). Pure.
 */
export function resembles(
  flow: FlowDocument,
  { inputs, body }: { inputs: FlowInputs; body: FlowBody },
): boolean {
  const live = liveFields(flow, inputs);
  const isSame = TELLING.every((name) => {
    const declared = inputs[name];
    return declared === undefined || declared === null || sameField(name, declared, live[name]);
  });
  return isSame && stepIds(flow).join() === stepIds(body).join();
}

function stepIds(flow: FlowBody): string[] {
  return [flow["pageGenerators"], flow["pageProcessors"], flow["routers"]].flatMap(idsIn);
}

function idsIn(value: Json | undefined): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]: [string, Json]) =>
    (key === "_exportId" || key === "_importId") && typeof member === "string"
      ? [`${key}=${member}`]
      : idsIn(member),
  );
}
