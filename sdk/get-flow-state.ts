import type * as pulumi from "@pulumi/pulumi";

import { flowState, type FlowStateInfo } from "../provider/query/flow-state";
import { ask } from "./ask";
import type { CallOptions } from "./call-options";
import type { GetFlowArgs } from "./get-flow";
import { type InputsOf, outputForm, type OutputCallOptions } from "./output-form";

/**
 * What a flow is doing, from the flow and its latest jobs: `running` while one goes on, otherwise `enabled` or `disabled`.
 *
 * @throws pulumi.RunError naming the flow
 */
export function getFlowState(
  { flowId }: GetFlowArgs,
  options?: CallOptions,
): Promise<FlowStateInfo> {
  return ask({ doing: "reading the state of", id: flowId }, { flowId }, options, (service) =>
    flowState(service, flowId),
  );
}

/** {@link getFlowState} for an id that is itself an output. */
export function getFlowStateOutput(
  args: InputsOf<GetFlowArgs>,
  options?: OutputCallOptions,
): pulumi.Output<FlowStateInfo> {
  return outputForm(getFlowState, args, options);
}
