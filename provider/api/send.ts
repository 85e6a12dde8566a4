import { readComplaints } from "./complaints";
import { ApiError, type ApiErrorKind, kindOf } from "./errors";
import type { Clock, Pace } from "./pace";
import { mayRetry, retryAfter, waitMs } from "./retry";
import { NoAnswer, type RawAnswer, type Request, type Transport } from "./transport";

/** What {@link send} needs beside the request. */
export interface Sender {
  /** Makes one attempt. */
  readonly transport: Transport;
  /** Shared by all calls of one account in this process. */
  readonly pace: Pace;
  /** Time. */
  readonly clock: Clock;
  /** Further attempts where a retry is safe (contract.md 2, `maxRetries`). */
  readonly maxRetries: number;
  /** Path that the base URL adds, for messages: `/v1`. */
  readonly prefix: string;
  /** Takes one line per attempt: verb, path, status, milliseconds, attempt. Absent: nothing is logged. */
  readonly debug?: ((line: string) => void) | undefined;
}

/** An answer of the service that means success. */
export interface Answer {
  /** HTTP status, 200 to 299. */
  readonly status: number;
  /** Headers with lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body read as JSON; `undefined` when there was none. */
  readonly json: unknown;
}

/** However many attempts are left, no call goes on for longer than this. */
const LONGEST_CALL_MS = 15 * 60_000;

/**
 * Sends a request, again where that is safe, and reads the answer.
 *
 * A 429 counts as an attempt only when nothing got through in the meantime: while others do, the caller is just waiting
 * for its turn.
 *
 * @throws ApiError for every failure, the one place where they are made
 */
export async function send(sender: Sender, request: Request): Promise<Answer> {
  const { clock, pace, maxRetries } = sender;
  const start = clock.now();
  for (let attempt = 1, counted = 0; ; attempt += 1) {
    await pace.turn();
    const { progress } = pace;
    const outcome = await attemptOnce(sender, request, attempt);
    if ("json" in outcome) return outcome;
    const { error, sent, retryAfterMs } = outcome;
    const status = error.info.status;
    if (status !== 429 || pace.progress === progress) counted += 1;
    const again = mayRetry({ method: request.method, sent, ...(passing(error) ?? (status !== undefined && { status })) });
    if (!again || counted > maxRetries || clock.now() - start > LONGEST_CALL_MS) throw error;
    const wait = waitMs(Math.max(counted, 1), retryAfterMs, clock.random());
    if (status === 429) pace.refused(wait);
    else await clock.sleep(wait);
  }
}

interface Failed {
  readonly error: ApiError;
  readonly sent: boolean;
  readonly retryAfterMs: number | undefined;
}

/** A 2xx that cannot be read is as passing as a cut connection. */
function passing(error: ApiError): { status?: number } | undefined {
  const { status, kind } = error.info;
  return kind === "unexpected" && status !== undefined && status < 300 ? {} : undefined;
}

async function attemptOnce(sender: Sender, request: Request, attempt: number): Promise<Answer | Failed> {
  const { transport, pace, clock, debug } = sender;
  const start = clock.now();
  const path = shownPath(sender.prefix, request.path);
  const base = { method: request.method, path, attempts: attempt };
  const note = (status: string): void => {
    debug?.(`${request.method} ${path} ${status} ${String(Math.round(clock.now() - start))} ms attempt ${String(attempt)}`);
  };
  let raw: RawAnswer;
  try {
    raw = await transport(request);
  } catch (cause) {
    if (!(cause instanceof NoAnswer)) throw cause;
    note(cause.timedOut ? "timeout" : cause.message);
    const kind: ApiErrorKind = cause.timedOut ? "timeout" : cause.sent ? "cut" : "unreachable";
    const error = new ApiError({ ...base, kind, complaints: [], detail: cause.message });
    return { error, sent: cause.sent, retryAfterMs: undefined };
  }
  note(String(raw.status));
  if (raw.status !== 429) pace.passed();
  return readAnswer(raw, base, clock.now());
}

function readAnswer(raw: RawAnswer, base: { method: string; path: string; attempts: number }, now: number): Answer | Failed {
  const { status, headers, text } = raw;
  const body = parse(text);
  const requestId = headers["x-request-id"] ?? headers["request-id"] ?? headers["x-amzn-requestid"];
  const known = { ...base, status, ...(requestId !== undefined && { requestId }) };
  if (status >= 200 && status < 300) {
    // Nobody reads the answer to a DELETE; that it succeeded is all there is to know.
    if (body.readable || base.method === "DELETE") return { status, headers, json: body.readable ? body.json : undefined };
    const error = new ApiError({ ...known, kind: "unexpected", complaints: [], detail: "the answer is not JSON" });
    return { error, sent: true, retryAfterMs: undefined };
  }
  const complaints = readComplaints(body.readable ? body.json : text);
  const error = new ApiError({ ...known, kind: kindOf(status, complaints), complaints });
  return { error, sent: true, retryAfterMs: retryAfter(headers["retry-after"], headers["date"], now) };
}

function parse(text: string): { readable: true; json: unknown } | { readable: false } {
  if (text.trim() === "") return { readable: true, json: undefined };
  try {
    return { readable: true, json: JSON.parse(text) as unknown };
  } catch {
    return { readable: false };
  }
}

/** A path as messages show it: below the origin, without the query, which may hold a page's position or more. */
function shownPath(prefix: string, path: string): string {
  if (/^https?:/i.test(path)) return new URL(path).pathname;
  return `${prefix}${path.split("?")[0] ?? ""}`;
}
