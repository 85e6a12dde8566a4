import type * as pulumi from "@pulumi/pulumi";

import { ask } from "../ask";
import type { CallOptions } from "../call-options";
import { type InputsOf, outputForm, type OutputCallOptions } from "../output-form";
import type { ImportPlan, ReadFlowsForImportArgs } from "./plan";
import type * as reader from "./read-plan";

/**
 * Reads flows with everything that they use, as a plan for {@link generateProgram}. Writes nothing to the service. A flow
 * that cannot be read stands in the plan's `failed`; the others are read all the same.
 *
 * @param args - which flows; nothing named reads nothing
 * @param options - the account; otherwise the stack's config in a Pulumi program, and the environment elsewhere
 * @throws pulumi.RunError when a list cannot be read or the token is refused
 */
export function readFlowsForImport(
  args: ReadFlowsForImportArgs,
  options?: CallOptions,
): Promise<ImportPlan> {
  return ask({ doing: "reading", what: "the flows to import" }, {}, options, (service) => {
    // Loaded by the first call, so that a program without it starts without it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { readPlan } = require("./read-plan") as typeof reader;
    return readPlan(service, args);
  });
}

/** {@link readFlowsForImport} for a selection of outputs. */
export function readFlowsForImportOutput(
  args: InputsOf<ReadFlowsForImportArgs>,
  options?: OutputCallOptions,
): pulumi.Output<ImportPlan> {
  return outputForm(readFlowsForImport, args, options);
}
