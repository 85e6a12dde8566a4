import type * as pulumi from "@pulumi/pulumi";

import { type FlowFilter, flowOf, listFlows } from "../provider/query/flows";
import { ask } from "./ask";
import type { CallOptions } from "./call-options";
import type { GetFlowResult } from "./flow-result";
import { type InputsOf, outputForm, type OutputCallOptions } from "./output-form";

/**
 * Reads all flows that match, all pages: GET `/flows`. None is an empty list. Instances of abstract flows are not listed; a
 * token that is limited to some integrations sees nothing without `integrationId` (`api-facts.md` 1.5).
 *
 * @throws pulumi.RunError
 */
export function getFlows(
  { integrationId, disabled, name }: FlowFilter = {},
  options?: CallOptions,
): Promise<GetFlowResult[]> {
  return ask({ doing: "reading", what: "the list of flows" }, {}, options, async (service) => {
    const documents = await listFlows(service, { integrationId, disabled, name });
    return documents.map((document) => flowOf(document) as unknown as GetFlowResult);
  });
}

/** {@link getFlows} for a filter of outputs. */
export function getFlowsOutput(
  args: InputsOf<FlowFilter> = {},
  options?: OutputCallOptions,
): pulumi.Output<GetFlowResult[]> {
  return outputForm(getFlows, args, options);
}
