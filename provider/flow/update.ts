import { isApiError } from "../api/errors";
import type { FlowBody, FlowDocument, Json } from "../api/types";
import type { Service } from "../service";
import { whenIdle } from "../when-idle";
import { type Change, compare, isAbsent, sameField } from "./compare";
import { toWire } from "./convert";
import { withCronForms } from "./cron-forms";
import { FLOW_FIELDS, READ_ONLY } from "./fields";
import { merge } from "./merge";
import { fieldsLeft, withNulls } from "./leftovers";
import { isRecord } from "./normal";
import { settle, type Settled } from "./settle";
import {
  FIELD_NAMES,
  type FieldName,
  type FlowInputs,
  type FlowState,
  liveFields,
  shapeOf,
  toBody,
} from "./state";
import { MaskedSecretError, unmaskBody } from "./unmask";
import { findMasks } from "./validate";
import { isWhole } from "./whole-answer";

/**
 * Brings a flow to what the program says: reads it, lays over it what changed, sends the whole back (contract.md 5.1). Right
 * under both meanings of PUT: a replacing one gets everything there is, a merging one is told with a second PUT and explicit
 * nulls what to drop (contract.md 5.2).
 *
 * @param title - the flow as messages name it
 * @throws ApiError, kind `notFound` when the flow is gone; MaskedSecretError, before anything is written
 */
export async function updateFlow(
  service: Service,
  target: { id: string; title: string; state: FlowState; inputs: FlowInputs },
): Promise<Settled> {
  const { title, state, inputs } = target;
  const changes = compare(state, inputs);
  // A run may last minutes, in which others edit: after it the flow is read anew.
  const { live, document } = await whenIdle(service, title, () =>
    readAndWrite(service, target, changes),
  );
  const origin = service.settings.loopback ? undefined : service.settings.origin;
  const before = { state, unseen: unseenFields(live, state), cleared: clearedFields(changes) };
  return settle(inputs, document, { origin, before });
}

async function readAndWrite(
  service: Service,
  { id, state, inputs }: { id: string; state: FlowState; inputs: FlowInputs },
  changes: readonly Change[],
): Promise<{ live: FlowDocument; document: FlowDocument }> {
  const live = await service.client.getFlow(id);
  const body = unmaskBody(overlay(live, state, changes), toBody(inputs));
  dropOtherSteps(body, inputs);
  // A group belongs to the integration that the flow leaves; only a declared one is meant for the new one.
  if (hasMoved(live, body) && inputs["flowGroupingId"] === undefined)
    lay(body, "_flowGroupingId", undefined);
  const masks = Object.entries(body).flatMap(([key, value]) => findMasks(value, key));
  if (masks.length > 0) throw new MaskedSecretError(masks.map(({ path }) => path));
  try {
    return { live, document: await writeAll(body, live, (form) => putOnce(service, id, form)) };
  } finally {
    // Whatever became of the write, what was read before it is no longer to be trusted.
    service.flows.forget(id);
  }
}

async function putOnce({ client }: Service, id: string, body: FlowBody): Promise<FlowDocument> {
  const { flow } = await client.putFlow(id, body);
  // A short answer says that it was written, not what the service made of it.
  return flow !== undefined && isWhole(flow, body) ? flow : client.getFlow(id);
}

/** One PUT, and a second one only where the first kept what it should have dropped. */
async function writeAll(
  body: FlowBody,
  live: FlowDocument,
  put: (body: FlowBody) => Promise<FlowDocument>,
): Promise<FlowDocument> {
  const dropped = Object.keys(live).filter((key) => !READ_ONLY.has(key) && !(key in body));
  let document: FlowDocument;
  try {
    document = await withCronForms(body, put);
  } catch (error) {
    // A merging service checks what it would have after the merge, so it can refuse steps beside routers although the
    // body holds only one of them.
    if (dropped.length === 0 || !isApiError(error, "invalid")) throw error;
    return withCronForms(withNulls(body, dropped), put).catch(() => {
      throw error;
    });
  }
  const left = fieldsLeft(document, body, live) ?? lostGroup(document, body, live);
  if (left === undefined) return document;
  try {
    return await withCronForms(left, put);
  } catch (error) {
    // The service will not clear it; the caller says so, and the rest of the write stands.
    if (isApiError(error, "invalid")) return document;
    throw error;
  }
}

/** A flow that moves to another integration loses its group on the way, so the group is set again (api-facts.md 6 #18). */
function lostGroup(
  document: FlowDocument,
  body: FlowBody,
  live: FlowDocument,
): FlowBody | undefined {
  const lost =
    body["_flowGroupingId"] !== undefined && (document["_flowGroupingId"] ?? null) === null;
  return lost && hasMoved(live, body) ? body : undefined;
}

/**
 * Steps in a line and branches exclude each other (api-facts.md 6 #14): what the program declares drives out the other form,
 * in which somebody or the service itself (6 #8) may have put the flow.
 */
function dropOtherSteps(body: FlowBody, inputs: FlowInputs): void {
  const forms = ["pageProcessors", "routers"] as const;
  if (forms.some((form) => isAbsent(form, body[form]))) return;
  const others = forms.filter((form) => isAbsent(form, inputs[form]));
  if (others.length === 1)
    others.forEach((form) => {
      lay(body, form, undefined);
    });
}

function hasMoved(live: FlowDocument, body: FlowBody): boolean {
  return (live["_integrationId"] ?? null) !== (body["_integrationId"] ?? null);
}

/** The live document without what only the service sets, and with each change laid over it. */
function overlay(live: FlowDocument, state: FlowState, changes: readonly Change[]): FlowBody {
  const body: FlowBody = Object.fromEntries(
    Object.entries(live).filter(([key, value]) => !READ_ONLY.has(key) && value !== null),
  );
  for (const { name, want } of changes) {
    if (name === "additionalFields") overlayAdditional(body, state["additionalFields"], want);
    else
      lay(
        body,
        FLOW_FIELDS[name].wire,
        merge(shapeOf(name), wireVersions(name, body, state[name], want)),
      );
  }
  return body;
}

function wireVersions(
  name: Exclude<FieldName, "additionalFields">,
  body: FlowBody,
  old: Json | undefined,
  want: unknown,
): Parameters<typeof merge>[1] {
  const shape = shapeOf(name);
  const wire = (value: unknown): Json | undefined =>
    value === undefined || value === null ? undefined : toWire(shape, value);
  return { live: body[FLOW_FIELDS[name].wire], old: wire(old), want: wire(want) };
}

function overlayAdditional(body: FlowBody, old: Json | undefined, want: unknown): void {
  const olds = isRecord(old) ? old : {};
  const wants = isRecord(want) ? want : {};
  for (const key of new Set([...Object.keys(olds), ...Object.keys(wants)])) {
    lay(
      body,
      key,
      merge(
        { kind: "free" },
        {
          live: body[key],
          old: olds[key],
          want: wants[key] as Json | undefined,
        },
      ),
    );
  }
}

function lay(body: FlowBody, wire: string, value: Json | undefined): void {
  if (value === undefined) Reflect.deleteProperty(body, wire);
  else body[wire] = value;
}

/** Fields that are not live what the engine believes: somebody changed them since the last refresh. */
function unseenFields(live: FlowDocument, state: FlowState): Set<FieldName> {
  const now = liveFields(live, state);
  return new Set(FIELD_NAMES.filter((name) => !sameField(name, now[name], state[name])));
}

function clearedFields(changes: readonly Change[]): Set<FieldName> {
  return new Set(changes.filter(({ name, want }) => isAbsent(name, want)).map(({ name }) => name));
}
