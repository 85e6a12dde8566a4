import type * as pulumi from "@pulumi/pulumi";

import { descendants, type FlowDescendants } from "../provider/query/descendants";
import { ask } from "./ask";
import type { CallOptions } from "./call-options";
import type { GetFlowArgs } from "./get-flow";
import { type InputsOf, outputForm, type OutputCallOptions } from "./output-form";

/**
 * The exports and imports of a flow as whole documents: GET `/flows/{id}/descendants`.
 *
 * @throws pulumi.RunError naming the flow
 */
export function getFlowDescendants(
  { flowId }: GetFlowArgs,
  options?: CallOptions,
): Promise<FlowDescendants> {
  return ask(
    { doing: "reading the exports and imports of", id: flowId },
    { flowId },
    options,
    (service) => descendants(service, flowId),
  );
}

/** {@link getFlowDescendants} for an id that is itself an output. */
export function getFlowDescendantsOutput(
  args: InputsOf<GetFlowArgs>,
  options?: OutputCallOptions,
): pulumi.Output<FlowDescendants> {
  return outputForm(getFlowDescendants, args, options);
}
