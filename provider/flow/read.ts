import type { FlowDocument, Json } from "../api/types";
import type { Service } from "../service";
import { isAbsent, sameField } from "./compare";
import { baselineOf, FIELD_NAMES, type FlowState, liveFields, saidNames, toBody } from "./state";

/** What a read found. */
export interface Found {
  /** Outputs as the service now has them; the baseline is carried over, never renewed (contract.md 5.3). */
  readonly state: FlowState;
  /** Inputs that would give these outputs; only where a field moved, so that noise changes nothing. */
  readonly inputs?: Readonly<Record<string, Json>>;
}

/**
 * Reads one flow of the stack, together with the others (contract.md 5.9).
 *
 * @returns `undefined` when the service says that there is none (404 and nothing else)
 * @throws ApiError, AllGoneError
 */
export async function readFlow(
  service: Service,
  id: string,
  old: FlowState,
): Promise<Found | undefined> {
  const integration = old["integrationId"];
  const document = await service.flows.load({
    id,
    integrationId: typeof integration === "string" ? integration : undefined,
    has: saidNames(toBody(old)),
  });
  if (document === undefined) return undefined;
  service.claimed.add(id);
  return found(document as FlowDocument, old);
}

/** Outputs of a flow that is only looked at: everything that it has (`Flow.get`). */
export function wholeState(document: FlowDocument): FlowState {
  const { createdAt, lastModified } = document;
  return {
    disabled: false,
    ...liveFields(document, {}),
    ...(typeof createdAt === "string" && { createdAt }),
    ...(typeof lastModified === "string" && { lastModified }),
  };
}

/** Lays a document over remembered outputs: a field that means the same keeps the form in which it was declared. Pure. */
export function found(document: FlowDocument, old: FlowState): Found {
  const live = liveFields(document, old);
  const baseline = baselineOf(old);
  const state: Record<string, Json> = {};
  const inputs: Record<string, Json> = {};
  let moved = false;
  for (const name of FIELD_NAMES) {
    const remembered = old[name];
    const now = live[name];
    const same = sameField(name, now, remembered);
    const value = same ? remembered : now;
    if (!same) moved = true;
    if (value === undefined) continue;
    state[name] = value;
    // What the service set by itself and nobody touched is no input.
    const own = same && baseline[name]?.[0] === "";
    if (!own && !isAbsent(name, value)) inputs[name] = value;
  }
  // Absent means off, and a default that outputs lack would be unknown in every preview.
  state["disabled"] ??= false;
  inputs["disabled"] = state["disabled"];
  const carried = ["createdAt", "lastModified", "__baseline", "__origin"].flatMap((key) =>
    old[key] === undefined ? [] : [[key, old[key]] as const],
  );
  return { state: { ...state, ...Object.fromEntries(carried) }, ...(moved && { inputs }) };
}
