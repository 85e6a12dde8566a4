import { DOCUMENT_FIELDS } from "./fields";
import { SECRET, SECRET_KEY } from "./secret-mark";
import { baselineOf, type FlowState } from "./state";

/**
 * Outputs in which documents that the program no longer has are secrets: the engine encrypts an output only where the
 * argument of that name holds a secret, and of one that the service would not clear there is no argument left. Pure.
 */
export function conceal(state: FlowState): FlowState {
  const baseline = baselineOf(state);
  const kept = DOCUMENT_FIELDS.filter((name) => baseline[name]?.[0] === "");
  const marked = kept.map(
    (name) => [name, { [SECRET_KEY]: SECRET, value: state[name] ?? null }] as const,
  );
  return { ...state, ...Object.fromEntries(marked) };
}
