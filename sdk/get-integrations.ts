import type * as pulumi from "@pulumi/pulumi";

import { findOne } from "../provider/query/find-one";
import { type LookupResult, lookUp } from "../provider/query/lookup";
import { ask } from "./ask";
import type { CallOptions } from "./call-options";
import type { LookupArgs, LookupOneArgs } from "./lookup-args";
import { type InputsOf, outputForm, type OutputCallOptions } from "./output-form";

const undertaking = { doing: "reading", what: "the list of integrations" };

/**
 * All integrations that match, all pages: GET `/integrations`. None is an empty list. `integrationId` means its own id.
 *
 * @throws pulumi.RunError
 */
export function getIntegrations(
  args: LookupArgs = {},
  options?: CallOptions,
): Promise<LookupResult[]> {
  return ask(undertaking, {}, options, (service) => lookUp(service, "integrations", args));
}

/** {@link getIntegrations} for a filter of outputs. */
export function getIntegrationsOutput(
  args: InputsOf<LookupArgs> = {},
  options?: OutputCallOptions,
): pulumi.Output<LookupResult[]> {
  return outputForm(getIntegrations, args, options);
}

/**
 * The one integration of a name, so that a program can do without ids, which differ between environments.
 *
 * @throws pulumi.RunError when none or more than one has the name, with what is there
 */
export function getIntegration(args: LookupOneArgs, options?: CallOptions): Promise<LookupResult> {
  const { name } = args;
  return ask(undertaking, { name }, options, (service) => findOne(service, "integrations", args));
}

/** {@link getIntegration} for arguments that are outputs. */
export function getIntegrationOutput(
  args: InputsOf<LookupOneArgs>,
  options?: OutputCallOptions,
): pulumi.Output<LookupResult> {
  return outputForm(getIntegration, args, options);
}
