import * as pulumi from "@pulumi/pulumi";

import { flowTitle } from "../provider/explain";
import type * as RunOnce from "../provider/run/run-once";
import type { StartedRun } from "../provider/run/started";
import { ask } from "./ask";
import type { CallOptions } from "./call-options";

/** What {@link runFlow} runs. */
export interface RunFlowArgs {
  /** Id of the flow. */
  readonly flowId: string;
  /** Ids of the exports whose page generators run. Absent: all. */
  readonly exportIds?: readonly string[] | undefined;
  /** Beginning of the window of a delta flow, ISO 8601. Absent: where the last run ended. */
  readonly startDate?: string | undefined;
  /** End of the window, ISO 8601. Absent: now. */
  readonly endDate?: string | undefined;
}

/** A run that was started, or was not because this is a preview. */
export interface RunFlowResult extends Partial<StartedRun> {
  /** Id of the flow. */
  readonly flowId: string;
  /** Id of the run's first job. Absent in a preview, where nothing runs. */
  readonly jobId?: string;
}

/**
 * Runs a flow now, and does not wait for its end: POST `/flows/{id}/run`. A running flow is waited for, up to
 * `celigo:conflictTimeoutMs`; a lost answer is looked up in the latest jobs before anything is repeated.
 *
 * In a preview it does nothing and says so. In a program it runs the flow in every `pulumi up`, whether anything changed or
 * not, and in `pulumi destroy --run-program`: to run a flow once per deployment, use `FlowRun`.
 *
 * @throws pulumi.RunError when the flow was not run, or when that cannot be known
 */
export function runFlow(args: RunFlowArgs, options?: CallOptions): Promise<RunFlowResult> {
  const { flowId } = args;
  const undertaking = { doing: "running", id: flowId };
  if (pulumi.runtime.isDryRun()) {
    void pulumi.log.info(`runFlow: this is a preview, so flow ${flowId} is not run`);
    return Promise.resolve({ flowId });
  }
  return ask(undertaking, { flowId }, options, async (service) => {
    // The call that changes something is loaded only where it is made.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const running = require("../provider/run/run-once") as typeof RunOnce;
    return {
      flowId,
      ...(await running.runOnce(service, args, flowTitle({ id: flowId, name: undefined }))),
    };
  });
}
