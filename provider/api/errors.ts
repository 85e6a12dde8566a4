import type { Complaint } from "./types";

/** Why a call failed, in the terms a caller can act on. */
export type ApiErrorKind =
  | "cut"
  | "timeout"
  | "unreachable"
  | "unauthorized"
  | "forbidden"
  | "notFound"
  | "invalid"
  | "running"
  | "conflict"
  | "rateLimited"
  | "server"
  | "unexpected";

/** What {@link ApiError} carries. None of it holds a token, a host, a query string or a request body. */
export interface ApiErrorInfo {
  /** Why, for code that asks; see {@link isApiError}. */
  readonly kind: ApiErrorKind;
  /** HTTP verb, in capitals. */
  readonly method: string;
  /** Path below the origin, without query, e.g. `/v1/flows/64f0`. */
  readonly path: string;
  /** HTTP status. Absent when no answer arrived. */
  readonly status?: number;
  /** What the service complains of, in its own words. Empty when it said nothing that can be read. */
  readonly complaints: readonly Complaint[];
  /** The service's id of the request, from the answer's headers. Absent when it gave none. */
  readonly requestId?: string;
  /** How many attempts were made, at least 1. */
  readonly attempts?: number;
  /** What happened below HTTP, e.g. `ECONNRESET`, or why an answer could not be read. */
  readonly detail?: string;
  /** Milliseconds that the last attempt took. Absent where none was made. */
  readonly lastedMs?: number;
}

/** A failed call. Ask with {@link isApiError}, never with `instanceof`: two copies of the package may be loaded. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** What is known of the failure. */
  readonly info: ApiErrorInfo;

  constructor(info: ApiErrorInfo) {
    super(summarize(info));
    this.info = info;
  }
}

/** Whether `value` is an {@link ApiError} and, when kinds are given, of one of them. */
export function isApiError(value: unknown, ...kinds: ApiErrorKind[]): value is ApiError {
  return (
    value instanceof Error &&
    value.name === "ApiError" &&
    "info" in value &&
    (kinds.length === 0 || kinds.includes((value as ApiError).info.kind))
  );
}

/** Statuses that mean what they say, whatever words come with them. */
const NEVER_RUNNING = new Set([401, 404, 408, 429]);
/** Words of a refusal because of a run. */
const RUNNING = /\b(currently|still|already|is|are) (running|in progress|executing)\b/i;
/** Words of a refusal because of use by others. */
const USED = /\b(used by|in use|referenced|depend)/i;

/**
 * The kind of a failed answer, from its status and the service's complaints.
 *
 * A running flow is known by `409`, by the code `conflict`, or by the message (contract.md 5.7), whatever the status: the
 * specification and the reported service agree on none of them (`api-facts.md` 3.2). A `409` that speaks of use by others
 * is no running flow: waiting would not help.
 */
export function kindOf(status: number, complaints: readonly Complaint[]): ApiErrorKind {
  const isRefusal = status >= 400 && !NEVER_RUNNING.has(status);
  return (isRefusal ? kindOfWords(status, complaints) : undefined) ?? kindOfStatus(status);
}

function kindOfWords(status: number, complaints: readonly Complaint[]): ApiErrorKind | undefined {
  const codes = new Set(complaints.map(({ code }) => code));
  const text = complaints.map(({ message }) => message).join("\n");
  // The status of this refusal is unknown (api-facts.md 1.7); a 409 would otherwise look like a run to be waited for.
  if (codes.has("inactive_flow")) return "invalid";
  if (RUNNING.test(text)) return "running";
  if (status !== 409 && !codes.has("conflict")) return undefined;
  return USED.test(text) ? "conflict" : "running";
}

/** A refusal that only reads like one because of a run: of what is not made yet, or is known to be in use. */
export function asConflict(error: ApiError): ApiError {
  return error.info.kind === "running" ? new ApiError({ ...error.info, kind: "conflict" }) : error;
}

function kindOfStatus(status: number): ApiErrorKind {
  switch (status) {
    case 401:
      return "unauthorized";
    case 403:
      return "forbidden";
    case 404:
      return "notFound";
    case 408:
      return "timeout";
    case 429:
      return "rateLimited";
    default:
      if (status >= 500) return "server";
      return status >= 400 ? "invalid" : "unexpected";
  }
}

/** Verb and path of a failed call, as messages show them: `PUT /v1/flows/64f0`. */
export function requestOf(info: ApiErrorInfo): string {
  return `${info.method} ${info.path}`;
}

function summarize(info: ApiErrorInfo): string {
  const status = info.status === undefined ? "" : ` ${String(info.status)}`;
  const why = info.detail === undefined ? "" : ` (${info.detail})`;
  const head = `${requestOf(info)} failed:${status} ${info.kind}${why}`;
  const lines = info.complaints.map((complaint) => `  - ${complaintLine(complaint)}`);
  if (info.requestId !== undefined) lines.push(`  request id ${info.requestId}`);
  return [head, ...lines].join("\n");
}

/** One complaint on one line: `schedule: Invalid cron expression [validation_error]`. */
export function complaintLine({ code, message, field }: Complaint): string {
  return `${field === undefined ? "" : `${field}: `}${message}${code === undefined ? "" : ` [${code}]`}`;
}
