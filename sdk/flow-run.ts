import * as pulumi from "@pulumi/pulumi";

import type { FlowRunArgs } from "./flow-run-args";
import { loaderTransformation, PLACEHOLDER } from "./loader";
import { preflight } from "./preflight";
import { runError } from "./run-error";

/** Type under which the engine knows runs (contract.md 3). */
const FLOW_RUN_TYPE = "pulumi-nodejs:dynamic/celigo:FlowRun";

const withLoader = loaderTransformation(FLOW_RUN_TYPE, "flowRun");

/** Outputs that no argument names. */
const OUTCOME = {
  jobId: undefined,
  exportId: undefined,
  flowExecutionGroupId: undefined,
  status: undefined,
  numSuccess: undefined,
  numError: undefined,
  startedAt: undefined,
  endedAt: undefined,
};

/**
 * One run of a flow as part of a deployment: the flow runs when the resource is made, and again when `triggers` change.
 * Nothing else ever runs it: not a preview, a refresh, a destroy, nor a change of other arguments. A run that failed fails the
 * deployment, is recorded, and is not repeated by the next one.
 *
 * @example
 * ```ts
 * new celigo.FlowRun("first-load", { flowId: flow.id, triggers: [flow.lastModified] });
 * ```
 */
export class FlowRun extends pulumi.dynamic.Resource {
  /** Id of the flow. */
  declare readonly flowId: pulumi.Output<string>;
  /** Ids of the exports that ran; `undefined` for all. */
  declare readonly exportIds: pulumi.Output<string[] | undefined>;
  /** Beginning of the window. */
  declare readonly startDate: pulumi.Output<string | undefined>;
  /** End of the window. */
  declare readonly endDate: pulumi.Output<string | undefined>;
  /** What the run was triggered by. */
  declare readonly triggers: pulumi.Output<unknown>;
  /** Id of the run's first job; the same value as `id`. */
  declare readonly jobId: pulumi.Output<string>;
  /** Id of the export that this job reads; `null` where the service does not say it. */
  declare readonly exportId: pulumi.Output<string | null>;
  /** What the jobs of the run have in common; `null` where the service does not say it. */
  declare readonly flowExecutionGroupId: pulumi.Output<string | null>;
  /** `completed`, `failed` or `canceled`; without `wait`, or after a time-out, what it was when it was last looked at. */
  declare readonly status: pulumi.Output<string>;
  /** Records that went through, in all jobs of the run. */
  declare readonly numSuccess: pulumi.Output<number>;
  /** Records that failed, in all jobs of the run. */
  declare readonly numError: pulumi.Output<number>;
  /** When the run began, ISO 8601; `null` while it is queued. */
  declare readonly startedAt: pulumi.Output<string | null>;
  /** When the run ended, ISO 8601; `null` where nobody waited for it. */
  declare readonly endedAt: pulumi.Output<string | null>;

  /**
   * @param name - name of the resource, unique in the stack
   * @param args - what runs, and when again
   * @param opts - the engine's options, `import` apart: a run that happened cannot be adopted
   * @throws pulumi.RunError when the program's folder cannot load the runtime, or the token is in the config in the clear
   */
  constructor(name: string, args: FlowRunArgs, opts: pulumi.CustomResourceOptions = {}) {
    preflight();
    if (opts.import !== undefined) {
      throw runError(
        `FlowRun "${name}" has the option \`import\`, but a run that happened cannot be adopted.\nNext: take the option away; the flow runs when the resource is made.`,
      );
    }
    const given = Object.entries(args).filter(([, value]) => value !== undefined);
    const options = { ...opts, transformations: [withLoader, ...(opts.transformations ?? [])] };
    super(
      PLACEHOLDER,
      name,
      { ...Object.fromEntries(given), ...OUTCOME },
      options,
      "celigo",
      "FlowRun",
    );
  }
}
