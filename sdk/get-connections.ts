import type * as pulumi from "@pulumi/pulumi";

import { findOne } from "../provider/query/find-one";
import { type LookupResult, lookUp } from "../provider/query/lookup";
import { ask } from "./ask";
import type { CallOptions } from "./call-options";
import type { LookupArgs, LookupOneArgs } from "./lookup-args";
import { type InputsOf, outputForm, type OutputCallOptions } from "./output-form";

const undertaking = { doing: "reading", what: "the list of connections" };

/**
 * All connections that match, all pages: GET `/connections`. None is an empty list. With `integrationId` those that are registered with the
 * integration count too.
 *
 * @throws pulumi.RunError
 */
export function getConnections(
  args: LookupArgs = {},
  options?: CallOptions,
): Promise<LookupResult[]> {
  return ask(undertaking, {}, options, (service) => lookUp(service, "connections", args));
}

/** {@link getConnections} for a filter of outputs. */
export function getConnectionsOutput(
  args: InputsOf<LookupArgs> = {},
  options?: OutputCallOptions,
): pulumi.Output<LookupResult[]> {
  return outputForm(getConnections, args, options);
}

/**
 * The one connection of a name, so that a program can do without ids, which differ between environments.
 *
 * @throws pulumi.RunError when none or more than one has the name, with what is there
 */
export function getConnection(args: LookupOneArgs, options?: CallOptions): Promise<LookupResult> {
  const { name } = args;
  return ask(undertaking, { name }, options, (service) => findOne(service, "connections", args));
}

/** {@link getConnection} for arguments that are outputs. */
export function getConnectionOutput(
  args: InputsOf<LookupOneArgs>,
  options?: OutputCallOptions,
): pulumi.Output<LookupResult> {
  return outputForm(getConnection, args, options);
}
