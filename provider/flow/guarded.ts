import { explain, flowTitle, messageOf } from "../explain";
import { Failure } from "../failure";
import { currentService } from "../session";
import type { Service } from "../service";
import { SettingsError, type Settings } from "../settings";
import type { FlowState } from "./state";

/**
 * Does a verb's work on a flow that has an id: on the right service, and with whatever fails told for people.
 *
 * @param doing - what is being done, e.g. `"reading"`
 * @throws Failure
 */
export async function guarded<T>(
  doing: string,
  id: string,
  state: FlowState,
  work: (service: Service) => Promise<T>,
): Promise<T> {
  const name = nameOf(state);
  const service = openService(doing, { name, id });
  try {
    refuseOtherOrigin(state, id, service.settings);
    service.claimed.add(id);
    return await work(service);
  } catch (error) {
    throw asFailure(error, { doing, name, id }, service.settings);
  }
}

/**
 * The account of this process.
 *
 * @throws Failure where its settings are wrong
 */
export function openService(
  doing: string,
  flow: { name: string | undefined; id?: string },
): Service {
  try {
    return currentService();
  } catch (error) {
    throw new Failure(
      error instanceof SettingsError
        ? error.message
        : `${doing} ${flowTitle(flow)} failed: ${messageOf(error)}`,
    );
  }
}

/** Another origin would answer 404 to every id; that must not pass for deletions (contract.md 5.8). */
function refuseOtherOrigin(
  { __origin: origin, ...state }: FlowState,
  id: string,
  settings: Settings,
): void {
  if (origin === undefined || origin === settings.origin) return;
  throw new Failure(
    `${flowTitle({ name: nameOf(state), id })} was made at ${origin}, and the settings now point at ${settings.origin}. Another region or environment does not have it.\n` +
      `Next: set celigo:region or celigo:baseUrl (CELIGO_REGION, CELIGO_BASE_URL) back, or use another stack for ${settings.origin}.`,
  );
}

/** Any error as the engine shows it, without a stack. */
export function asFailure(
  error: unknown,
  undertaking: { doing: string; name: string | undefined; id?: string },
  settings: Settings,
): Failure {
  return error instanceof Failure ? error : new Failure(explain(error, undertaking, settings));
}

/** Display name, where outputs or inputs have one. */
export function nameOf(fields: Readonly<Record<string, unknown>>): string | undefined {
  return typeof fields["name"] === "string" ? fields["name"] : undefined;
}
