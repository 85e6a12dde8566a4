import type { Json } from "../../provider/api/types";
import type { FaultKind } from "./fault-kinds";

/** One request that reached the emulator under `/v1`, or outside of anything it knows. */
export interface LogEntry {
  /** Place in the order of arrival, from 1; goes on after `clearLog`. */
  readonly seq: number;
  /** Verb, in capitals. */
  readonly method: string;
  /** Path and query as sent, without the host, e.g. `/v1/flows?disabled=false`. */
  readonly path: string;
  /** Status of the answer. Absent while there is none, and for good when the connection was cut. */
  readonly status?: number;
  /** The parsed body; text that is not JSON stands as a string. Absent where there was none. */
  readonly body?: Json;
  /** Whether the service did what was asked. False for a refusal, and for a fault that came before. */
  readonly carriedOut: boolean;
  /** Kind of the fault that fired on it. Absent where none did. */
  readonly fault?: FaultKind;
  /** Time of arrival, ISO 8601, by the emulator's clock. */
  readonly at: string;
  /** Value of the answer's `x-request-id` header. */
  readonly requestId: string;
  /** Top-level read-only fields (`api-facts.md` 1.3) in a written body. Absent where there were none. */
  readonly readOnlySent?: readonly string[];
  /** Paths of strings of six or more asterisks in a written body. Absent where there were none. */
  readonly masksSent?: readonly string[];
}

/** A log entry while its request is being worked on. */
export type OpenEntry = { -readonly [K in keyof LogEntry]: LogEntry[K] };

/** Which requests are meant: a string is the exact path without query, a pattern is tried with and without the query. */
export type PathMatch = string | RegExp;

/** Whether a request's path matches; what comes before and including `/v1` is left out of the comparison. */
export function matchesPath(path: string, match: PathMatch | undefined): boolean {
  if (match === undefined) return true;
  const whole = path.replace(/^\/v1(?=\/|\?|$)/, "");
  const bare = whole.replace(/\?.*$/s, "");
  if (typeof match === "string") return bare === match.replace(/^\/v1(?=\/|$)/, "");
  // A pattern with the flag g or y remembers its last place, and would miss every second time.
  const pattern = new RegExp(match.source, match.flags.replaceAll(/[gy]/g, ""));
  return pattern.test(bare) || pattern.test(whole);
}

const WRITES = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** The requests so far, in the order they came in. */
export class RequestLog {
  readonly #entries: OpenEntry[] = [];
  #seq = 0;

  /** The live list. */
  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** Adds an entry for a request that has just come in. */
  open(start: Pick<LogEntry, "method" | "path" | "at" | "requestId">): OpenEntry {
    const entry: OpenEntry = { seq: ++this.#seq, ...start, carriedOut: false };
    this.#entries.push(entry);
    return entry;
  }

  /** The entries with this verb and path. */
  select(method?: string, path?: PathMatch): LogEntry[] {
    const verb = method?.toUpperCase();
    return this.#entries.filter(
      (entry) => (!verb || entry.method === verb) && matchesPath(entry.path, path),
    );
  }

  /** The entries that could change something. */
  writes(): LogEntry[] {
    return this.#entries.filter((entry) => WRITES.has(entry.method));
  }

  /** Forgets the requests so far. */
  clear(): void {
    this.#entries.length = 0;
  }
}
