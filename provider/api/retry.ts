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
export const LONGEST_RETRY_AFTER_MS = 120_000;

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
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS) + Math.round(random * 100);
  const full = Math.min(FIRST_MS * 2 ** (attempt - 1), LONGEST_MS);
  return Math.round(full * (0.5 + random / 2));
}

/**
 * A `Retry-After` header in milliseconds: whole seconds or an HTTP date (RFC 9110 10.2.3), counted against the service's
 * own `Date` where it sends one. `undefined` when absent or unreadable.
 */
export function retryAfter(
  header: string | undefined,
  date: string | undefined,
  now: number,
): number | undefined {
  if (header === undefined || header.trim() === "") return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header) * 1000;
  const until = Date.parse(header);
  if (Number.isNaN(until)) return undefined;
  const service = date === undefined ? Number.NaN : Date.parse(date);
  return Math.max(0, until - (Number.isNaN(service) ? now : service));
}
