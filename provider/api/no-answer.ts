import { ClientRequest } from "node:http";

import { neverConnected } from "./agents";

/** An attempt that brought no answer. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  /** Whether the request can have reached the service. */
  readonly sent: boolean;
  /** Whether time ran out. */
  readonly timedOut: boolean;

  constructor(detail: string, how: { sent: boolean; timedOut: boolean }) {
    super(detail);
    this.sent = how.sent;
    this.timedOut = how.timedOut;
  }
}

/** Codes after which the request surely never left this machine. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ERR_INVALID_URL",
]);
/** Codes of a certificate that this machine refuses, before it says anything (OpenSSL's names, and Node's own). */
const UNTRUSTED = /CERT|_ISSUER|_LEAF_|SELF_SIGNED|^ERR_TLS|^ERR_SSL|^EPROTO$/;

/** The code that names a failure below HTTP, e.g. `ECONNRESET`; `undefined` where there is none. */
export function codeOf(error: unknown): string | undefined {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return [cause?.code, code].find((one): one is string => typeof one === "string");
}

/**
 * Whether a failed request can have reached the service: false only where there was never a connection to send it on, or
 * none that was trusted. In doubt true, since a POST would be repeated otherwise.
 */
export function wasSent(error: unknown): boolean {
  const code = codeOf(error) ?? "";
  if (NOT_SENT.has(code) || UNTRUSTED.test(code)) return false;
  const { cause, request } = error as { cause?: { syscall?: unknown }; request?: unknown };
  if (cause?.syscall === "connect" || cause?.syscall === "getaddrinfo") return false;
  if (!(request instanceof ClientRequest)) return true;
  const { socket } = request;
  return socket !== null && !neverConnected(socket);
}
