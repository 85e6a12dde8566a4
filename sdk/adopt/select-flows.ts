import { isApiError } from "../../provider/api/errors";
import type { FlowDocument, JsonObject } from "../../provider/api/types";
import { explain } from "../../provider/explain";
import type { Service } from "../../provider/service";
import { inParallel } from "./parallel";
import type { ImportFailure, ReadFlowsForImportArgs } from "./plan";

/** What a selection came to. */
export interface Selection {
  /** The flows, each once. */
  readonly flows: readonly FlowDocument[];
  /** What was asked for by id and is not there or cannot be read. */
  readonly failed: readonly ImportFailure[];
}

/**
 * Finds the flows to import: by lists for integrations and all, one by one for single ids that no list had.
 *
 * @throws ApiError when a list cannot be read, or the token is refused
 */
export async function selectFlows(
  service: Service,
  args: ReadFlowsForImportArgs,
): Promise<Selection> {
  const integrationIds = [
    ...new Set([
      ...(args.integrationIds ?? []),
      ...(args.integrationId === undefined ? [] : [args.integrationId]),
    ]),
  ];
  const patterns = (args.names ?? []).map((pattern) => patternOf(pattern));
  const everything =
    args.all === true ||
    (patterns.length > 0 && integrationIds.length === 0 && (args.flowIds ?? []).length === 0);
  const found = new Map<string, FlowDocument>();
  const failed: ImportFailure[] = [];
  const take = (documents: readonly JsonObject[]): void => {
    for (const document of documents) {
      if (isFlow(document) && matches(document, patterns)) found.set(document._id, document);
    }
  };
  if (everything) take(await listAll(service));
  else {
    for (const id of integrationIds) {
      const documents = await listIntegration(service, id);
      if (documents.length === 0)
        failed.push({
          kind: "integration",
          id,
          reason: `no flow is in integration ${id}, or the token does not reach it.`,
        });
      take(documents);
    }
  }
  const single = [...new Set(args.flowIds ?? [])].filter((id) => !found.has(id));
  await inParallel(single, async (id) => {
    const read = await readFlow(service, id);
    if (read.flow === undefined) failed.push(read.failure);
    else found.set(id, read.flow);
  });
  return { flows: [...found.values()], failed };
}

/** A text with `*` and `?` as a pattern of whole names; capitals do not matter. */
export function patternOf(text: string): RegExp {
  const escaped = text
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "isu");
}

function matches({ name }: FlowDocument, patterns: readonly RegExp[]): boolean {
  return (
    patterns.length === 0 ||
    patterns.some((pattern) => pattern.test(typeof name === "string" ? name : ""))
  );
}

/**
 * Instances of abstract flows are listed only on request. A token that is limited to some integrations may see nothing until
 * one is named (`api-facts.md` 1.5).
 */
async function listAll(service: Service): Promise<JsonObject[]> {
  const flows = await listFlows(service, {});
  if (flows.length > 0) return flows;
  const integrations = await service.client.list("/integrations").catch(() => []);
  const ids = integrations.map(({ _id }) => _id).filter((id) => typeof id === "string");
  return (await inParallel(ids, (id) => listIntegration(service, id))).flat();
}

/** A service may ignore the filter, so it is applied here once more (`api-facts.md` 1.5). */
async function listIntegration(service: Service, id: string): Promise<JsonObject[]> {
  const flows = await listFlows(service, { _integrationId: id });
  return flows.filter(({ _integrationId: owner }) => owner === id);
}

async function listFlows(
  { client }: Service,
  query: Readonly<Record<string, string>>,
): Promise<JsonObject[]> {
  try {
    return await client.list("/flows", { ...query, includeInstances: true });
  } catch (error) {
    if (!isApiError(error, "invalid")) throw error;
    return client.list("/flows", query);
  }
}

type SingleRead =
  { readonly flow: FlowDocument } | { readonly flow: undefined; readonly failure: ImportFailure };

async function readFlow({ client, settings }: Service, id: string): Promise<SingleRead> {
  try {
    return { flow: await client.getFlow(id) };
  } catch (error) {
    if (isApiError(error, "unauthorized", "unreachable")) throw error;
    const reason = explain(error, { doing: "reading", id }, settings);
    return {
      flow: undefined,
      failure: { kind: "flow", id, gone: isApiError(error, "notFound"), reason },
    };
  }
}

function isFlow(document: JsonObject): document is FlowDocument {
  return typeof document["_id"] === "string" && document["_id"] !== "";
}
