import { type ApiError, isApiError } from "../api/errors";
import type { FlowBody, FlowDocument } from "../api/types";
import { listNamesakes } from "./namesakes";
import { messageOf } from "../explain";
import type { Service } from "../service";
import { resembles } from "./resembles";
import type { FlowInputs } from "./state";

/** The service's clock shows whole seconds, and not all of its machines need agree. */
const CLOCK_SLACK_MS = 2000;
/** How long after a lost POST the service is looked at, and again: it may be carried out late. */
const LOOKS_MS = [1000, 2000];
/** The second wait after a POST that ran out of time: what was too slow for us may well go on. */
const SLOW_LOOK_MS = { least: 7000, most: 30_000 };
/** How long after it was made good: lists may lag behind what was made, and the lost one may still be carried out. */
const LATE_LOOK_MS = 5000;

/** The service may have made a flow, and which one cannot be known. */
export class UncertainCreate extends Error {
  override readonly name = "UncertainCreate";
}

/** A POST of which nobody knows whether it was carried out. */
export interface LostPost {
  /** What the program says. */
  readonly inputs: FlowInputs;
  /** What was sent. */
  readonly body: FlowBody;
  /** When it went out, by {@link Service.clock}. */
  readonly since: number;
  /** Whether time ran out, on our side or on a gateway's. */
  readonly isSlow: boolean;
}

/** A flow as messages name it before it has an id. */
export function titleOf({ name }: FlowBody): string {
  return typeof name === "string" ? `flow "${name}"` : "the flow";
}

/** Whether a failed POST may have been carried out all the same (contract.md 5.6). */
export function isLost(error: unknown): boolean {
  if (!isApiError(error)) return false;
  const { kind, status } = error.info;
  if (kind === "unreachable") return false;
  return status === undefined || status === 408 || status >= 500 || (status >= 200 && status < 300);
}

/** Whether time ran out, on our side or on a gateway's: what was asked for may still be worked on. */
export function isSlow(error: ApiError): boolean {
  return error.info.kind === "timeout" || error.info.status === 504;
}

/**
 * Looks, twice, for the flow that a lost POST may have made: of this name, in this integration, of this content, made since
 * the attempt by the service's own clock, not seen before it, and belonging to no other resource.
 *
 * @returns the flow, or `undefined` when it is absent
 * @throws UncertainCreate when several could be it, when their age is unknown, or when the last look fails
 */
export async function findLost(
  service: Service,
  lost: LostPost,
): Promise<FlowDocument | undefined> {
  const { requestTimeoutMs } = service.settings;
  const slow = Math.min(Math.max(requestTimeoutMs, SLOW_LOOK_MS.least), SLOW_LOOK_MS.most);
  const waits = lost.isSlow ? [LOOKS_MS[0], slow] : LOOKS_MS;
  let failure: unknown;
  for (const wait of waits) {
    await service.clock.sleep(wait ?? 0);
    try {
      failure = undefined;
      const only = onlyOne(await candidates(service, lost));
      if (only !== undefined) return only;
    } catch (error) {
      if (!isApiError(error)) throw error;
      failure = error;
    }
  }
  if (failure !== undefined) throw unreadable(failure, lost);
  return undefined;
}

/**
 * Looks once more some seconds after a lost POST was made good by another one: has the first been carried out late, or
 * listed late?
 *
 * @param made - id of the flow that the second one made
 * @throws ApiError, UncertainCreate
 */
export async function findLate(
  service: Service,
  lost: LostPost,
  made: string,
): Promise<FlowDocument | undefined> {
  await service.clock.sleep(LATE_LOOK_MS);
  return onlyOne((await candidates(service, lost)).filter(({ _id }) => _id !== made));
}

function onlyOne(found: readonly FlowDocument[]): FlowDocument | undefined {
  const [only, another] = found;
  if (another === undefined) return only;
  throw uncertain("several flows could be the one it made", found);
}

async function candidates(service: Service, lost: LostPost): Promise<FlowDocument[]> {
  const { claimed, client, flows } = service;
  const { flows: namesakes, date } = await listNamesakes(service, lost.body);
  const isNewer = ageBy(service, lost, date);
  const found: FlowDocument[] = [];
  for (const namesake of namesakes) {
    const { _id: id } = namesake;
    if (claimed.has(id) || flows.hadBefore(id, lost.since)) continue;
    const newer = isNewer(namesake);
    if (newer === false) continue;
    // A list may leave fields out (api-facts.md 1.5), so the document itself is looked at.
    const flow = await ifThere(client.getFlow(id));
    if (flow === undefined || !resembles(flow, lost)) continue;
    if (newer === undefined) {
      throw uncertain("a flow could be the one it made, and nothing says when it was made", [flow]);
    }
    found.push(flow);
  }
  return found;
}

/**
 * Tells whether a flow that had not been listed before the attempt was made since; `undefined` when nobody can say. By the
 * service's own clock, unless that has it older than a list that did not show it: then the clock is wrong.
 */
function ageBy(
  { clock, flows }: Service,
  { body, since }: LostPost,
  date: number | undefined,
): (flow: FlowDocument) => boolean | undefined {
  const integration = body["_integrationId"];
  const listedAt = flows.listedAt(typeof integration === "string" ? integration : undefined);
  const wasListed = listedAt !== undefined && listedAt <= since;
  const inServiceTime = (local: number): number =>
    (date ?? Number.NaN) - (clock.now() - local) - CLOCK_SLACK_MS;
  return ({ createdAt }) => {
    const created = typeof createdAt === "string" ? Date.parse(createdAt) : Number.NaN;
    if (date === undefined || Number.isNaN(created)) return wasListed ? true : undefined;
    if (created >= inServiceTime(since)) return true;
    return wasListed && created < inServiceTime(listedAt);
  };
}

async function ifThere(reading: Promise<FlowDocument>): Promise<FlowDocument | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isApiError(error, "notFound")) return undefined;
    throw error;
  }
}

function uncertain(why: string, found: readonly FlowDocument[]): UncertainCreate {
  const ids = found.map(({ _id }) => _id).join(", ");
  return new UncertainCreate(
    `the answer to its creation was lost, and ${why}: ${ids}.\n` +
      "Next: look at them in the service, delete those that nobody needs, and adopt the right one with the `import` option.",
  );
}

function unreadable(failure: unknown, { body }: LostPost): UncertainCreate {
  const why = messageOf(failure).split("\n")[0] ?? "";
  return new UncertainCreate(
    `the answer to its creation was lost, and the list of flows cannot be read to see whether it was made (${why}).\n` +
      `Next: look for ${titleOf(body)} in the service. If it is there, delete it or adopt it with the \`import\` option; then run again.`,
  );
}
