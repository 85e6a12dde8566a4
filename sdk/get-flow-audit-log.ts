import type * as pulumi from "@pulumi/pulumi";

import { auditLog, type AuditEntry } from "../provider/query/audit-log";
import { ask } from "./ask";
import type { CallOptions } from "./call-options";
import type { GetFlowArgs } from "./get-flow";
import { type InputsOf, outputForm, type OutputCallOptions } from "./output-form";

/**
 * Who changed a flow, its exports and its imports, newest first, all pages: GET `/flows/{id}/audit`. Old and new values may hold
 * configuration: think before you export or log them.
 *
 * @throws pulumi.RunError naming the flow
 */
export function getFlowAuditLog(
  { flowId }: GetFlowArgs,
  options?: CallOptions,
): Promise<AuditEntry[]> {
  return ask({ doing: "reading the audit log of", id: flowId }, { flowId }, options, (service) =>
    auditLog(service, flowId),
  );
}

/** {@link getFlowAuditLog} for an id that is itself an output. */
export function getFlowAuditLogOutput(
  args: InputsOf<GetFlowArgs>,
  options?: OutputCallOptions,
): pulumi.Output<AuditEntry[]> {
  return outputForm(getFlowAuditLog, args, options);
}
