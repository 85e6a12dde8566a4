/** A leaky bucket, as the service has one per account (`api-facts.md` 3.3: 1000 and 300). */
export interface RateLimit {
  /** Requests that fit in a full bucket. */
  readonly capacity: number;
  /** Requests added per second. */
  readonly refillPerSecond: number;
  /** Form of `Retry-After` in a 429: whole seconds (live), an HTTP date, or no header. @defaultValue "seconds" */
  readonly retryAfter?: "seconds" | "date" | "none";
}

/** How full one account's bucket is. */
export class Bucket {
  #level: number | undefined;
  #at = 0;

  /** Takes one request out: undefined when there was room, otherwise the milliseconds until there is. */
  take(limit: RateLimit, now: number): number | undefined {
    const refilled = ((now - this.#at) / 1000) * limit.refillPerSecond;
    const level = Math.min(limit.capacity, (this.#level ?? limit.capacity) + refilled);
    this.#at = now;
    this.#level = level >= 1 ? level - 1 : level;
    return level >= 1 ? undefined : ((1 - level) / limit.refillPerSecond) * 1000;
  }
}

/** The headers of a 429 after which the request fits again. */
export function retryHeaders(
  limit: RateLimit,
  waitMs: number,
  now: number,
): Record<string, string> {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  switch (limit.retryAfter ?? "seconds") {
    case "seconds":
      return { "retry-after": String(seconds) };
    case "date":
      return { "retry-after": new Date(now + (seconds + 1) * 1000).toUTCString() };
    case "none":
      return {};
  }
}
