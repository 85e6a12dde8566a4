import type { JsonObject } from "../../provider/api/types";
import { matchesPath } from "./log";
import type { OpenEntry, PathMatch } from "./log";

/** Which requests a fault hits. */
export interface FaultMatch {
  /** Verb. @defaultValue any */
  readonly method?: string;
  /** Path after `/v1`: a string is the exact path without query, a pattern may look at the query. @defaultValue any */
  readonly path?: PathMatch;
  /** How many matching requests it hits. @defaultValue 1 */
  readonly times?: number;
  /** How many matching requests pass before the first hit. @defaultValue 0 */
  readonly after?: number;
}

/** What happens to a request that is hit. "Carried out" means that the emulator's memory takes it in. */
export type FaultEffect =
  /** Answers with this status. `body` is an error in JSON by default; `carryOut` (default false) does the request first. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: "json" | "html" | "empty" | JsonObject;
      readonly headers?: Readonly<Record<string, string>>;
      readonly carryOut?: boolean;
    }
  /** The connection is cut before the request is carried out. */
  | { readonly kind: "cutBefore" }
  /** The request is carried out, then the connection is cut without an answer. */
  | { readonly kind: "cutAfter" }
  /** Never answers; not carried out. */
  | { readonly kind: "hang" }
  /** Carried out; never answers. */
  | { readonly kind: "hangAfter" }
  /** Carried out and answered after `ms` milliseconds. */
  | { readonly kind: "slow"; readonly ms: number }
  /** Carried out at once, answered after `ms` milliseconds. */
  | { readonly kind: "slowEarly"; readonly ms: number }
  /** Carried out after `ms` milliseconds; never answers. */
  | { readonly kind: "lateWrite"; readonly ms: number }
  /** Carried out; half of the JSON under the length of the whole, then the connection is cut. */
  | { readonly kind: "truncated" }
  /** 200 with an HTML page, as a proxy may answer; `carryOut` (default true) does the request first. */
  | { readonly kind: "html200"; readonly carryOut?: boolean }
  /** Carried out; the answer lacks `_id`. */
  | { readonly kind: "noId" }
  /** Answered as usual; the connection is cut when the next request comes in on it, which is not carried out. */
  | { readonly kind: "idleClose" };

/** Names of the effects. */
export type FaultKind = FaultEffect["kind"];

/** A fault as given to `emulator.fault`. */
export type Fault = FaultMatch & FaultEffect;

/** A fault that has hit a request. */
export interface FiredFault {
  /** The fault as it was given. */
  readonly fault: Fault;
  /** Its kind. */
  readonly kind: FaultKind;
  /** Verb of the request. */
  readonly method: string;
  /** Path and query of the request, as sent. */
  readonly path: string;
  /** Time of the hit, ISO 8601. */
  readonly at: string;
  /** Whether the request was carried out; for `slow` and `lateWrite` false until it was. */
  readonly carriedOut: boolean;
}

/** A fault that has been set. */
export interface FaultHandle {
  /** How many requests it has hit so far. */
  readonly hits: number;
  /** Takes it back; what it has hit already stays hit. */
  remove(): void;
}

const KINDS: Readonly<Record<FaultKind, readonly string[]>> = {
  status: ["status"],
  cutBefore: [],
  cutAfter: [],
  hang: [],
  hangAfter: [],
  slow: ["ms"],
  slowEarly: ["ms"],
  lateWrite: ["ms"],
  truncated: [],
  html200: [],
  noId: [],
  idleClose: [],
};

function checkFault(fault: Fault): void {
  const needed = Object.entries(KINDS).find(([kind]) => kind === fault.kind)?.[1];
  if (!needed) throw new Error(`emulator: no such fault: ${fault.kind} (known: ${Object.keys(KINDS).join(", ")})`);
  const missing = needed.find((field) => typeof Object.entries(fault).find(([name]) => name === field)?.[1] !== "number");
  if (missing) throw new Error(`emulator: the fault ${fault.kind} needs the number ${missing}`);
}

interface Armed {
  readonly fault: Fault;
  seen: number;
  hits: number;
}

/** The faults that are set, and those that have fired. */
export class Faults {
  #armed: Armed[] = [];
  readonly #fired: { fault: Fault; entry: OpenEntry; at: string }[] = [];

  /** Sets a fault. Of several that match a request, the one set first hits it. @throws Error for an unknown kind. */
  add(fault: Fault): FaultHandle {
    checkFault(fault);
    const armed: Armed = { fault, seen: 0, hits: 0 };
    this.#armed.push(armed);
    const remove = (): void => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
    return {
      get hits() {
        return armed.hits;
      },
      remove,
    };
  }

  /** The fault that hits a request, if any. Every fault that matches counts the request, hit or not. */
  take(entry: OpenEntry): Fault | undefined {
    let taken: Fault | undefined;
    for (const armed of this.#armed) {
      const { method, path, times = 1, after = 0 } = armed.fault;
      if (method !== undefined && method.toUpperCase() !== entry.method) continue;
      if (!matchesPath(entry.path, path)) continue;
      armed.seen++;
      if (taken || armed.seen <= after || armed.hits >= times) continue;
      armed.hits++;
      taken = armed.fault;
    }
    return taken;
  }

  /** Notes that a fault has hit a request. */
  record(fault: Fault, entry: OpenEntry, at: string): void {
    entry.fault = fault.kind;
    this.#fired.push({ fault, entry, at });
  }

  /** What has fired so far, in order. */
  get fired(): FiredFault[] {
    return this.#fired.map(({ fault, entry, at }) => ({
      fault,
      kind: fault.kind,
      method: entry.method,
      path: entry.path,
      at,
      carriedOut: entry.carriedOut,
    }));
  }

  /** Takes every fault back. */
  clear(): void {
    this.#armed = [];
  }

  /** Takes every fault back and forgets what has fired. */
  reset(): void {
    this.clear();
    this.#fired.length = 0;
  }
}
