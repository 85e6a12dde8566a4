import type { JsonObject } from "../../provider/api/types";
import { isApiError } from "../../provider/api/errors";
import { explain } from "../../provider/explain";
import { type AuditEntry, auditLog } from "../../provider/query/audit-log";
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

/** The audit log of a flow, or null with a warning. That of a deleted one is gone with it, and no warning. */
async function readLog(
  service: Service,
  { id, name }: { readonly id: string; readonly name: string },
  warnings: string[],
): Promise<readonly AuditEntry[] | null> {
  try {
    return (await auditLog(service, id)).filter(isEntry);
  } catch (error) {
    if (!isApiError(error, "notFound")) {
      const undertaking = { doing: "reading the audit log of", name, id };
      warnings.push(explain(error, undertaking, service.settings));
    }
    return null;
  }
}

function isEntry(entry: AuditEntry | JsonObject | null): entry is AuditEntry {
  return typeof entry === "object" && entry !== null;
}
