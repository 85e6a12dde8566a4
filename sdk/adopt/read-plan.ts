import { isApiError } from "../../provider/api/errors";
import type { FlowDocument, JsonObject } from "../../provider/api/types";
import { explain } from "../../provider/explain";
import { isRecord } from "../../provider/flow/normal";
import type { Service } from "../../provider/service";
import { inParallel } from "./parallel";
import type {
  ImportFailure,
  ImportPlan,
  MissingReference,
  PlannedKind,
  PlannedResource,
  ReadFlowsForImportArgs,
} from "./plan";
import { idsUnder, referencesOf } from "./references";
import { ResourceNames } from "./resource-names";
import { selectFlows } from "./select-flows";

/** Told after each flow, for a line of progress. */
export type OnProgress = (done: number, total: number) => void;

/**
 * Reads flows with everything that they use, several at once and within the pace of the service. One flow that fails does not
 * stop the others.
 *
 * @throws ApiError when a list cannot be read, or the token is refused
 */
export async function readPlan(
  service: Service,
  args: ReadFlowsForImportArgs,
  onProgress: OnProgress = () => undefined,
): Promise<ImportPlan> {
  const selection = await selectFlows(service, args);
  const failed = [...selection.failed];
  const names = new ResourceNames(service);
  const flows: FlowDocument[] = [];
  let done = 0;
  await inParallel(selection.flows, async (flow) => {
    const failure = await readDescendants(service, flow, names);
    if (failure === undefined) flows.push(flow);
    else failed.push(failure);
    onProgress(++done, selection.flows.length);
  });
  for (const flow of selection.flows) names.know("flows", flow);
  return assemble(flows, names, failed);
}

/** Full documents; a missing key means none (`api-facts.md` 1.12). */
async function readDescendants(
  { client, settings }: Service,
  flow: FlowDocument,
  names: ResourceNames,
): Promise<ImportFailure | undefined> {
  const { _id: id } = flow;
  const name = typeof flow["name"] === "string" ? flow["name"] : undefined;
  try {
    const answer = await client.get(`/flows/${encodeURIComponent(id)}/descendants`);
    for (const kind of ["exports", "imports"] as const) {
      const documents = isRecord(answer) ? answer[kind] : undefined;
      for (const document of Array.isArray(documents) ? documents : [])
        if (isRecord(document)) names.know(kind, document as JsonObject);
    }
    return undefined;
  } catch (error) {
    if (isApiError(error, "unauthorized", "unreachable")) throw error;
    return {
      kind: "flow",
      id,
      ...(name !== undefined && { name }),
      reason: explain(error, { doing: "reading the descendants of", name, id }, settings),
    };
  }
}

async function assemble(
  flows: readonly FlowDocument[],
  names: ResourceNames,
  failed: readonly ImportFailure[],
): Promise<ImportPlan> {
  const users = usersOf(flows);
  const own = new Set(flows.map(({ _id }) => _id));
  const ids = (kind: PlannedKind): string[] => [...(users.get(kind)?.keys() ?? [])];
  // Branches of routers may be missing from the descendants, and so may anything else a flow names (api-facts.md 1.12).
  const [exports, imports, otherFlows] = await Promise.all([
    names.find("exports", ids("exports")),
    names.find("imports", ids("imports")),
    names.find(
      "flows",
      ids("flows").filter((id) => !own.has(id)),
    ),
  ]);
  const documents = [...flows, ...exports.documents, ...imports.documents];
  const within = (wire: string, kind: PlannedKind): string[] => [
    ...new Set([...ids(kind), ...documents.flatMap((one) => idsUnder(one, wire))]),
  ];
  const [scripts, connections, integrations] = await Promise.all([
    names.find("scripts", within("_scriptId", "scripts")),
    names.find("connections", within("_connectionId", "connections")),
    names.find("integrations", ids("integrations")),
  ]);
  const found = { exports, imports, flows: otherFlows };
  const missing = Object.entries(found).flatMap(([kind, { absent }]) =>
    absent.map((id) => missingReference(kind as PlannedKind, id, users)),
  );
  return {
    flows: sortById(flows, ({ _id }) => _id),
    exports: planned(exports),
    imports: planned(imports),
    scripts: planned(scripts),
    connections: planned(connections),
    integrations: planned(integrations),
    otherFlows: planned(otherFlows),
    missing: sortById(missing, ({ id }) => id),
    failed: sortById(failed, ({ id }) => id),
  };
}

type Users = ReadonlyMap<PlannedKind, ReadonlyMap<string, readonly string[]>>;

function usersOf(flows: readonly FlowDocument[]): Users {
  const users = new Map<PlannedKind, Map<string, string[]>>();
  for (const flow of flows) {
    for (const { kind, id } of referencesOf(flow)) {
      const ofKind = users.get(kind) ?? new Map<string, string[]>();
      users.set(kind, ofKind.set(id, [...new Set([...(ofKind.get(id) ?? []), flow._id])]));
    }
  }
  return users;
}

function missingReference(kind: PlannedKind, id: string, users: Users): MissingReference {
  return { kind, id, flowIds: [...(users.get(kind)?.get(id) ?? [])].sort() };
}

function planned({
  resources,
}: {
  readonly resources: readonly PlannedResource[];
}): readonly PlannedResource[] {
  return sortById(resources, ({ id }) => id);
}

function sortById<T>(members: readonly T[], id: (member: T) => string): T[] {
  return [...members].sort((left, right) =>
    id(left) < id(right) ? -1 : id(left) > id(right) ? 1 : 0,
  );
}
