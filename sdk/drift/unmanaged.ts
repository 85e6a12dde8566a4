import { listFlows } from "../../provider/query/flows";
import type { Service } from "../../provider/service";
import type { Coverage, UnmanagedFlow, UnmanagedReport } from "./report";

/** A flow that is live and managed, as far as coverage is concerned. */
export interface Covered {
  readonly id: string;
  readonly integrationId: string;
  /** The account that has it. */
  readonly service: Service;
}

/** What `--unmanaged` finds, and where to ask about each flow. */
export interface UnmanagedFindings {
  readonly report: UnmanagedReport;
  /** The account of each unmanaged flow, by the flow's id. */
  readonly services: ReadonlyMap<string, Service>;
}

/**
 * Lists the flows of every managed integration, and tells which of them nobody declares.
 *
 * @param covered - the managed flows that are live and belong to an integration
 * @param declared - ids that count as declared though this stack does not manage them: it reads them, or another stack has them
 * @throws ApiError when a list cannot be read in full
 */
export async function findUnmanaged(
  covered: readonly Covered[],
  declared: ReadonlySet<string>,
): Promise<UnmanagedFindings> {
  const services = new Map<string, Service>();
  const flows: UnmanagedFlow[] = [];
  const integrations: UnmanagedReport["integrations"][number][] = [];
  for (const { service, integrationId, managed } of byIntegration(covered)) {
    const listed = await listFlows(service, { integrationId });
    const others = listed.filter(({ _id }) => !managed.has(_id));
    for (const { _id: id, name } of others) {
      if (declared.has(id)) continue;
      flows.push({ id, name: typeof name === "string" ? name : "", integrationId });
      services.set(id, service);
    }
    const total = managed.size + others.length;
    integrations.push({ integrationId, ...coverage(managed.size, total) });
  }
  const sum = (key: "managed" | "total"): number =>
    integrations.reduce((total, integration) => total + integration[key], 0);
  return {
    report: { flows, coverage: coverage(sum("managed"), sum("total")), integrations },
    services,
  };
}

interface ManagedIntegration {
  readonly service: Service;
  readonly integrationId: string;
  readonly managed: ReadonlySet<string>;
}

/** Two providers may lead to one account, and one id may stand for two integrations in two accounts. */
function byIntegration(covered: readonly Covered[]): ManagedIntegration[] {
  const groups = new Map<string, ManagedIntegration & { readonly managed: Set<string> }>();
  for (const { id, integrationId, service } of covered) {
    const { origin, apiToken } = service.settings;
    const key = JSON.stringify([origin, apiToken, integrationId]);
    const group = groups.get(key) ?? { service, integrationId, managed: new Set<string>() };
    groups.set(key, group);
    group.managed.add(id);
  }
  return [...groups.values()].sort((one, other) =>
    one.integrationId < other.integrationId ? -1 : 1,
  );
}

function coverage(managed: number, total: number): Coverage {
  const percent = total === 0 ? null : Math.round((managed / total) * 1000) / 10;
  return { managed, total, percent };
}
