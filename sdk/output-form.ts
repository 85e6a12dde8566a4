import * as pulumi from "@pulumi/pulumi";

import type { CallOptions } from "./call-options";

/** Arguments of an `…Output` function: as those of the function itself, each of which may be an output. */
export type InputsOf<T> = { [K in keyof T]: pulumi.Input<T[K]> };

/** Settings of an `…Output` function: as {@link CallOptions}, each of which but the provider may be an output. */
export type OutputCallOptions = { readonly provider?: CallOptions["provider"] } & InputsOf<
  Omit<CallOptions, "provider">
>;

/**
 * A function's twin for inputs: it asks when they are known, is unknown in a preview while they are not, and is secret where
 * they are. The account's token makes nothing secret.
 */
export function outputForm<A, R>(
  call: (args: A, options?: CallOptions) => Promise<R>,
  args: InputsOf<A>,
  { provider, ...own }: OutputCallOptions = {},
): pulumi.Output<R> {
  const settings = pulumi.unsecret(pulumi.output(own as pulumi.Inputs));
  const account = provider === undefined ? undefined : pulumi.unsecret(provider.settings);
  // The provider's settings are waited for, so that a call does not begin before they are known.
  const known = pulumi.all([args as pulumi.Inputs, settings, account]);
  return known.apply(([resolved, plain]) =>
    call(resolved as A, { ...(plain as CallOptions), ...(provider !== undefined && { provider }) }),
  );
}
