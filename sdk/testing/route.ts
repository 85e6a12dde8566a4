import type { Json, JsonObject } from "../../provider/api/types";
import type { Account, World } from "./account";
import type { Author } from "./audit";
import { isObject } from "./json";
import type { StoredDocument } from "./json";
import type { OpenEntry } from "./log";
import { masked } from "./masks";
import { refuse } from "./refusal";
import { singular } from "./store";
import type { Kind } from "./store";
import { mayReach } from "./tokens";
import type { TokenRule } from "./tokens";

/** A request whose token, query and content type are in order, and all that is needed to answer it. */
export interface Call {
  readonly world: World;
  readonly account: Account;
  readonly rule: TokenRule;
  readonly author: Author;
  readonly entry: OpenEntry;
  /** Origin that the client used, e.g. `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** Path without query, with `/v1`. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed body; undefined where there was none. */
  readonly body: Json | undefined;
  /** Time of the request, milliseconds since 1970. */
  readonly now: number;
}

/** What is answered. A body that is not given is none at all. */
export interface Answer {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of the API. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path after `/v1`, parameters as `:name`. */
  readonly path: string;
  /** Names of query parameters that it knows; any other is a 400. @defaultValue none */
  readonly query?: readonly string[];
  readonly handle: (call: Call) => Answer;
}

const NAMES: Record<Kind, string> = {
  flows: "Flow",
  exports: "Export",
  imports: "Import",
  connections: "Connection",
  integrations: "Integration",
  scripts: "Script",
};

/** A type as messages name it, e.g. `Export not found: exp123`. */
export function nameOf(kind: Kind): string {
  return NAMES[kind];
}

/** The value of a path parameter. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? "";
}

/** The document that a request names by id; refused with 404 where the token sees none. */
export function wanted(call: Call, kind: Kind, id: string = param(call, "id")): StoredDocument {
  const { malformedIds, notFoundCode } = call.world.settings;
  const document = call.account.store.get(kind, id);
  if (document && mayReach(call.rule, kind, document)) return document;
  if (malformedIds === "invalid_ref" && !/^[0-9a-f]{24}$/i.test(id)) {
    refuse(400, "invalid_ref", "Please provide a valid _id.", "_id");
  }
  return refuse(404, notFoundCode, `${NAMES[kind]} not found: ${id}`);
}

/** A document as it is shown: secrets masked. */
export function shown(call: Call, document: StoredDocument): StoredDocument {
  return masked(document, call.world.settings.masks);
}

/** The body where it is a JSON object; anything else is refused with 400. */
export function objectBody(call: Call, kind: Kind): JsonObject {
  if (isObject(call.body)) return call.body;
  return refuse(400, "invalid_body", `The body has to be the JSON object of one ${singular(kind)}`);
}

/** Refuses with the code and status of a field that is not as it should be. */
export function invalid(call: Call, field: string, message: string): never {
  return refuse(call.world.settings.validationStatus, "invalid_field", message, field);
}
