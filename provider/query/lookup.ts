import { isApiError } from "../api/errors";
import type { JsonObject } from "../api/types";
import { fromWire } from "../flow/convert";
import type { Service } from "../service";
import { DOCUMENT } from "./shapes";

/** A kind of resource that can be looked up by name. */
export type LookupKind = "exports" | "imports" | "connections" | "integrations";

/** Which are meant; what is left out does not matter. */
export interface LookupFilter {
  /** Exact display name. */
  readonly name?: string | undefined;
  /** Id of the integration that they belong to. */
  readonly integrationId?: string | undefined;
}

/** What a look-up tells of an export, import, connection or integration. Configuration is left out: it may hold secrets. */
export interface LookupResult {
  /** Its id, which differs between sandbox and production. */
  readonly id: string;
  /** Its display name. */
  readonly name: string;
  /** What it is for. */
  readonly description?: string;
  /** Id of its integration. Absent where it belongs to none. */
  readonly integrationId?: string;
  /** Id of the connection that an export or import uses. */
  readonly connectionId?: string;
  /** Adaptor of an export or import, e.g. `HTTPExport`. */
  readonly adaptorType?: string;
  /** Type of a connection (`http`, `netsuite`, …), or of an export (`delta`, `webhook`, …; absent: all records). */
  readonly type?: string;
  /** Whether an export can be used as a look-up step. */
  readonly isLookup?: boolean;
  /** Id that an owner has given it. */
  readonly externalId?: string;
  /** When it was made, ISO 8601. */
  readonly createdAt?: string;
  /** When it was last changed, ISO 8601. */
  readonly lastModified?: string;
}

const SHOWN: readonly (keyof LookupResult)[] = [
  "description",
  "integrationId",
  "connectionId",
  "adaptorType",
  "type",
  "isLookup",
  "externalId",
  "createdAt",
  "lastModified",
];

/**
 * All of a kind that match, all pages, in the service's order; no match is an empty list. Filtered here too, since sources
 * differ on what the service's own filters match (`api-facts.md` 1.5).
 *
 * @throws ApiError
 */
export async function lookUp(
  service: Service,
  kind: LookupKind,
  { name, integrationId }: LookupFilter,
): Promise<LookupResult[]> {
  const registered = await registeredIn(service, kind, integrationId);
  const documents = await listWith(service, kind, { integrationId, registered });
  const belongs = belongingTo(kind, { integrationId, registered });
  return documents
    .filter((document) => belongs(document) && (name === undefined || document["name"] === name))
    .map(resultOf);
}

function resultOf(document: JsonObject): LookupResult {
  const renamed = fromWire(DOCUMENT, document) as JsonObject;
  const shown = SHOWN.flatMap((key) => {
    const value = renamed[key];
    return value === undefined || value === null ? [] : [[key, value] as const];
  });
  const name = textOf(document["name"]);
  return { ...Object.fromEntries(shown), id: textOf(document["_id"]), name };
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Lists asked for at the same moment are read once: a program looks up many names one beside the other. */
const underWay = new WeakMap<Service, Map<string, Promise<JsonObject[]>>>();

function listOf(service: Service, kind: LookupKind, integrationId?: string): Promise<JsonObject[]> {
  const lists = underWay.get(service) ?? new Map<string, Promise<JsonObject[]>>();
  underWay.set(service, lists);
  const key = `${kind} ${integrationId ?? ""}`;
  let list = lists.get(key);
  if (list === undefined) {
    list = readList(service, kind, integrationId).finally(() => lists.delete(key));
    lists.set(key, list);
  }
  return list;
}

async function readList(
  { client }: Service,
  kind: LookupKind,
  integrationId: string | undefined,
): Promise<JsonObject[]> {
  const filtered = kind !== "integrations" && integrationId !== undefined;
  if (!filtered) return client.list(`/${kind}`);
  try {
    return await client.list(`/${kind}`, { _integrationId: integrationId });
  } catch (error) {
    if (!isApiError(error, "invalid")) throw error;
    return client.list(`/${kind}`);
  }
}

/** Where an integration's documents are looked for. */
interface Place {
  /** Id of the integration. Absent: anywhere. */
  readonly integrationId: string | undefined;
  /** Ids of the connections that are registered there. */
  readonly registered: ReadonlySet<unknown>;
}

/**
 * The list, with what is registered in the integration: a service may filter by a field that connections do not have
 * (`api-facts.md` 1.5, 2.4), and then leaves them out.
 */
async function listWith(
  service: Service,
  kind: LookupKind,
  { integrationId, registered }: Place,
): Promise<JsonObject[]> {
  const documents = await listOf(service, kind, integrationId);
  const listed = new Set<unknown>(documents.map(({ _id }) => _id));
  if ([...registered].every((id) => listed.has(id))) return documents;
  const all = await listOf(service, kind);
  return [...documents, ...all.filter(({ _id }) => registered.has(_id) && !listed.has(_id))];
}

/** A connection belongs where it is registered, which only the integration knows (`api-facts.md` 2.5). */
async function registeredIn(
  { client }: Service,
  kind: LookupKind,
  integrationId: string | undefined,
): Promise<ReadonlySet<unknown>> {
  if (kind !== "connections" || integrationId === undefined) return new Set();
  const path = `/integrations/${encodeURIComponent(integrationId)}`;
  const integration = await client.getDocument(path).catch((): JsonObject => ({}));
  const ids = integration["_registeredConnectionIds"];
  return new Set(Array.isArray(ids) ? ids : []);
}

/** Whether a document belongs to the integration. */
function belongingTo(
  kind: LookupKind,
  { integrationId, registered }: Place,
): (document: JsonObject) => boolean {
  if (integrationId === undefined) return () => true;
  if (kind === "integrations") return ({ _id }) => _id === integrationId;
  return (document) =>
    document["_integrationId"] === integrationId || registered.has(document["_id"]);
}
