import type { JsonObject } from "../../provider/api/types";

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
