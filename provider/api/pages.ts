import { ApiError } from "./errors";
import type { Answer, Expectation } from "./answer";
import type { JsonObject } from "./types";

/** Members under which lists are reported to stand: storage, and both shapes of the audit log (`api-facts.md` 1.5, 1.10). */
const WRAPPERS = ["items", "audit", "auditLogs"] as const;

/** More pages than any account has; a service that never stops naming a next page must not keep us forever. */
const MOST_PAGES = 10_000;

/**
 * Reads a list page by page, following the `Link` header as given (`api-facts.md` 1.5): the first page from `first`, each
 * further one from its own URL. An empty list may be a 204 without a body.
 *
 * Half a list is never taken for the whole: a next page on another origin (the token would go along), the same page
 * again, or something that is no list throws.
 *
 * @param get - fetches a path below the base URL, or a whole URL, and sees to it that the answer is a list
 * @param baseUrl - the configured base, against whose origin links are checked
 * @throws ApiError of kind `unexpected`
 */
export async function* readPages(
  get: (path: string, expect: Expectation) => Promise<Answer>,
  baseUrl: string,
  first: string,
): AsyncGenerator<JsonObject[], void> {
  const seen = new Set<string>();
  for (let path = first; ;) {
    const answer = await get(path, expectList);
    const refuse = (detail: string): ApiError =>
      new ApiError({
        kind: "unexpected",
        method: "GET",
        path: first.split("?")[0] ?? first,
        status: answer.status,
        complaints: [],
        detail,
      });
    yield itemsOf(answer.json) ?? [];
    const next = nextLink(answer.headers["link"]);
    if (next === undefined) return;
    const url = new URL(next, path.startsWith("http") ? path : `${baseUrl}${path}`);
    if (url.origin !== new URL(baseUrl).origin)
      throw refuse("the next page is on another host, where the token must not go");
    if (seen.has(url.href) || seen.size >= MOST_PAGES) throw refuse("the list's pages do not end");
    seen.add(url.href);
    path = url.href;
  }
}

/** The members of a list, bare or wrapped; `undefined` where there is none. */
function itemsOf(json: unknown): JsonObject[] | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  if (Array.isArray(json)) return json as JsonObject[];
  const wrapped = json as Record<string, unknown>;
  const list = WRAPPERS.map((key) => wrapped[key]).find((value) => value !== undefined);
  return Array.isArray(list) ? (list as JsonObject[]) : undefined;
}

/** Only a 204 may have no body: an empty 200 is an answer that was lost on its way, and no empty list. */
const expectList: Expectation = (json, status) =>
  status === 204 || itemsOf(json) !== undefined ? undefined : "the answer is not a list";

/** The target of `rel="next"` in a `Link` header (RFC 8288), or `undefined`. */
export function nextLink(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  for (const [, target, parameters] of header.matchAll(
    /<([^>]*)>((?:\s*;\s*[^,;=]+(?:=(?:"[^"]*"|[^",;]*))?)*)/g,
  )) {
    if (/;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?\s*(?:;|$)/i.test(parameters ?? ""))
      return target;
  }
  return undefined;
}
