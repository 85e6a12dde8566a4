import type { FlowDocument } from "../../provider/api/types";
import { explain } from "../../provider/explain";
import { found } from "../../provider/flow/read";
import type { Accounts } from "./accounts";
import { CannotTellError } from "./cannot-tell";
import { eventState, flowChanges, remember, type Remembered } from "./flow-changes";
import type { Refreshed } from "./refresh";
import type { FieldChange, FlowReport } from "./report";
import { type ProjectPlace, sourceLine } from "./source-line";
import { resourceName, type StackResource } from "./stack";

/** A flow of the stack, what is remembered of it, and what the engine found. */
export interface Examined {
  readonly resource: StackResource;
  readonly remembered: Remembered;
  readonly report: FlowReport;
  /** Integration that it belongs to on the service; absent for a standalone or missing flow. */
  readonly liveIntegrationId?: string;
}

/**
 * Tells, for every flow, how it stands.
 *
 * @throws CannotTellError where a secret could not be compared
 */
export async function examineFlows(
  flows: readonly StackResource[],
  refreshed: ReadonlyMap<string, Refreshed>,
  accounts: Accounts,
  place: ProjectPlace,
): Promise<readonly Examined[]> {
  const examined: Examined[] = [];
  for (const resource of flows) {
    const seen = refreshed.get(resource.urn);
    if (seen === undefined) throw new Error(`examineFlows: nothing is known of ${resource.urn}`);
    examined.push(await examine(resource, seen, accounts, place));
  }
  return examined;
}

async function examine(
  resource: StackResource,
  seen: Refreshed,
  accounts: Accounts,
  place: ProjectPlace,
): Promise<Examined> {
  const remembered = remember(resource);
  const missing = seen.op === "delete";
  const changes = missing ? [] : await changesOf(resource, remembered, seen, accounts);
  const source = sourceLine(resource, place);
  const live = eventState(seen.outputs ?? {})["integrationId"];
  const integrationId = textOf(live) ?? textOf(remembered.outputs["integrationId"]);
  return {
    resource,
    remembered,
    report: {
      urn: resource.urn,
      resource: resourceName(resource.urn),
      id: resource.id ?? "",
      name: nameOf(remembered),
      ...(integrationId !== undefined && { integrationId }),
      status: missing ? "missing" : changes.length > 0 ? "changed" : "in-sync",
      changes,
      ...(source !== undefined && { source }),
    },
    ...(!missing && typeof live === "string" && { liveIntegrationId: live }),
  };
}

function nameOf({ inputs, outputs }: Remembered): string {
  return textOf(outputs["name"]) ?? textOf(inputs["name"]) ?? "";
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

async function changesOf(
  resource: StackResource,
  remembered: Remembered,
  { op, outputs = {} }: Refreshed,
  accounts: Accounts,
): Promise<FieldChange[]> {
  if (op === "same") return [];
  const { secretFields, ignored } = remembered;
  const open = flowChanges(remembered, eventState(outputs), (field) => !secretFields.has(field));
  const secrets = hasComparable(secretFields)
    ? await secretChanges(resource, remembered, accounts)
    : [];
  const changes = [...open, ...secrets];
  if (changes.length === 0 && ignored.length === 0) {
    throw new CannotTellError(
      `The engine sees that flow "${resourceName(resource.urn)}" (${resource.id ?? ""}) has changed, and what changed cannot be told.\nNext: run it again; \`pulumi refresh --preview-only --diff\` shows what the engine sees.`,
    );
  }
  return changes;
}

function hasComparable(secretFields: ReadonlySet<string>): boolean {
  return [...secretFields].some((field) => !field.startsWith("__"));
}

/** Events blind secrets on both sides; whether one has moved only the flow itself can tell. */
async function secretChanges(
  { id = "", provider }: StackResource,
  remembered: Remembered,
  accounts: Accounts,
): Promise<FieldChange[]> {
  const service = accounts.of(provider);
  let document: FlowDocument;
  try {
    document = await service.client.getFlow(id);
  } catch (error) {
    const undertaking = { doing: "comparing the secrets of", name: nameOf(remembered), id };
    throw new CannotTellError(explain(error, undertaking, service.settings));
  }
  const { state } = found(document, remembered.outputs);
  return flowChanges(remembered, state, (field) => remembered.secretFields.has(field));
}
