import { readComplaints } from "./complaints";
import { ApiError, kindOf } from "./errors";
import { retryAfter } from "./retry";
import type { RawAnswer } from "./transport";

/** An answer of the service that means success. */
export interface Answer {
  /** HTTP status, 200 to 299. */
  readonly status: number;
  /** Headers with lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body read as JSON; `undefined` when there was none. */
  readonly json: unknown;
}

/** Says what is wrong with the body of a 2xx, e.g. `the answer has no _id`; `undefined` when nothing is. Pure. */
export type Expectation = (json: unknown, status: number) => string | undefined;

/** An attempt that failed, and what decides about another one. */
export interface Failed {
  /** The failure. */
  readonly error: ApiError;
  /** Whether the request can have reached the service. */
  readonly sent: boolean;
  /** What `Retry-After` asks for. */
  readonly retryAfterMs: number | undefined;
}

/** What is known of an attempt before its answer is read. */
export interface Known {
  /** HTTP verb. */
  readonly method: string;
  /** Path as messages show it. */
  readonly path: string;
  /** Attempts so far. */
  readonly attempts: number;
  /** Milliseconds that this one took. */
  readonly lastedMs: number;
}

/**
 * Reads what came back. A 2xx that is not what it should be (a proxy's page, half of the JSON, a flow without `_id`) is a
 * failure of kind `unexpected`. So is a 404 that is a page: it comes from something in between, and the service has not said
 * that anything is gone (contract.md 5.8).
 *
 * @param now - local time, for a `Retry-After` that is a date
 */
export function readAnswer(
  raw: RawAnswer,
  known: Known,
  { now, expect }: { now: number; expect?: Expectation | undefined },
): Answer | Failed {
  const { status, headers } = raw;
  const body = parse(raw.text);
  const isSuccess = status >= 200 && status < 300;
  const detail = isSuccess
    ? wrongSuccess(raw, body, { method: known.method, expect })
    : wrongRefusal(raw);
  if (isSuccess && detail === undefined) return { status, headers, json: body.json };

  const complaints = isSuccess ? [] : readComplaints(body.readable ? body.json : raw.text);
  const error = new ApiError({
    ...known,
    status,
    kind: detail === undefined ? kindOf(status, complaints) : "unexpected",
    complaints,
    ...(detail !== undefined && { detail }),
    ...requestIdOf(headers),
  });
  const retryAfterMs = retryAfter(headers["retry-after"], headers["date"], now);
  return { error, sent: true, retryAfterMs };
}

function requestIdOf(headers: RawAnswer["headers"]): { requestId?: string } {
  const names = ["x-request-id", "request-id", "x-amzn-requestid"];
  const requestId = names.map((name) => headers[name]).find((id) => id !== undefined);
  return requestId === undefined ? {} : { requestId };
}

function wrongRefusal({ status, text }: RawAnswer): string | undefined {
  return status === 404 && isPage(text) ? "the answer is a page, not the API's" : undefined;
}

function wrongSuccess(
  { status, text }: RawAnswer,
  { readable, json }: Body,
  { method, expect }: { method: string; expect: Expectation | undefined },
): string | undefined {
  // Of a deletion nobody reads more than that it succeeded; a page says not even that.
  const isReadable = readable || (method === "DELETE" && !isPage(text));
  return isReadable ? expect?.(json, status) : "the answer is not JSON";
}

function isPage(text: string): boolean {
  return /^\s*</.test(text);
}

interface Body {
  readonly readable: boolean;
  readonly json: unknown;
}

function parse(text: string): Body {
  if (text.trim() === "") return { readable: true, json: undefined };
  try {
    return { readable: true, json: JSON.parse(text) as unknown };
  } catch {
    return { readable: false, json: undefined };
  }
}
