import { ApiError, isApiError } from "../api/errors";
import type { FlowBody, FlowDocument } from "../api/types";
import { say } from "../log";
import type { Service } from "../service";
import { withCronForms } from "./cron-forms";
import { findLost, isLost } from "./lost-create";
import { settle, type Settled } from "./settle";
import { type FlowInputs, toBody } from "./state";

/** What a create came to. */
export interface Created extends Settled {
  /** Id that the service gave. */
  readonly id: string;
}

/**
 * Creates a flow with one POST. A lost POST is never blindly repeated: what it may have made is looked for, taken over if it
 * can be no other, and made again only when it is surely absent (contract.md 5.6).
 *
 * @throws ApiError, UncertainCreate
 */
export async function createFlow(service: Service, inputs: FlowInputs): Promise<Created> {
  const body = toBody(inputs);
  const document = await inTurn(service, twinKey(body), () =>
    withCronForms(body, (form) => post(service, inputs, form)),
  );
  service.flows.forget(document._id);
  const origin = service.settings.loopback ? undefined : service.settings.origin;
  return { id: document._id, ...settle(inputs, document, { origin }) };
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
  const { client, claimed, clock, settings } = service;
  for (let attempt = 0; ; attempt += 1) {
    const since = clock.now();
    const answer = await client.createFlow(body).catch((error: unknown) => {
      if (isLost(error)) return error as ApiError;
      throw error;
    });
    let document = "flow" in answer ? answer.flow : undefined;
    if (document === undefined) {
      const timedOut = isApiError(answer, "timeout");
      say(
        `the answer to the creation of flow "${String(body["name"])}" was lost; looking whether it was made`,
      );
      document = await findLost(service, { inputs, body, since, timedOut });
    }
    if (document !== undefined) {
      claimed.add(document._id);
      return document;
    }
    if (attempt >= settings.maxRetries) throw answer instanceof Error ? answer : nothingMade();
  }
}

function nothingMade(): ApiError {
  return new ApiError({
    kind: "unexpected",
    method: "POST",
    path: "/v1/flows",
    complaints: [],
    detail: "the service answered without an _id, and no such flow was made",
  });
}
