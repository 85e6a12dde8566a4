import { say } from "../log";
import type { Service } from "../service";
import { isUnknown } from "./unknown";
import type { FlowInputs } from "./state";

/**
 * Warns of a new flow whose name its integration already has: most likely it exists already and should be adopted
 * (contract.md 5.4). What cannot be looked up is no warning; the create itself will say what is wrong.
 */
export async function warnOfTwins(
  service: Service,
  { name, integrationId }: FlowInputs,
): Promise<void> {
  if (typeof name !== "string" || isUnknown(name) || isUnknown(integrationId)) return;
  const integration = typeof integrationId === "string" ? integrationId : undefined;
  let flows;
  try {
    flows = await service.flows.list(integration).all();
  } catch {
    return;
  }
  const twins = flows.filter(
    ({ _id, name: other, _integrationId }) =>
      other === name &&
      (_integrationId ?? undefined) === integration &&
      typeof _id === "string" &&
      !service.claimed.has(_id),
  );
  if (twins.length === 0) return;
  const ids = twins.map(({ _id }) => _id as string);
  say(
    `warning: the new flow "${name}" has the name of ${ids.length === 1 ? "a flow" : `${String(ids.length)} flows`} in the same place: ${ids.join(", ")}. ` +
      `To take it over instead of making another, add the option { import: "${ids[0] ?? ""}" }.`,
  );
}
