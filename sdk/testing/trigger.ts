import { matchesPath } from "./log";
import type { LogEntry, PathMatch } from "./log";

/** Which requests are meant. */
export interface RequestMatch {
  /** Verb. @defaultValue any */
  readonly method?: string;
  /** Path after `/v1`: a string is the exact path without query, a pattern may look at the query. @defaultValue any */
  readonly path?: PathMatch;
  /** How many matching requests are hit. @defaultValue 1 */
  readonly times?: number;
  /** How many matching requests pass before the first hit. @defaultValue 0 */
  readonly after?: number;
}

/** Something that waits for requests and can be taken back. */
export interface TriggerHandle {
  /** How many requests it has hit so far. */
  readonly hits: number;
  /** Takes it back; what it has hit already stays hit. */
  remove(): void;
}

interface Trigger<T> {
  readonly match: RequestMatch;
  readonly value: T;
  seen: number;
  hits: number;
}

/** Values that wait for requests, each for its own. */
export class Triggers<T> {
  #waiting: Trigger<T>[] = [];

  /** Adds a value that waits. */
  add(match: RequestMatch, value: T): TriggerHandle {
    const trigger: Trigger<T> = { match, value, seen: 0, hits: 0 };
    this.#waiting.push(trigger);
    return {
      get hits() {
        return trigger.hits;
      },
      remove: () => {
        this.#waiting = this.#waiting.filter((other) => other !== trigger);
      },
    };
  }

  /** The value that hits a request: of several, the one added first. All that match count the request, hit or not. */
  take(entry: LogEntry): T | undefined {
    let taken: Trigger<T> | undefined;
    for (const trigger of this.#waiting) {
      const { method, path, times = 1, after = 0 } = trigger.match;
      if (method !== undefined && method.toUpperCase() !== entry.method) continue;
      if (!matchesPath(entry.path, path)) continue;
      trigger.seen++;
      if (taken || trigger.seen <= after || trigger.hits >= times) continue;
      trigger.hits++;
      taken = trigger;
    }
    return taken?.value;
  }

  /** Takes everything back. */
  clear(): void {
    this.#waiting = [];
  }
}
