import type * as pulumi from "@pulumi/pulumi";

import { latestJobs, type FlowJob } from "../provider/query/jobs";
import { ask } from "./ask";
import type { CallOptions } from "./call-options";
import type { GetFlowArgs } from "./get-flow";
import { type InputsOf, outputForm, type OutputCallOptions } from "./output-form";

/**
 * The latest job of each page generator: GET `/flows/{id}/jobs/latest`. A flow that never ran has none.
 *
 * @throws pulumi.RunError naming the flow
 */
export function getFlowLatestJobs(
  { flowId }: GetFlowArgs,
  options?: CallOptions,
): Promise<FlowJob[]> {
  return ask({ doing: "reading the latest jobs of", id: flowId }, { flowId }, options, (service) =>
    latestJobs(service, flowId),
  );
}

/** {@link getFlowLatestJobs} for an id that is itself an output. */
export function getFlowLatestJobsOutput(
  args: InputsOf<GetFlowArgs>,
  options?: OutputCallOptions,
): pulumi.Output<FlowJob[]> {
  return outputForm(getFlowLatestJobs, args, options);
}
