import type { FlowDocument, JsonObject } from "../../provider/api/types";
import type { AuditSource } from "./audit";
import type { Fault, FiredFault } from "./faults";
import type { Outcome } from "./jobs";
import type { LogEntry, PathMatch } from "./log";
import type { Seed } from "./seed";
import type { EmulatorSettings } from "./options";
import type { Kind } from "./store";
import type { Person } from "./tokens";
import type { RequestMatch, TriggerHandle } from "./trigger";

/** Who an edit is by. */
export interface EditOptions {
  /** Whom the audit log names; a string is a full name. @defaultValue "Somebody" */
  readonly by?: string | Person;
  /** Through what. @defaultValue "ui" */
  readonly source?: AuditSource;
}

/** A running emulator of the Flows API. Every method works on the memory of the main account. */
export interface Emulator {
  /** Origin without `/v1`, e.g. `http://127.0.0.1:41234`. */
  readonly url: string;
  /** TCP port. */
  readonly port: number;
  /** The token with full access that holds now. */
  readonly token: string;
  /** How the service behaves; a change holds from the next request on. */
  readonly options: EmulatorSettings;
  /** The requests so far, in the order they came in. A live list. */
  readonly log: readonly LogEntry[];
  /** The faults that have hit a request so far, in order. */
  readonly fired: readonly FiredFault[];
  /** Stops listening and cuts every open connection. Safe to call twice. */
  close(): Promise<void>;
  /** Forgets documents, jobs, audit entries, requests and faults, and seeds again. Options stay. */
  reset(): void;

  /** The requests with this verb and path (after `/v1`). A string is the exact path without query. */
  requests(method?: string, path?: PathMatch): LogEntry[];
  /** The POST, PUT, PATCH and DELETE requests. */
  writes(): LogEntry[];
  /** Forgets the requests so far. */
  clearLog(): void;

  /** Sets a fault. Of several that match a request, the one set first hits it. */
  fault(fault: Fault): TriggerHandle;
  /** Takes every fault back; `fired` stays. */
  clearFaults(): void;
  /**
   * Calls a function when a request comes in, before anything is done about it: to edit a flow between a client's GET
   * and its PUT, say. What it throws is answered as a 500.
   */
  intercept(match: RequestMatch, action: (entry: LogEntry) => void): TriggerHandle;

  /** The flows that exist, oldest first. Copies. */
  flows(): FlowDocument[];
  /** One flow; undefined where there is none, or a deleted one. A copy. */
  flow(id: string): FlowDocument | undefined;
  /** The documents of a type, oldest first. Copies. */
  documents(kind: Kind): FlowDocument[];
  /** Puts documents in as they are, unseen by log and audit; one whose id is there is replaced. */
  seedDocuments(seed: Seed): void;
  /**
   * Changes a document as somebody else would: top-level fields, null clears. Running flows and schedules are not checked.
   * @throws Error where there is no such document.
   */
  edit(id: string, patch: JsonObject, options?: EditOptions): FlowDocument;
  /** Deletes a document as somebody else would, used or not. @throws Error where there is no such document. */
  remove(id: string, options?: EditOptions): void;
  /** Takes a document out of the recycle bin. @throws Error where it is not there. */
  restore(id: string): void;

  /** How the runs of a flow end from now on. */
  outcome(flowId: string, outcome: Outcome): void;
  /** Starts a run of a flow from outside, and gives the id of its job. @defaultValue durationMs: until `finishJobs` */
  startJob(flowId: string, options?: { readonly durationMs?: number }): string;
  /** Ends every job of a flow that goes on, as its outcome says. */
  finishJobs(flowId: string): void;
  /** The jobs of a flow that exist now, newest first, as the API shows them. */
  jobs(flowId: string): JsonObject[];
}
