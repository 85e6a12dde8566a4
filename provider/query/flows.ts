import { isApiError } from "../api/errors";
import type { FlowDocument, Json, JsonObject } from "../api/types";
import { typedFields } from "../flow/convert";
import { FLOW_FIELDS, READ_ONLY } from "../flow/fields";
import { isRecord } from "../flow/normal";
import type { Field } from "../flow/shape";
import type { Service } from "../service";

/** Which flows are meant; what is left out does not matter. */
export interface FlowFilter {
  /** Id of their integration. */
  readonly integrationId?: string | undefined;
  /** Whether they are off. */
  readonly disabled?: boolean | undefined;
  /** Their exact display name. */
  readonly name?: string | undefined;
}

const WIRE_NAMES: ReadonlySet<string> = new Set(
  Object.values<Field>(FLOW_FIELDS).map(({ wire }) => wire),
);

/**
 * A whole flow in program names: typed fields, stamps, ids of the steps, and under `additionalFields` whatever else can be
 * written. Pure.
 */
export function flowOf(document: FlowDocument): JsonObject {
  const typed = typedFields(document);
  const stamps = ["createdAt", "lastModified", "lastExecutedAt"].flatMap((key) => {
    const value = document[key];
    return typeof value === "string" ? [[key, value] as const] : [];
  });
  const others = Object.entries(document).filter(
    ([key, value]) => !WIRE_NAMES.has(key) && !READ_ONLY.has(key) && value !== null,
  );
  return {
    id: document._id,
    flowId: document._id,
    name: "",
    disabled: false,
    ...typed,
    exportIds: idsIn(typed, "exportId"),
    importIds: idsIn(typed, "importId"),
    ...Object.fromEntries(stamps),
    additionalFields: Object.fromEntries(others),
  };
}

/**
 * Flows by filter, all pages. The filter is applied here too: sources differ on which parameters the list takes and on
 * what they match (`api-facts.md` 1.5).
 *
 * @throws ApiError
 */
export async function listFlows(service: Service, filter: FlowFilter): Promise<FlowDocument[]> {
  const documents = (await listedFor(service, filter)) as FlowDocument[];
  const { integrationId, disabled, name } = filter;
  return documents.filter(
    (flow) =>
      (integrationId === undefined || flow["_integrationId"] === integrationId) &&
      (disabled === undefined || (flow["disabled"] === true) === disabled) &&
      (name === undefined || flow["name"] === name),
  );
}

async function listedFor({ client }: Service, filter: FlowFilter): Promise<JsonObject[]> {
  const query = {
    _integrationId: filter.integrationId,
    // Not `disabled=false`: a flow that lacks the field could fall through.
    disabled: filter.disabled === true ? true : undefined,
  };
  try {
    return await client.list("/flows", query);
  } catch (error) {
    const asked = Object.values(query).some((value) => value !== undefined);
    if (!asked || !isApiError(error, "invalid")) throw error;
    return client.list("/flows");
  }
}

/** Ids that the steps name, in order, without repeats, router branches included. */
function idsIn(fields: JsonObject, key: "exportId" | "importId"): Json[] {
  const branches = membersOf(fields["routers"]).flatMap((router) => membersOf(router["branches"]));
  const steps = [
    ...membersOf(fields["pageGenerators"]),
    ...membersOf(fields["pageProcessors"]),
    ...branches.flatMap((branch) => membersOf(branch["pageProcessors"])),
  ];
  const ids = steps.map((step) => step[key]);
  return [...new Set(ids.filter((id): id is string => typeof id === "string"))];
}

function membersOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
