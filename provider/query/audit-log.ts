import type { JsonObject } from "../api/types";
import { fromWire } from "../flow/convert";
import type { Service } from "../service";
import { ofFlow } from "./path";
import { AUDIT_ENTRY } from "./shapes";

/**
 * One change, as the service noted it (`api-facts.md` 1.10). Old and new values may hold configuration that belongs in no
 * log.
 */
export interface AuditEntry {
  /** Id of the entry. */
  readonly id?: string;
  /** What was changed: `flow`, `export`, `import`, … */
  readonly resourceType?: string;
  /** Id of what was changed; the flow, or one of its exports and imports. */
  readonly resourceId?: string;
  /** Through what: `ui`, `api`, `connector`, `script`, `stack`, `system` or `sso`. */
  readonly source?: string;
  /** `create`, `update`, `delete`, `view`, … */
  readonly event?: string;
  /** When, ISO 8601. */
  readonly time?: string;
  /** Who. */
  readonly byUser?: { readonly id?: string; readonly email?: string; readonly name?: string };
  /** What was changed, field by field, paths as the API names them. */
  readonly fieldChanges?: readonly {
    readonly fieldPath?: string;
    readonly oldValue?: unknown;
    readonly newValue?: unknown;
  }[];
}

/**
 * The audit log of a flow and of its exports and imports, in the service's order (newest first), all pages. Bare, under
 * `audit` and under `auditLogs` are the same.
 *
 * @throws ApiError
 */
export async function auditLog({ client }: Service, flowId: string): Promise<AuditEntry[]> {
  const entries = await client.list(ofFlow(flowId, "audit"));
  return entries.map((entry: JsonObject) => fromWire(AUDIT_ENTRY, entry) as unknown as AuditEntry);
}
