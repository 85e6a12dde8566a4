import type * as pulumi from "@pulumi/pulumi";

import { lastExport, type LastExport } from "../provider/query/last-export";
import { ask } from "./ask";
import type { CallOptions } from "./call-options";
import type { GetFlowArgs } from "./get-flow";
import { type InputsOf, outputForm, type OutputCallOptions } from "./output-form";

/**
 * Until when a delta flow has exported records: GET `/flows/{id}/lastExportDateTime`.
 *
 * @throws pulumi.RunError naming the flow
 */
export function getFlowLastExportDateTime(
  { flowId }: GetFlowArgs,
  options?: CallOptions,
): Promise<LastExport> {
  return ask(
    { doing: "reading the last export time of", id: flowId },
    { flowId },
    options,
    (service) => lastExport(service, flowId),
  );
}

/** {@link getFlowLastExportDateTime} for an id that is itself an output. */
export function getFlowLastExportDateTimeOutput(
  args: InputsOf<GetFlowArgs>,
  options?: OutputCallOptions,
): pulumi.Output<LastExport> {
  return outputForm(getFlowLastExportDateTime, args, options);
}
