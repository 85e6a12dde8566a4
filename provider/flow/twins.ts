import type { Service } from "../service";
import { isUnknown } from "./unknown";
import type { FlowInputs } from "./state";

/** Services whose list could not be read: no further flow waits for it. */
const blind = new WeakSet<Service>();

/**
 * Ids of the flows that have a new flow's name in its integration: most likely it exists already and should be adopted
 * (contract.md 5.4). What cannot be looked up is none; the create itself will say what is wrong.
 */
export async function findTwins(
  service: Service,
  { name, integrationId }: FlowInputs,
): Promise<string[]> {
  if (typeof name !== "string" || isUnknown(name) || isUnknown(integrationId)) return [];
  if (blind.has(service)) return [];
  const integration = typeof integrationId === "string" ? integrationId : undefined;
  let flows;
  try {
    flows = await service.flows.all(integration);
  } catch {
    blind.add(service);
    return [];
  }
  return (flows ?? []).flatMap(({ _id: id, name: other, _integrationId }) =>
    other === name &&
    (_integrationId ?? undefined) === integration &&
    typeof id === "string" &&
    !service.claimed.has(id)
      ? [id]
      : [],
  );
}

/** The warning of twins, for the person who reads the preview. Pure. */
export function twinWarning(name: string, twins: readonly string[]): string {
  const several = twins.length === 1 ? "a flow" : `${String(twins.length)} flows`;
  return (
    `the new flow "${name}" has the name of ${several} in the same place: ${twins.join(", ")}. ` +
    `To take it over instead of making another, add the option { import: "${twins[0] ?? ""}" }.`
  );
}
