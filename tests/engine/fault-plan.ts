import type { Emulator, Fault, LogEntry } from "../../sdk/testing/index";

/** What goes wrong, by name; the name is part of the flow's, so that each flow has a fault of its own. */
const FAULTS: Readonly<Record<string, Fault>> = {
  "408": { kind: "status", status: 408 },
  "429-seconds": { kind: "status", status: 429, headers: { "retry-after": "1" } },
  "429-bare": { kind: "status", status: 429, body: "empty" },
  "500": { kind: "status", status: 500 },
  "500-acted": { kind: "status", status: 500, carryOut: true },
  "502-html": { kind: "status", status: 502, body: "html" },
  "503-empty": { kind: "status", status: 503, body: "empty" },
  "504-acted": { kind: "status", status: 504, body: "html", carryOut: true },
  "cut-before": { kind: "cutBefore" },
  "cut-after": { kind: "cutAfter" },
  hang: { kind: "hang" },
  "hang-after": { kind: "hangAfter" },
  slow: { kind: "slow", ms: 300 },
  late: { kind: "lateWrite", ms: 2500 },
  html: { kind: "html200" },
  truncated: { kind: "truncated" },
  "no-id": { kind: "noId" },
  "idle-close": { kind: "idleClose" },
};

/** Names of all cases. */
export const CASES = Object.keys(FAULTS);

/** Faults after which the service has done what it was asked, although nobody was told. */
export const ACTED = CASES.filter((name) => {
  const fault = FAULTS[name];
  return fault?.kind === "status"
    ? fault.carryOut === true
    : !["cutBefore", "hang", "idleClose"].includes(fault?.kind ?? "");
});

/** What is known of a fault that was aimed at a request. */
export interface Strike {
  /** Name of the case. */
  readonly name: string;
  /** The request that it was aimed at. */
  readonly entry: LogEntry;
  /** The fault as it was given to the emulator. */
  readonly fault: Fault;
}

/** Faults that wait for their requests. */
export interface Aim {
  /** Those that found theirs, by name of the case. */
  readonly strikes: ReadonlyMap<string, Strike>;
  /** Takes back the others. */
  stop(): void;
}

/** Aims each fault once, at the first matching request that `caseOf` gives its name to. */
export function aim(
  emulator: Emulator,
  match: { method: string; path: string | RegExp },
  caseOf: (entry: LogEntry) => string | undefined,
): Aim {
  const strikes = new Map<string, Strike>();
  const { remove } = emulator.intercept({ ...match, times: Infinity }, (entry) => {
    const name = caseOf(entry);
    const fault = name === undefined ? undefined : FAULTS[name];
    if (name === undefined || fault === undefined || strikes.has(name)) return;
    const aimed = { ...fault, method: match.method };
    strikes.set(name, { name, entry, fault: aimed });
    // Nothing can come between: the emulator looks for a fault as soon as this returns.
    emulator.fault(aimed);
  });
  return { strikes, stop: remove };
}

/** Whether a fault has struck: an idle close does so only at the next request on its connection. */
export function hasStruck(emulator: Emulator, strike: Strike): boolean {
  return emulator.fired.some(({ fault }) => fault === strike.fault);
}
