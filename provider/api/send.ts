import { type Answer, type Expectation, type Failed, readAnswer } from "./answer";
import { ApiError, type ApiErrorKind } from "./errors";
import { NoAnswer } from "./no-answer";
import type { Clock, Pace } from "./pace";
import { LONGEST_CALL_MS, mayRetry, waitMs } from "./retry";
import type { RawAnswer, Request, Transport } from "./transport";

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
  /** Resolves when a write may go out; asked as the last thing before each attempt. Absent: at once. */
  readonly beforeWrite?: (() => Promise<void>) | undefined;
  /** Takes one line per attempt: verb, path, status, milliseconds, attempt. Absent: nothing is logged. */
  readonly debug?: ((line: string) => void) | undefined;
}

/**
 * Sends a request, again where that is safe, and reads the answer. Bounded in attempts and in time.
 *
 * A 429 counts as an attempt only when nothing got through in the meantime: while others do, the caller is just waiting
 * for its turn.
 *
 * @param expect - what a 2xx must look like; one that does not is as passing as a cut connection
 * @throws ApiError for every failure, the one place where they are made
 */
export async function send(
  sender: Sender,
  request: Request,
  expect?: Expectation,
): Promise<Answer> {
  const { clock, pace, maxRetries } = sender;
  const start = clock.now();
  let again = request;
  for (let attempt = 1, counted = 0; ; attempt += 1) {
    await pace.turn();
    if (request.method !== "GET") await sender.beforeWrite?.();
    const { progress } = pace;
    const outcome = await attemptOnce(sender, again, { attempt, expect });
    if ("json" in outcome) return outcome;
    const { error, sent, retryAfterMs } = outcome;
    const { status } = error.info;
    if (status !== 429 || pace.progress === progress) counted += 1;
    const wait = waitMs(Math.max(counted, 1), retryAfterMs, clock.random());
    const isOver = counted > maxRetries || clock.now() + wait - start > LONGEST_CALL_MS;
    if (isOver || !mayRetry({ method: request.method, sent, ...statusOf(error) })) throw error;
    // Where one idle connection was closed, others may be.
    if (error.info.kind === "cut") again = { ...request, fresh: true };
    if (status === 429) pace.refused(wait);
    else await clock.sleep(wait);
  }
}

/** A 2xx that cannot be read tells as little as no answer at all. */
function statusOf(error: ApiError): { status?: number } {
  const { status } = error.info;
  return status === undefined || (status >= 200 && status < 300) ? {} : { status };
}

async function attemptOnce(
  sender: Sender,
  request: Request,
  { attempt, expect }: { attempt: number; expect: Expectation | undefined },
): Promise<Answer | Failed> {
  const { transport, pace, clock, debug } = sender;
  const start = clock.now();
  const path = shownPath(sender.prefix, request.path);
  const known = (): { method: string; path: string; attempts: number; lastedMs: number } => ({
    method: request.method,
    path,
    attempts: attempt,
    lastedMs: clock.now() - start,
  });
  const note = (status: string): void => {
    const ms = String(Math.round(clock.now() - start));
    debug?.(`${request.method} ${path} ${status} ${ms} ms attempt ${String(attempt)}`);
  };
  let raw: RawAnswer;
  try {
    raw = await transport(request);
  } catch (cause) {
    if (!(cause instanceof NoAnswer)) throw cause;
    note(cause.timedOut ? "timeout" : cause.message);
    const kind: ApiErrorKind = !cause.sent ? "unreachable" : cause.timedOut ? "timeout" : "cut";
    const error = new ApiError({ ...known(), kind, complaints: [], detail: cause.message });
    return { error, sent: cause.sent, retryAfterMs: undefined };
  }
  note(String(raw.status));
  if (raw.status !== 429) pace.passed();
  return readAnswer(raw, known(), { now: clock.now(), expect });
}

/** A path as messages show it: below the origin, without the query, which may hold a page's position or more. */
function shownPath(prefix: string, path: string): string {
  if (/^https?:/i.test(path)) return new URL(path).pathname;
  return `${prefix}${path.split("?")[0] ?? ""}`;
}
