import { type Clock, Pace, REAL_CLOCK } from "./pace";
import { readPages } from "./pages";
import type { Answer, Expectation } from "./answer";
import { send, type Sender } from "./send";
import { createTransport, type Request, type Transport, type TransportSettings } from "./transport";
import type { FlowBody, FlowDocument, JsonObject } from "./types";

/** What a client is made from. */
export interface ClientSettings extends TransportSettings {
  /** Further attempts where a retry is safe. */
  readonly maxRetries: number;
  /** Resolves when a write may go out. Absent: at once. */
  readonly beforeWrite?: (() => Promise<void>) | undefined;
  /** Takes one line per attempt. Absent: no log. */
  readonly debug?: ((line: string) => void) | undefined;
  /** Time; the machine's own unless a test gives another. */
  readonly clock?: Clock | undefined;
  /** Makes the attempts; axios with these settings unless a test wraps it. */
  readonly transport?: Transport | undefined;
}

/** Query parameters; `undefined` ones are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** One answer to a write or a read of a single flow. */
export interface FlowAnswer {
  /** The flow; `undefined` where the service answered 2xx with a body that is not a flow. */
  readonly flow: FlowDocument | undefined;
}

/** The API of `flows-api.md`, one method per endpoint and nothing else. All throw ApiError. */
export interface Client {
  /** GET `/flows/{id}`. An answer without `_id` throws, kind `unexpected`. */
  getFlow(id: string): Promise<FlowDocument>;
  /** GET of one document of any kind, by its path. An answer without `_id` throws, kind `unexpected`. */
  getDocument(path: string): Promise<FlowDocument>;
  /**
   * POST `/flows`. Never sent twice unless the service surely did not act. An answer without `_id` throws, kind
   * `unexpected`.
   */
  createFlow(body: FlowBody): Promise<FlowDocument>;
  /** PUT `/flows/{id}`: replaces or merges, as the service means it (`api-facts.md` 1.4). */
  putFlow(id: string, body: FlowBody): Promise<FlowAnswer>;
  /** DELETE `/flows/{id}`. */
  deleteFlow(id: string): Promise<void>;
  /** GET of any path that answers with one JSON value; `undefined` for 204. */
  get(path: string, query?: Query): Promise<unknown>;
  /** POST to any path; the answer as JSON. */
  post(path: string, body?: unknown): Promise<unknown>;
  /** All members of a list, all pages. */
  list(path: string, query?: Query): Promise<JsonObject[]>;
  /** All members of a list, with the service's own time of the last page; `undefined` where it sends no `Date`. */
  listWithDate(
    path: string,
    query?: Query,
  ): Promise<{ items: JsonObject[]; date: number | undefined }>;
  /** A list page by page, for callers that can stop early. */
  pages(path: string, query?: Query): AsyncGenerator<JsonObject[], void>;
}

/** Creates a client with connections, pace and retries of its own; share it within a process. */
export function createClient(settings: ClientSettings): Client {
  const clock = settings.clock ?? REAL_CLOCK;
  const sender: Sender = {
    transport: settings.transport ?? createTransport(settings),
    pace: new Pace(clock),
    clock,
    maxRetries: settings.maxRetries,
    prefix: new URL(settings.baseUrl).pathname.replace(/\/$/, ""),
    beforeWrite: settings.beforeWrite,
    debug: settings.debug,
  };
  const call = (request: Request, expect?: Expectation): Promise<Answer> =>
    send(sender, request, expect);
  const get = (path: string, expect?: Expectation): Promise<Answer> =>
    call({ method: "GET", path }, expect);
  const pages = (path: string, query?: Query): AsyncGenerator<JsonObject[], void> =>
    readPages(get, settings.baseUrl, withQuery(path, query));
  const getDocument = async (path: string): Promise<FlowDocument> =>
    (await get(path, expectFlow)).json as FlowDocument;

  return {
    getFlow: (id) => getDocument(flowPath(id)),
    getDocument,
    async createFlow(body) {
      const { json } = await call({ method: "POST", path: "/flows", body }, expectFlow);
      return json as FlowDocument;
    },
    async putFlow(id, body) {
      const { json } = await call({ method: "PUT", path: flowPath(id), body });
      return { flow: isFlow(json) ? json : undefined };
    },
    async deleteFlow(id) {
      await call({ method: "DELETE", path: flowPath(id) });
    },
    get: async (path, query) => (await call({ method: "GET", path, query })).json,
    post: async (path, body) => (await call({ method: "POST", path, body })).json,
    list: (path, query) => collect(pages(path, query)),
    async listWithDate(path, query) {
      let date: string | undefined;
      const dated = async (at: string, expect: Expectation): Promise<Answer> => {
        const answer = await get(at, expect);
        date = answer.headers["date"];
        return answer;
      };
      const items = await collect(readPages(dated, settings.baseUrl, withQuery(path, query)));
      const time = Date.parse(date ?? "");
      return { items, date: Number.isNaN(time) ? undefined : time };
    },
    pages,
  };
}

async function collect(pages: AsyncGenerator<JsonObject[], void>): Promise<JsonObject[]> {
  const all: JsonObject[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** Path of one flow, its id escaped: ids are opaque strings (contract.md 3). */
function flowPath(id: string): string {
  return `/flows/${encodeURIComponent(id)}`;
}

function withQuery(path: string, query: Query | undefined): string {
  const entries = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return path;
  return `${path}?${new URLSearchParams(Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))).toString()}`;
}

function isFlow(value: unknown): value is FlowDocument {
  return (
    typeof value === "object" &&
    value !== null &&
    "_id" in value &&
    typeof value._id === "string" &&
    value._id !== ""
  );
}

const expectFlow: Expectation = (json) => (isFlow(json) ? undefined : "the answer has no _id");
