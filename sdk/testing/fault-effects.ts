import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { JsonObject } from "../../provider/api/types";
import type { Fault } from "./faults";
import { isObject } from "./json";
import type { OpenEntry } from "./log";
import type { Answer } from "./route";
import { pause, sendTruncated, toResponse } from "./wire";
import type { Wire } from "./wire";

/** A request that a fault has hit. */
export interface Hit {
  readonly fault: Fault;
  readonly entry: OpenEntry;
  readonly wire: Wire;
  /** Does what the request asks; the answer may be a refusal. */
  readonly carryOut: () => Promise<Answer>;
}

const HTML =
  "<!doctype html><html><head><title>Proxy</title></head><body><h1>Please stand by</h1></body></html>";

/** Sockets whose next request is cut off, as on a server that closes idle connections. */
const doomed = new WeakMap<object, Fault>();

/** The `idleClose` fault that waits on the connection of a request. */
export function idleFaultOn(wire: Wire): Fault | undefined {
  return doomed.get(wire.incoming.socket);
}

/** Cuts the connection; nothing more is sent on it. */
export function cut(wire: Wire): Response {
  wire.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

async function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}

function answered(entry: OpenEntry, response: Response): Response {
  entry.status = response.status;
  return response;
}

function page(
  status: number,
  wire: Wire,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(HTML, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", ...wire.headers, ...headers },
  });
}

function asError(status: number): JsonObject {
  return {
    errors: [
      {
        code: `fault_${String(status)}`,
        message: `The emulator was told to answer ${String(status)}`,
      },
    ],
  };
}

async function performStatus(
  hit: Hit,
  fault: Extract<Fault, { kind: "status" }>,
): Promise<Response> {
  if (fault.carryOut === true) await hit.carryOut();
  const { status, body = "json", headers = {} } = fault;
  if (body === "html") return page(status, hit.wire, headers);
  const hasBody = body !== "empty" && ![204, 205, 304].includes(status);
  const answer: Answer = {
    status,
    headers,
    ...(hasBody ? { body: body === "json" ? asError(status) : body } : {}),
  };
  return toResponse(answer, hit.wire);
}

async function performHalf(hit: Hit): Promise<Response> {
  const answer = await hit.carryOut();
  if (answer.body === undefined) return cut(hit.wire);
  hit.entry.status = answer.status;
  sendTruncated(answer, hit.wire);
  return RESPONSE_ALREADY_SENT;
}

async function performNoId(hit: Hit): Promise<Response> {
  const answer = await hit.carryOut();
  if (!isObject(answer.body)) return toResponse(answer, hit.wire);
  const { _id, ...rest } = answer.body;
  return toResponse({ ...answer, body: rest }, hit.wire);
}

async function performSilent(hit: Hit): Promise<Response> {
  const { fault, wire } = hit;
  switch (fault.kind) {
    case "cutAfter":
      await hit.carryOut();
      return cut(wire);
    case "hangAfter":
      await hit.carryOut();
      return never();
    case "lateWrite":
      await pause(fault.ms, wire.closing);
      await hit.carryOut();
      return never();
    case "hang":
      return never();
    default:
      return cut(wire);
  }
}

async function performLate(hit: Hit, ms: number, isEarly: boolean): Promise<Response> {
  const early = isEarly ? await hit.carryOut() : undefined;
  await pause(ms, hit.wire.closing);
  return toResponse(early ?? (await hit.carryOut()), hit.wire);
}

/** Does to a request what the fault says. Comes back with a response, or never. */
export async function perform(hit: Hit): Promise<Response> {
  const { fault, entry, wire } = hit;
  switch (fault.kind) {
    case "status":
      return answered(entry, await performStatus(hit, fault));
    case "html200":
      if (fault.carryOut !== false) await hit.carryOut();
      return answered(entry, page(200, wire));
    case "noId":
      return answered(entry, await performNoId(hit));
    case "slow":
    case "slowEarly":
      return answered(entry, await performLate(hit, fault.ms, fault.kind === "slowEarly"));
    case "truncated":
      return performHalf(hit);
    case "idleClose":
      doomed.set(wire.incoming.socket, fault);
      return answered(entry, toResponse(await hit.carryOut(), wire));
    default:
      return performSilent(hit);
  }
}
