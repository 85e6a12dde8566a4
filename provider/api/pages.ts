import { ApiError } from "./errors";
import type { Answer } from "./send";
import type { JsonObject } from "./types";

/** More pages than any account has; a service that never stops naming a next page must not keep us forever. */
const MOST_PAGES = 10_000;

/**
 * Reads a list page by page, following the `Link` header as given (`api-facts.md` 1.5): the first page from `first`, each
 * further one from its own URL. An empty list may be a 204 without a body.
 *
 * Half a list is never taken for the whole: a next page on another origin (the token would go along), the same page
 * again, or something that is no list throws.
 *
 * @param get - fetches a path below the base URL, or a whole URL
 * @param baseUrl - the configured base, against whose origin links are checked
 * @throws ApiError of kind `unexpected`
 */
export async function* readPages(
  get: (path: string) => Promise<Answer>,
  baseUrl: string,
  first: string,
): AsyncGenerator<JsonObject[], void> {
  const seen = new Set<string>();
  for (let path = first; ; ) {
    const answer = await get(path);
    const refuse = (detail: string): ApiError =>
      new ApiError({ kind: "unexpected", method: "GET", path: first.split("?")[0] ?? first, status: answer.status, complaints: [], detail });
    yield readItems(answer.json, refuse);
    const next = nextLink(answer.headers["link"]);
    if (next === undefined) return;
    const url = new URL(next, path.startsWith("http") ? path : `${baseUrl}${path}`);
    if (url.origin !== new URL(baseUrl).origin) throw refuse("the next page is on another host, where the token must not go");
    if (seen.has(url.href) || seen.size >= MOST_PAGES) throw refuse("the list's pages do not end");
    seen.add(url.href);
    path = url.href;
  }
}

function readItems(json: unknown, refuse: (detail: string) => ApiError): JsonObject[] {
  if (json === undefined || json === null) return [];
  const wrapped = json as { items?: unknown };
  const list = Array.isArray(json) ? json : wrapped.items;
  if (!Array.isArray(list)) throw refuse("the answer is not a list");
  return list as JsonObject[];
}

/** The target of `rel="next"` in a `Link` header (RFC 8288), or `undefined`. */
export function nextLink(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  for (const [, target, parameters] of header.matchAll(/<([^>]*)>((?:\s*;\s*[^,;=]+(?:=(?:"[^"]*"|[^",;]*))?)*)/g)) {
    if (/;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?\s*(?:;|$)/i.test(parameters ?? "")) return target;
  }
  return undefined;
}
