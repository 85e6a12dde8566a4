import type * as pulumi from "@pulumi/pulumi";

import { findOne } from "../provider/query/find-one";
import { type LookupResult, lookUp } from "../provider/query/lookup";
import { ask } from "./ask";
import type { CallOptions } from "./call-options";
import type { LookupArgs, LookupOneArgs } from "./lookup-args";
import { type InputsOf, outputForm, type OutputCallOptions } from "./output-form";

const undertaking = { doing: "reading", what: "the list of imports" };

/**
 * All imports that match, all pages: GET `/imports`. None is an empty list.
 *
 * @throws pulumi.RunError
 */
export function getImports(args: LookupArgs = {}, options?: CallOptions): Promise<LookupResult[]> {
  return ask(undertaking, {}, options, (service) => lookUp(service, "imports", args));
}

/** {@link getImports} for a filter of outputs. */
export function getImportsOutput(
  args: InputsOf<LookupArgs> = {},
  options?: OutputCallOptions,
): pulumi.Output<LookupResult[]> {
  return outputForm(getImports, args, options);
}

/**
 * The one import of a name, so that a program can do without ids, which differ between environments.
 *
 * @throws pulumi.RunError when none or more than one has the name, with what is there
 */
export function getImport(args: LookupOneArgs, options?: CallOptions): Promise<LookupResult> {
  const { name } = args;
  return ask(undertaking, { name }, options, (service) => findOne(service, "imports", args));
}

/** {@link getImport} for arguments that are outputs. */
export function getImportOutput(
  args: InputsOf<LookupOneArgs>,
  options?: OutputCallOptions,
): pulumi.Output<LookupResult> {
  return outputForm(getImport, args, options);
}
