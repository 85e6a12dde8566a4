import { type ApiErrorInfo, isApiError } from "../api/errors";
import type { FlowBody, FlowDocument } from "../api/types";
import type { Service } from "../service";
import { sameField } from "./compare";
import { FIELD_NAMES, type FlowInputs, liveFields } from "./state";

/** The service's clock shows whole seconds, and its answer took a moment. */
const CLOCK_SLACK_MS = 2000;
/** How long after a lost POST the service may still act on it, at least. */
const FIRST_LOOK_MS = 1000;
const SECOND_LOOK_MS = 2000;
/** A request that we gave up on may be worked on for as long again, within reason. */
const LONGEST_LOOK_MS = 30_000;

/** The service may have made a flow, and which one cannot be known. */
export class UncertainCreate extends Error {
  override readonly name = "UncertainCreate";
}

/** Whether a failed POST may have been carried out all the same (contract.md 5.6). */
export function isLost(error: unknown): boolean {
  if (!isApiError(error)) return false;
  const { kind, status } = error.info satisfies ApiErrorInfo;
  if (kind === "unreachable") return false;
  return status === undefined || status === 408 || status >= 500 || (status >= 200 && status < 300);
}

/**
 * Looks, twice, for the flow that a lost POST may have made: of this name, in this integration, of this content, made since
 * the attempt by the service's own clock, and belonging to no other resource.
 *
 * @param since - local time of the attempt, in milliseconds of the service's {@link Service.clock}
 * @returns the flow, or `undefined` when it is surely absent
 * @throws UncertainCreate when several could be it, or when the list cannot be read
 */
export async function findLost(
  service: Service,
  sent: { inputs: FlowInputs; body: FlowBody; since: number; timedOut: boolean },
): Promise<FlowDocument | undefined> {
  const second = sent.timedOut
    ? Math.min(Math.max(service.settings.requestTimeoutMs, SECOND_LOOK_MS), LONGEST_LOOK_MS)
    : SECOND_LOOK_MS;
  for (const wait of [FIRST_LOOK_MS, second]) {
    await service.clock.sleep(wait);
    const candidates = await listCandidates(service, sent);
    const [only, another] = candidates;
    if (another !== undefined) {
      const ids = candidates.map(({ _id }) => _id).join(", ");
      throw new UncertainCreate(
        `the answer to its creation was lost, and several flows could be the one it made: ${ids}.\n` +
          "Next: look at them in the service, delete those that nobody needs, and adopt the right one with the `import` option.",
      );
    }
    if (only !== undefined) return only;
  }
  return undefined;
}

async function listCandidates(
  { client, claimed, clock }: Service,
  { inputs, body, since }: { inputs: FlowInputs; body: FlowBody; since: number },
): Promise<FlowDocument[]> {
  const integration = body["_integrationId"];
  const query = typeof integration === "string" ? { _integrationId: integration } : {};
  let listed: FlowDocument[];
  let serverNow: number | undefined;
  try {
    const answer = await client.listWithDate("/flows", query);
    listed = answer.items as FlowDocument[];
    serverNow = answer.date;
  } catch (error) {
    throw new UncertainCreate(
      `the answer to its creation was lost, and the list of flows cannot be read to see whether it was made (${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}).\n` +
        `Next: look for a flow named "${String(body["name"])}" in the service. If it is there, delete it or adopt it with the \`import\` option; then run again.`,
    );
  }
  const start = (serverNow ?? clock.now()) - (clock.now() - since) - CLOCK_SLACK_MS;
  return listed.filter((flow) => {
    if (claimed.has(flow._id) || flow["name"] !== body["name"]) return false;
    if ((flow["_integrationId"] ?? null) !== (integration ?? null)) return false;
    const created =
      typeof flow["createdAt"] === "string" ? Date.parse(flow["createdAt"]) : Number.NaN;
    return created >= start && sameContent(flow, inputs);
  });
}

function sameContent(flow: FlowDocument, inputs: FlowInputs): boolean {
  const live = liveFields(flow, inputs);
  return FIELD_NAMES.every(
    (name) =>
      inputs[name] === undefined ||
      inputs[name] === null ||
      sameField(name, inputs[name], live[name]),
  );
}
