/** How an attempt ended, as far as the question of another one goes. */
export interface Outcome {
  /** HTTP verb, in capitals. */
  readonly method: string;
  /** HTTP status; absent when no usable answer arrived. */
  readonly status?: number;
  /** Whether the request can have reached the service. A refused connection or an unknown host cannot. */
  readonly sent: boolean;
}

/** Statuses after which the same request may succeed (`api-facts.md` 3.3). */
const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504]);

/** First back-off, before jitter. */
const FIRST_MS = 500;
/** Longest back-off that we choose ourselves. */
const LONGEST_MS = 20_000;
/** Longest wait that a `Retry-After` can ask for; a longer one is cut to it. */
const LONGEST_RETRY_AFTER_MS = 120_000;
/** However many attempts are left, no call begins another one later than this. */
export const LONGEST_CALL_MS = 15 * 60_000;

/**
 * Whether another attempt is safe (contract.md 5.6): reads, PUT and DELETE after anything passing; a POST only where the
 * service has surely not acted, that is after 429 or when nothing was sent. Pure.
 */
export function mayRetry({ method, status, sent }: Outcome): boolean {
  if (!sent) return true;
  if (status === 429) return true;
  if (method === "POST") return false;
  return status === undefined || TRANSIENT.has(status);
}

/**
 * Milliseconds until the next attempt: what `Retry-After` asks for, otherwise exponential with jitter between half and
 * all, so that many callers do not come back as one.
 *
 * @param attempt - attempts made so far, from 1
 * @param retryAfterMs - from {@link retryAfter}; wins when present
 * @param random - between 0 and 1
 */
export function waitMs(attempt: number, retryAfterMs: number | undefined, random: number): number {
  if (retryAfterMs !== undefined)
    return Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS) + Math.round(random * 100);
  const full = Math.min(FIRST_MS * 2 ** (attempt - 1), LONGEST_MS);
  return Math.round(full * (0.5 + random / 2));
}

/**
 * A `Retry-After` header in milliseconds: whole seconds or an HTTP date (RFC 9110 10.2.3), counted against the service's
 * own `Date` where it sends one. `undefined` when absent, unreadable, not in the future, or further away than any call
 * lasts: our own back-off is the better guess then.
 */
export function retryAfter(
  header: string | undefined,
  date: string | undefined,
  now: number,
): number | undefined {
  const ms = readWait(header?.trim() ?? "", date, now);
  return ms > 0 && ms <= LONGEST_CALL_MS ? ms : undefined;
}

function readWait(header: string, date: string | undefined, now: number): number {
  if (/^\d+(\.\d+)?$/.test(header)) return Number(header) * 1000;
  // Without a letter it is no HTTP date, whatever Date.parse makes of it: "-5" would be a month.
  if (!/[a-z]/i.test(header)) return Number.NaN;
  const service = Date.parse(date ?? "");
  return Date.parse(header) - (Number.isNaN(service) ? now : service);
}
