import * as pulumi from "@pulumi/pulumi";

import type { FlowArgs } from "./flow-args";
import { FLOW_TYPE, registerFlow } from "./flow-registration";
import { PLACEHOLDER } from "./loader";
import { runError } from "./run-error";
import { stepIds } from "./step-ids";
import { defineUndeclaredOutputs } from "./undeclared-outputs";

/**
 * A flow of integrator.io: sources (page generators) that feed steps (page processors), on a schedule or on demand.
 *
 * A change of any argument is made in place; nothing ever replaces a flow on its own account. To take over a flow that
 * exists already, pass `{ import: "<flow id>" }` in the options: it is read, compared with the arguments and never written.
 *
 * @example
 * ```ts
 * new celigo.Flow("customer-sync", {
 *   schedule: "0 *\/6 * * *",
 *   timezone: "America/Los_Angeles",
 *   pageGenerators: [{ exportId: "exp123" }],
 *   pageProcessors: [{ type: "import", importId: "imp123" }],
 * });
 * ```
 */
export class Flow extends pulumi.dynamic.Resource {
  /** Display name. */
  declare readonly name: pulumi.Output<string>;
  /** What the flow is for. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** Id of the integration that owns the flow; `undefined` for a standalone one. */
  declare readonly integrationId: pulumi.Output<string | undefined>;
  /** Whether the flow is off. */
  declare readonly disabled: pulumi.Output<boolean>;
  /** When the flow runs, in the form in which the program has it. */
  declare readonly schedule: pulumi.Output<string | undefined>;
  /** Zone of the schedule. */
  declare readonly timezone: pulumi.Output<string | undefined>;
  /** The sources. */
  declare readonly pageGenerators: pulumi.Output<pulumi.Unwrap<FlowArgs["pageGenerators"]>>;
  /** The steps. */
  declare readonly pageProcessors: pulumi.Output<pulumi.Unwrap<FlowArgs["pageProcessors"]>>;
  /** The forks. */
  declare readonly routers: pulumi.Output<pulumi.Unwrap<FlowArgs["routers"]>>;
  /** Ids of the flows started afterwards. */
  declare readonly runNextFlowIds: pulumi.Output<string[] | undefined>;
  /** Single sources of other flows started afterwards. */
  declare readonly runNextExportIds: pulumi.Output<
    { flowId: string; exportId: string }[] | undefined
  >;
  /** Whether all sources are read at once. */
  declare readonly runPageGeneratorsInParallel: pulumi.Output<boolean | undefined>;
  /** Whether failed records are not retried. */
  declare readonly skipRetries: pulumi.Output<boolean | undefined>;
  /** Whether open errors are resolved by later successes. */
  declare readonly autoResolveMatchingTraceKeys: pulumi.Output<boolean | undefined>;
  /** Id of the group on the integration. */
  declare readonly flowGroupingId: pulumi.Output<string | undefined>;
  /** Id of the flow behind whose last export time deltas stay. */
  declare readonly keepDeltaBehindFlowId: pulumi.Output<string | undefined>;
  /** Id of the export behind whose last export time deltas stay. */
  declare readonly keepDeltaBehindExportId: pulumi.Output<string | undefined>;
  /** Names under which scripts find resources. */
  declare readonly aliases: pulumi.Output<pulumi.Unwrap<FlowArgs["aliases"]>>;
  /** Custom settings. */
  declare readonly settings: pulumi.Output<Record<string, unknown> | undefined>;
  /** Form for the custom settings. */
  declare readonly settingsForm: pulumi.Output<Record<string, unknown> | undefined>;
  /** Script called before the flow is saved. */
  declare readonly preSave: pulumi.Output<pulumi.Unwrap<FlowArgs["preSave"]>>;
  /** How much is logged. */
  declare readonly logging: pulumi.Output<pulumi.Unwrap<FlowArgs["logging"]>>;
  /** Whether the flow is a template for instances. */
  declare readonly isAbstract: pulumi.Output<boolean | undefined>;
  /** Id of the abstract flow that this one is an instance of. */
  declare readonly abstractFlowId: pulumi.Output<string | undefined>;
  /** What the instance has otherwise. */
  declare readonly overrides: pulumi.Output<Record<string, unknown> | undefined>;
  /** Help for overrides. */
  declare readonly overridesHelper: pulumi.Output<unknown>;
  /** Whether the flow is hidden in the web application. */
  declare readonly hidden: pulumi.Output<boolean | undefined>;
  /** Generated description. */
  declare readonly aiDescription: pulumi.Output<Record<string, unknown> | undefined>;
  /** Whether the flow is a draft. */
  declare readonly draft: pulumi.Output<boolean | undefined>;
  /** When the draft goes. */
  declare readonly draftExpiresAt: pulumi.Output<string | undefined>;
  /** Whether the flow belongs to the sandbox. */
  declare readonly sandbox: pulumi.Output<boolean | undefined>;
  /** Raw fields that have no name here. */
  declare readonly additionalFields: pulumi.Output<Record<string, unknown> | undefined>;
  /** When the flow was made, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /** When Pulumi last wrote the flow, ISO 8601; a change by others or a run does not move it. */
  declare readonly lastModified: pulumi.Output<string>;

  /**
   * @param name - name of the resource, unique in the stack; the flow's display name unless `args.name` says otherwise
   * @param args - the flow
   * @param opts - the engine's options; `import` names an existing flow to take over
   * @throws pulumi.RunError when the program's folder cannot load the runtime, or the token is in the config in the clear
   */
  constructor(name: string, args?: FlowArgs, opts?: pulumi.CustomResourceOptions) {
    const { props, options, warnings } = registerFlow(name, args, opts);
    super(PLACEHOLDER, name, props, options, "celigo", "Flow");
    warnings(this);
  }

  /**
   * Looks at an existing flow without managing it: all outputs, nothing written, nothing deleted.
   *
   * @param name - name of the resource, unique in the stack
   * @param id - id of the flow; a missing one fails the preview
   * @throws pulumi.RunError when there is no id, which the engine would take for a flow to be made
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Flow {
    if (!id) {
      throw runError(
        `celigo.Flow.get("${name}", …) has no id. Next: pass the id of the flow to look at.`,
      );
    }
    return new Flow(name, undefined, { ...opts, id });
  }

  /** The flow's id, the same value as `id`. */
  get flowId(): pulumi.Output<string> {
    return this.id;
  }

  /** Ids of all exports that the flow uses, in order, without repeats, router branches included. */
  get exportIds(): pulumi.Output<string[]> {
    return stepIds(this, "exportId");
  }

  /** Ids of all imports that the flow uses, in order, without repeats, router branches included. */
  get importIds(): pulumi.Output<string[]> {
    return stepIds(this, "importId");
  }
}

defineUndeclaredOutputs(Flow.prototype, FLOW_TYPE);
