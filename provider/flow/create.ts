import { type ApiError, asConflict, isApiError } from "../api/errors";
import type { FlowBody, FlowDocument, JsonObject } from "../api/types";
import { explain, messageOf } from "../explain";
import { HalfDone } from "../failure";
import { say } from "../log";
import type { Service } from "../service";
import { withCronForms } from "./cron-forms";
import {
  findLate,
  findLost,
  isLost,
  isSlow,
  type LostPost,
  titleOf,
  UncertainCreate,
} from "./lost-create";
import { settle, type Settled } from "./settle";
import { FIELD_NAMES, type FlowInputs, toBody } from "./state";
import { isWhole } from "./whole-answer";

/** What a create came to. */
export interface Created extends Settled {
  /** Id that the service gave. */
  readonly id: string;
}

/**
 * Creates a flow with one POST. A lost POST is never blindly repeated: what it may have made is looked for, taken over if it
 * can be no other, and made again only when it is absent (contract.md 5.6).
 *
 * @throws ApiError, UncertainCreate; HalfDone for whatever fails once the flow is there (contract.md 5.10)
 */
export async function createFlow(service: Service, inputs: FlowInputs): Promise<Created> {
  const body = toBody(inputs);
  const make = (): Promise<FlowDocument> =>
    withCronForms(body, (form) => post(service, inputs, form));
  const made = await inTurn(service, twinKey(body), make);
  service.flows.forget(made._id);
  try {
    // A short answer says that it was made, not what the service made of it.
    const document = isWhole(made, body) ? made : await service.client.getFlow(made._id);
    const origin = service.settings.loopback ? undefined : service.settings.origin;
    return { id: made._id, ...settle(inputs, document, { origin }) };
  } catch (error) {
    throw halfDone(service, inputs, { id: made._id, error });
  }
}

/** Flows that could be taken for one another are made one after the other, so that at most one POST can be lost at a time. */
async function inTurn<T>(service: Service, key: string, work: () => Promise<T>): Promise<T> {
  const before = service.creates.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  service.creates.set(key, mine);
  return mine;
}

function twinKey(body: FlowBody): string {
  return JSON.stringify([body["name"], body["_integrationId"] ?? null]);
}

async function post(service: Service, inputs: FlowInputs, body: FlowBody): Promise<FlowDocument> {
  let lost: LostPost | undefined;
  for (let attempt = 0; ; attempt += 1) {
    let document: FlowDocument | undefined;
    try {
      document = await service.client.createFlow(body);
      if (lost !== undefined) document = await withoutLate(service, lost, document);
    } catch (error) {
      if (!isLost(error)) throw isApiError(error) ? asConflict(error) : error;
      const again = lostPost(error as ApiError, { inputs, body, now: service.clock.now() });
      // Of several lost ones the first counts: any of them may still be carried out.
      lost = { ...again, since: lost?.since ?? again.since };
      say(`the answer to the creation of ${titleOf(body)} was lost; looking whether it was made`);
      document = await findLost(service, lost);
      if (document === undefined && attempt >= service.settings.maxRetries) throw error;
    }
    if (document === undefined) continue;
    service.claimed.add(document._id);
    return document;
  }
}

function lostPost(
  error: ApiError,
  { now, ...sent }: Pick<LostPost, "inputs" | "body"> & { now: number },
): LostPost {
  return { ...sent, since: now - (error.info.lastedMs ?? 0), isSlow: isSlow(error) };
}

/**
 * A POST that was lost may be carried out as late as this, after it was absent twice. Then there are two flows, and the one
 * that surely is ours, and that nobody else has heard of, goes.
 */
async function withoutLate(
  service: Service,
  lost: LostPost,
  made: FlowDocument,
): Promise<FlowDocument> {
  let late: FlowDocument | undefined;
  try {
    late = await findLate(service, lost, made._id);
    if (late === undefined) return made;
    await service.client.deleteFlow(made._id);
    return late;
  } catch (error) {
    if (late === undefined && isApiError(error)) {
      say(
        `warning: ${titleOf(lost.body)} (${made._id}) was made after an answer was lost, and the list cannot be read to see whether it is there twice`,
      );
      return made;
    }
    service.claimed.add(made._id);
    const twins = late === undefined ? error : madeTwice(made._id, late._id);
    throw halfDone(service, lost.inputs, { id: made._id, error: twins });
  }
}

function madeTwice(made: string, late: string): UncertainCreate {
  return new UncertainCreate(
    `the answer to its creation was lost, and it was made twice: ${made}, which is in the stack, and ${late}.\n` +
      `Next: delete flow ${late} in the service.`,
  );
}

/** The flow is there and stays in the state: as the program says it, since what came of it is not known. */
function halfDone(
  { settings, flows }: Service,
  inputs: FlowInputs,
  { id, error }: { id: string; error: unknown },
): HalfDone {
  flows.forget(id);
  const name = typeof inputs["name"] === "string" ? inputs["name"] : undefined;
  const said = FIELD_NAMES.flatMap((field) =>
    inputs[field] === undefined ? [] : [[field, inputs[field]] as const],
  );
  const properties = { ...Object.fromEntries(said), __provider: inputs["__provider"] };
  const clean = JSON.parse(JSON.stringify(properties)) as JsonObject;
  const what =
    error instanceof UncertainCreate || isApiError(error)
      ? error
      : new Error(
          `the flow was made, and its answer cannot be understood (${messageOf(error)}). It is in the stack; run again.`,
        );
  return new HalfDone(explain(what, { doing: "creating", name, id }, settings), id, clean);
}
