import type { FlowDocument } from "../../provider/api/types";
import { typedFields } from "../../provider/flow/convert";
import { FLOW } from "../../provider/flow/fields";
import { isRecord } from "../../provider/flow/normal";
import type { Shape } from "../../provider/flow/shape";
import type { PlannedKind } from "./plan";

/** One id that stands in a flow. */
export interface Reference {
  /** What it names. */
  readonly kind: PlannedKind;
  /** The id. */
  readonly id: string;
}

/** What the members of a flow refer to, by their program names (`api-facts.md` 1.2 and 1.2a). */
const KINDS: Readonly<Record<string, PlannedKind>> = {
  exportId: "exports",
  keepDeltaBehindExportId: "exports",
  importId: "imports",
  scriptId: "scripts",
  connectionId: "connections",
  integrationId: "integrations",
  flowId: "flows",
  keepDeltaBehindFlowId: "flows",
  abstractFlowId: "flows",
  runNextFlowIds: "flows",
};

/** The old form of a flow names its one export and import at the top, by API name (`api-facts.md` 1.3, 6 #15). */
export const LEGACY_STEPS: Readonly<Record<string, PlannedKind>> = {
  _exportId: "exports",
  _importId: "imports",
};

/** What a member of a flow refers to; `undefined` for one that is no reference. */
export function kindOf(name: string): PlannedKind | undefined {
  return KINDS[name];
}

/** Every reference of a flow, in order, legacy steps and router branches included. Pure. */
export function referencesOf(document: FlowDocument): Reference[] {
  const legacy = Object.entries(LEGACY_STEPS).flatMap(([wire, kind]) =>
    referenceTo(kind, document[wire]),
  );
  return [...walk(FLOW, typedFields(document), ""), ...legacy];
}

/** The lookups and imports to which a flow hands its records, router branches and the old form included. Pure. */
export function stepsOf(document: FlowDocument): Reference[] {
  const { pageProcessors, routers } = typedFields(document);
  const steps = referencesIn({ pageProcessors, routers });
  return [...steps, ...referenceTo("imports", document["_importId"])].filter(
    ({ kind }) => kind === "exports" || kind === "imports",
  );
}

/** Every reference of typed fields in program names, in order. Pure. */
export function referencesIn(fields: Readonly<Record<string, unknown>>): Reference[] {
  return walk(FLOW, fields, "");
}

/** Ids under this API name, wherever they stand in a document. Pure. */
export function idsUnder(value: unknown, wire: string): string[] {
  if (Array.isArray(value)) return value.flatMap((member) => idsUnder(member, wire));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === wire && typeof member === "string" && member !== "" ? [member] : idsUnder(member, wire),
  );
}

function walk(shape: Shape, value: unknown, name: string): Reference[] {
  if (shape.kind === "text") {
    const kind = kindOf(name);
    return kind === undefined ? [] : referenceTo(kind, value);
  }
  if (shape.kind === "list")
    return Array.isArray(value) ? value.flatMap((member) => walk(shape.of, member, name)) : [];
  if (shape.kind !== "object" || !isRecord(value)) return [];
  return Object.entries(shape.fields).flatMap(([member, field]) =>
    walk(field.shape, value[member], member),
  );
}

function referenceTo(kind: PlannedKind, id: unknown): Reference[] {
  return (typeof id === "string" && id !== "") || typeof id === "number"
    ? [{ kind, id: String(id) }]
    : [];
}
