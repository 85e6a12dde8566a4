import type { JsonObject } from "../../provider/api/types";
import type { RateLimit } from "./rate-limit";
import type { Seed } from "./seed";
import type { TokenRule } from "./tokens";

/**
 * How the emulated service behaves. Each property may be changed on the running emulator (`emulator.options`) and
 * holds from the next request on. Where `api-facts.md` calls a behaviour contradictory or unknown, there is a choice.
 */
export interface EmulatorSettings {
  /** The token with full access. Changing it is a rotation: the old one is answered 401. @defaultValue a random one */
  token: string;
  /** Further tokens, each with its own reach. @defaultValue none */
  tokens: readonly TokenRule[];
  /**
   * What PUT means. `replace`: what is left out is erased (live, `api-facts.md` 1.4). `merge`: what is left out stays
   * and an explicit null clears (`flows-api.md`). Null is never stored at the top level of a document.
   * @defaultValue "replace"
   */
  put: "replace" | "merge";
  /** Which cron forms are taken (`api-facts.md` 4): 5 fields, 6 fields with a leading `?`, or both. @defaultValue "both" */
  cron: "five" | "six" | "both";
  /** Status of `validation_error`, `invalid_field` and `missing_required_field`. @defaultValue 422 */
  validationStatus: 400 | 422;
  /** Code of a 404: `not_found` (`flows-api.md`) or `resource_not_found` (`api-facts.md` 3.2). @defaultValue "not_found" */
  notFoundCode: string;
  /** Shape of error bodies: in an `errors` list, or bare at the top level (`api-facts.md` 3.1). @defaultValue "errors" */
  errorShape: "errors" | "bare";
  /** Status of a body that names an export or import that does not exist. @defaultValue 404 */
  referenceStatus: 400 | 404 | 422;
  /** Code of such an answer, e.g. `invalid_ref`. @defaultValue "not_found" */
  referenceCode: string;
  /** Whether exports and imports that a written flow names have to exist. @defaultValue true */
  strictReferences: boolean;
  /** Whether an id that is not 24 hex digits is answered 400 `invalid_ref` in place of 404. @defaultValue "opaque" */
  malformedIds: "opaque" | "invalid_ref";
  /** What happens to read-only fields in a written body. Ignored ones are in the log as `readOnlySent`. @defaultValue "ignored" */
  readOnlySent: "ignored" | "refused";
  /** Whether the service adds fields of its own on a write (`api-facts.md` 6, row 8). @defaultValue true */
  serverAdds: boolean;
  /** Further top-level fields that the service adds to a written flow that lacks them. @defaultValue none */
  alsoAdds: JsonObject;
  /** What a flow written without `disabled` becomes; `absent` leaves it out. @defaultValue false */
  disabledDefault: boolean | "absent";
  /** Whether a change of `_integrationId` is taken in place or refused with 422 `detach_failed`. @defaultValue "inPlace" */
  integrationMove: "inPlace" | "refuse";
  /** Which allow-list PATCH follows (`api-facts.md` 1.4): the documentation's or the CLI's. @defaultValue "doc" */
  patchPaths: "doc" | "cli";
  /** Most members of a list page; a request's own `limit` may only lower it. @defaultValue 100 */
  pageSize: number;
  /** Answer to an empty list: 204 without a body, or 200 with `[]`. @defaultValue 204 */
  emptyList: 200 | 204;
  /** Origin in `Link` headers, for links that lead elsewhere. @defaultValue undefined (the origin of the request) */
  linkOrigin: string | undefined;
  /** Where `/run` takes its date window: top level (`flows-api.md`), inside `export` (live), or either. @defaultValue "both" */
  runWindow: "both" | "nested" | "top";
  /** Whether a disabled flow can be run. @defaultValue "refuse" */
  disabledRun: "refuse" | "allow";
  /** Status of `inactive_flow`. @defaultValue 422 */
  disabledRunStatus: number;
  /** What a PUT or PATCH of a running flow meets: 409, or nothing. @defaultValue "conflict" */
  putRunning: "conflict" | "allow";
  /** What `/run` of a running flow meets: 409, or nothing. @defaultValue "conflict" */
  runRunning: "conflict" | "allow";
  /** What a DELETE of a running flow does: 409, cancels its jobs, or lets them be. @defaultValue "conflict" */
  deleteRunning: "conflict" | "cancel" | "allow";
  /** Whether a document that others still use can be deleted. @defaultValue "refuse" */
  deleteReferenced: "refuse" | "allow";
  /** Status of such a refusal; the live one is unknown. @defaultValue 422 */
  deleteReferencedStatus: number;
  /** Code of such a refusal; the live one is unknown. @defaultValue "in_use" */
  deleteReferencedCode: string;
  /** Shape of audit answers (`api-facts.md` 1.10). @defaultValue "array" */
  auditShape: "array" | "audit" | "auditLogs";
  /** Name of the id in dependencies (`api-facts.md` 1.11). @defaultValue "id" */
  dependencyIdKey: "id" | "_id";
  /** Shape of dependencies: keyed by plural type, or one list under `dependencies`. @defaultValue "keyed" */
  dependenciesShape: "keyed" | "list";
  /** Answer where nothing depends on the document: 200 with an empty object, or 204. @defaultValue 200 */
  emptyDependencies: 200 | 204;
  /** Whether descendants include steps inside router branches (`api-facts.md` 1.12). @defaultValue true */
  descendantsBranches: boolean;
  /** `lastExportDateTime` of a flow that never ran: left out, or null. @defaultValue "absent" */
  neverExported: "absent" | "null";
  /** Leaky bucket over all requests of an account. @defaultValue undefined (no limit) */
  rateLimit: RateLimit | undefined;
  /** Milliseconds before each request is carried out. @defaultValue 0 */
  latencyMs: number;
  /** Milliseconds from a job's creation to its end, the first fifth of it queued. @defaultValue 100 */
  jobDurationMs: number;
  /** Dotted paths whose strings are shown as `******`; `*` stands for any key or index. @defaultValue `api-facts.md` 2.4 */
  masks: readonly string[];
  /** What a mask does that is sent back: becomes the secret, or keeps it (`api-facts.md` 2.4). @defaultValue "overwrites" */
  maskSent: "overwrites" | "keeps";
  /** What leaving a secret out of a PUT does (`api-facts.md` 2.4). @defaultValue "loses" */
  secretOmitted: "loses" | "keeps";
  /** Clock, in milliseconds since 1970: time stamps, jobs, rate limit, `Date`. @defaultValue Date.now */
  now: () => number;
  /** Milliseconds after which an idle keep-alive connection is closed; Node adds up to a second. @defaultValue 5000 */
  idleCloseMs: number;
}

/** What `startEmulator` takes; everything may be left out. */
export interface EmulatorOptions extends Partial<EmulatorSettings> {
  /** TCP port. @defaultValue 0 (a free one) */
  port?: number;
  /** Address to listen on. @defaultValue "127.0.0.1" */
  host?: string;
  /** Documents that exist from the start, and again after `reset`. @defaultValue none */
  seed?: Seed;
}
