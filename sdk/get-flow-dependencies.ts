import type * as pulumi from "@pulumi/pulumi";

import { dependencies, type FlowDependencies } from "../provider/query/dependencies";
import { ask } from "./ask";
import type { CallOptions } from "./call-options";
import type { GetFlowArgs } from "./get-flow";
import { type InputsOf, outputForm, type OutputCallOptions } from "./output-form";

/**
 * What uses a flow (chains, aliases, …), by plural type of resource: GET `/flows/{id}/dependencies`. Empty when nothing does.
 *
 * @throws pulumi.RunError naming the flow
 */
export function getFlowDependencies(
  { flowId }: GetFlowArgs,
  options?: CallOptions,
): Promise<FlowDependencies> {
  return ask({ doing: "reading what uses", id: flowId }, { flowId }, options, (service) =>
    dependencies(service, flowId),
  );
}

/** {@link getFlowDependencies} for an id that is itself an output. */
export function getFlowDependenciesOutput(
  args: InputsOf<GetFlowArgs>,
  options?: OutputCallOptions,
): pulumi.Output<FlowDependencies> {
  return outputForm(getFlowDependencies, args, options);
}
