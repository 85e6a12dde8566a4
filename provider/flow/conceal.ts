import { DOCUMENT_FIELDS } from "./fields";
import { baselineOf, type FlowState } from "./state";

/** Key and value by which the engine knows a secret in what a provider returns. */
const MARK = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * Outputs in which documents that the program no longer has are secrets: the engine encrypts an output only where the
 * argument of that name holds a secret, and of one that the service would not clear there is no argument left. Pure.
 */
export function conceal(state: FlowState): FlowState {
  const baseline = baselineOf(state);
  const kept = DOCUMENT_FIELDS.filter((name) => baseline[name]?.[0] === "");
  const marked = kept.map(
    (name) => [name, { [MARK]: SECRET, value: state[name] ?? null }] as const,
  );
  return { ...state, ...Object.fromEntries(marked) };
}
