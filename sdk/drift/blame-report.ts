import { isApiError } from "../../provider/api/errors";
import { explain } from "../../provider/explain";
import { fromWire } from "../../provider/flow/convert";
import { type AuditEntry, auditLog } from "../../provider/query/audit-log";
import { AUDIT_ENTRY } from "../../provider/query/shapes";
import type { Service } from "../../provider/service";
import type { Accounts } from "./accounts";
import { blameFor, blameForEvent } from "./blame";
import type { Examined } from "./examine-flows";
import type { FlowReport, UnmanagedReport } from "./report";
import type { UnmanagedFindings } from "./unmanaged";

/** What asking the audit logs came to. */
export interface Blamed<T> {
  readonly value: T;
  /** Logs that could not be read; what they would have told is null. */
  readonly warnings: readonly string[];
}

/** Adds to every change, and to every missing flow, who made it. */
export async function blameFlows(
  examined: readonly Examined[],
  accounts: Accounts,
): Promise<Blamed<readonly FlowReport[]>> {
  const warnings: string[] = [];
  const flows: FlowReport[] = [];
  for (const { resource, remembered, report } of examined) {
    if (report.status === "in-sync") {
      flows.push(report);
      continue;
    }
    const entries = await readLog(accounts.of(resource.provider), report, warnings);
    const since = remembered.outputs.lastModified;
    const changes = report.changes.map((change) => ({
      ...change,
      blame: entries && blameFor(report.id, change.field, entries, since),
    }));
    const missing = report.status === "missing";
    const blame = entries && blameForEvent(report.id, ["delete"], entries);
    flows.push({ ...report, changes, ...(missing && { blame }) });
  }
  return { value: flows, warnings };
}

/** Adds to every unmanaged flow who made it, or, where the log does not reach back so far, who changed it last. */
export async function blameUnmanaged({
  report,
  services,
}: UnmanagedFindings): Promise<Blamed<UnmanagedReport>> {
  const warnings: string[] = [];
  const flows: UnmanagedReport["flows"][number][] = [];
  for (const flow of report.flows) {
    const service = services.get(flow.id);
    const entries = service === undefined ? null : await readLog(service, flow, warnings);
    const blame =
      entries &&
      (blameForEvent(flow.id, ["create"], entries) ?? blameForEvent(flow.id, ["update"], entries));
    flows.push({ ...flow, blame });
  }
  return { value: { ...report, flows }, warnings };
}

/** The audit log of a flow, or null with a warning. Where that of a deleted one is gone with it, its integration's. */
async function readLog(
  service: Service,
  { id, name, integrationId }: Pick<FlowReport, "id" | "name" | "integrationId">,
  warnings: string[],
): Promise<readonly AuditEntry[] | null> {
  try {
    return await auditLog(service, id);
  } catch (error) {
    if (isApiError(error, "notFound")) return integrationLog(service, integrationId);
    const undertaking = { doing: "reading the audit log of", name, id };
    warnings.push(explain(error, undertaking, service.settings));
    return null;
  }
}

/**
 * An integration's audit log, as far as it can be read; whether it holds entries of deleted flows is not documented
 * (`api-facts.md` 1.10, 2.1), so that nothing is missed where it does not.
 */
async function integrationLog(
  { client }: Service,
  integrationId: string | undefined,
): Promise<readonly AuditEntry[] | null> {
  if (integrationId === undefined) return null;
  const path = `/integrations/${encodeURIComponent(integrationId)}/audit`;
  try {
    const entries = await client.list(path, { action: "delete" });
    return entries.map((entry) => fromWire(AUDIT_ENTRY, entry) as unknown as AuditEntry);
  } catch (error) {
    if (isApiError(error)) return null;
    throw error;
  }
}
