import type * as pulumi from "@pulumi/pulumi";

import { findOne } from "../provider/query/find-one";
import { type LookupResult, lookUp } from "../provider/query/lookup";
import { ask } from "./ask";
import type { CallOptions } from "./call-options";
import type { LookupArgs, LookupOneArgs } from "./lookup-args";
import { type InputsOf, outputForm, type OutputCallOptions } from "./output-form";

const undertaking = { doing: "reading", what: "the list of exports" };

/**
 * All exports that match, all pages: GET `/exports`. None is an empty list.
 *
 * @throws pulumi.RunError
 */
export function getExports(args: LookupArgs = {}, options?: CallOptions): Promise<LookupResult[]> {
  return ask(undertaking, {}, options, (service) => lookUp(service, "exports", args));
}

/** {@link getExports} for a filter of outputs. */
export function getExportsOutput(
  args: InputsOf<LookupArgs> = {},
  options?: OutputCallOptions,
): pulumi.Output<LookupResult[]> {
  return outputForm(getExports, args, options);
}

/**
 * The one export of a name, so that a program can do without ids, which differ between environments.
 *
 * @throws pulumi.RunError when none or more than one has the name, with what is there
 */
export function getExport(args: LookupOneArgs, options?: CallOptions): Promise<LookupResult> {
  const { name } = args;
  return ask(undertaking, { name }, options, (service) => findOne(service, "exports", args));
}

/** {@link getExport} for arguments that are outputs. */
export function getExportOutput(
  args: InputsOf<LookupOneArgs>,
  options?: OutputCallOptions,
): pulumi.Output<LookupResult> {
  return outputForm(getExport, args, options);
}
