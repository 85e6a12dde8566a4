import type { FaultEffect, FaultKind } from "./fault-kinds";
import type { OpenEntry } from "./log";
import { Triggers } from "./trigger";
import type { RequestMatch, TriggerHandle } from "./trigger";

/** A fault as given to `emulator.fault`. */
export type Fault = RequestMatch & FaultEffect;

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
  if (!needed)
    throw new Error(
      `emulator: no such fault: ${fault.kind} (known: ${Object.keys(KINDS).join(", ")})`,
    );
  const missing = needed.find(
    (field) => typeof Object.entries(fault).find(([name]) => name === field)?.[1] !== "number",
  );
  if (missing) throw new Error(`emulator: the fault ${fault.kind} needs the number ${missing}`);
}

/** The faults that are set, and those that have fired. */
export class Faults {
  readonly #set = new Triggers<Fault>();
  readonly #fired: { fault: Fault; entry: OpenEntry; at: string }[] = [];

  /** Sets a fault. Of several that match a request, the one set first hits it. @throws Error for an unknown kind. */
  add(fault: Fault): TriggerHandle {
    checkFault(fault);
    return this.#set.add(fault, fault);
  }

  /** The fault that hits a request, if any. */
  take(entry: OpenEntry): Fault | undefined {
    return this.#set.take(entry);
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
    this.#set.clear();
  }

  /** Takes every fault back and forgets what has fired. */
  reset(): void {
    this.clear();
    this.#fired.length = 0;
  }
}
