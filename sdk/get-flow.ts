import type * as pulumi from "@pulumi/pulumi";

import { flowOf } from "../provider/query/flows";
import { ask } from "./ask";
import type { CallOptions } from "./call-options";
import type { GetFlowResult } from "./flow-result";
import { type InputsOf, outputForm, type OutputCallOptions } from "./output-form";

/** Which flow a function is about. */
export interface GetFlowArgs {
  /** Id of the flow. */
  readonly flowId: string;
}

/**
 * Reads one flow, without managing it: GET `/flows/{id}`.
 *
 * @throws pulumi.RunError naming the id when there is none
 */
export function getFlow({ flowId }: GetFlowArgs, options?: CallOptions): Promise<GetFlowResult> {
  return ask({ doing: "reading", id: flowId }, { flowId }, options, async ({ client }) => {
    return flowOf(await client.getFlow(flowId)) as unknown as GetFlowResult;
  });
}

/** {@link getFlow} for an id that is itself an output. */
export function getFlowOutput(
  args: InputsOf<GetFlowArgs>,
  options?: OutputCallOptions,
): pulumi.Output<GetFlowResult> {
  return outputForm(getFlow, args, options);
}
