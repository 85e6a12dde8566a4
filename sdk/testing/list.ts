import type { Json, JsonObject } from "../../provider/api/types";
import { isObject } from "./json";
import type { StoredDocument } from "./json";
import { refuse } from "./refusal";
import { shown } from "./route";
import type { Answer, Call } from "./route";
import type { Kind } from "./store";
import { mayReach } from "./tokens";

/** Query parameters that choose a page of any list. */
export const PAGING: readonly string[] = ["skip", "limit"];

const FILTERS: Record<Kind, readonly string[]> = {
  flows: ["_integrationId", "name", "disabled", "sort_by", "includeInstances", "_abstractFlowId"],
  exports: ["_integrationId", "externalId"],
  imports: ["_integrationId", "externalId", "adaptorType"],
  connections: ["_integrationId", "externalId"],
  integrations: [],
  scripts: ["_integrationId"],
};

/** Query parameters that the list of a type knows (`api-facts.md` 1.5). */
export function listQuery(kind: Kind): string[] {
  return [...FILTERS[kind], "include", "exclude", ...PAGING];
}

function badQuery(message: string, field: string): never {
  return refuse(400, "invalid_query_params", message, field);
}

function count(call: Call, name: string, fallback: number, least: number): number {
  const text = call.query.get(name);
  if (text === null) return fallback;
  if (!/^\d{1,9}$/.test(text) || Number(text) < least)
    badQuery(`${name} is not a number in range: ${text}`, name);
  return Number(text);
}

/** One page of a list as an answer: `Link` to the next one, nothing at all where the page is empty. */
export function pageAnswer(
  call: Call,
  members: readonly JsonObject[],
  shape: (page: Json[]) => Json = (page) => page,
): Answer {
  const { settings } = call.world;
  const skip = count(call, "skip", 0, 0);
  const limit = Math.min(count(call, "limit", settings.pageSize, 1), settings.pageSize);
  const page = members.slice(skip, skip + limit);
  if (page.length === 0 && settings.emptyList === 204) return { status: 204 };
  if (skip + limit >= members.length) return { status: 200, body: shape(page) };
  const next = new URL(call.path, settings.linkOrigin ?? call.origin);
  next.search = new URLSearchParams({
    ...Object.fromEntries(call.query),
    skip: String(skip + limit),
    limit: String(limit),
  }).toString();
  return { status: 200, body: shape(page), headers: { link: `<${next.href}>; rel="next"` } };
}

function isFlag(call: Call, name: string): boolean | undefined {
  const text = call.query.get(name);
  if (text === null) return undefined;
  if (text !== "true" && text !== "false")
    badQuery(`${name} is neither true nor false: ${text}`, name);
  return text === "true";
}

function isListed(call: Call, kind: Kind): (document: StoredDocument) => boolean {
  const disabled = isFlag(call, "disabled");
  const instances = isFlag(call, "includeInstances") ?? call.query.has("_abstractFlowId");
  const texts = ["_integrationId", "name", "externalId", "adaptorType", "_abstractFlowId"].filter(
    (name) => call.query.has(name),
  );
  // A token with limited reach sees nothing until the request names the integration (`api-facts.md` 1.5).
  const isBlind =
    call.rule.integrationIds !== undefined &&
    !call.query.has("_integrationId") &&
    kind !== "integrations";
  return (document) =>
    !isBlind &&
    mayReach(call.rule, kind, document) &&
    texts.every((name) => document[name] === call.query.get(name)) &&
    (disabled === undefined || (document["disabled"] ?? false) === disabled) &&
    (instances || kind !== "flows" || document["_abstractFlowId"] === undefined);
}

function sorted(call: Call, documents: StoredDocument[]): StoredDocument[] {
  const sortBy = call.query.get("sort_by");
  if (sortBy === null) return documents;
  const [field, sign] = sortBy.startsWith("-") ? [sortBy.slice(1), -1] : [sortBy, 1];
  const key = (document: StoredDocument): string => JSON.stringify(document[field] ?? null);
  return documents.sort((one, other) => sign * key(one).localeCompare(key(other)));
}

function put(target: JsonObject, path: readonly string[], source: JsonObject): void {
  const [step = "", ...rest] = path;
  const value = source[step];
  if (value === undefined) return;
  if (rest.length === 0) target[step] = value;
  else if (isObject(value)) {
    const inner = isObject(target[step]) ? target[step] : {};
    target[step] = inner;
    put(inner, rest, value);
  }
}

function without(source: JsonObject, path: readonly string[]): JsonObject {
  const [step = "", ...rest] = path;
  const { [step]: value, ...others } = source;
  if (rest.length === 0) return others;
  return isObject(value) ? { ...others, [step]: without(value, rest) } : source;
}

const ALWAYS = ["_id", "name", "adaptorType"];

function paths(call: Call, name: string): string[] | undefined {
  const text = call.query.get(name);
  if (text === null) return undefined;
  const fields = text.split(",").map((field) => field.trim());
  if (fields.some((field) => !/^[\w-]+(\.[\w-]+)*$/.test(field)))
    badQuery(`${name} takes dotted field names: ${text}`, name);
  return fields;
}

function projection(call: Call): (document: StoredDocument) => JsonObject {
  const [include, exclude] = [paths(call, "include"), paths(call, "exclude")];
  if (include && exclude) badQuery("include and exclude cannot be used together", "include");
  if (include) {
    return (document) => {
      const result: JsonObject = {};
      for (const field of [...ALWAYS, ...include]) put(result, field.split("."), document);
      return result;
    };
  }
  const left = (exclude ?? []).filter((field) => !ALWAYS.includes(field));
  return (document) =>
    left.reduce<JsonObject>((rest, field) => without(rest, field.split(".")), document);
}

/** A list of a type as the request filters, sorts, pages and projects it. */
export function listAnswer(
  call: Call,
  kind: Kind,
  documents: StoredDocument[] = call.account.store.all(kind),
): Answer {
  const listed = sorted(call, documents.filter(isListed(call, kind)));
  const project = projection(call);
  // A script's text is not in lists (`api-facts.md` 2.6).
  const trim = (document: JsonObject): JsonObject =>
    kind === "scripts" ? without(document, ["content"]) : document;
  return pageAnswer(call, listed, (page) =>
    page.map((member) => trim(project(shown(call, member as StoredDocument)))),
  );
}
