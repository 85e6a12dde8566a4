import * as pulumi from "@pulumi/pulumi";

import { isSet } from "../provider/base-url";
import { type SettingName, SETTINGS } from "../provider/settings";

/**
 * Settings of one account (contract.md 2). What is left out is taken from the stack's config (`celigo:…`); token, URL and
 * region are never taken from the environment.
 */
export interface ProviderArgs {
  /** Bearer token; stored encrypted. */
  apiToken?: pulumi.Input<string> | undefined;
  /** Region of the account: `us`, `eu`, `au` or `ca`. @defaultValue `us` */
  region?: pulumi.Input<string> | undefined;
  /** URL of the service, with or without `/v1`, in place of the region's. */
  baseUrl?: pulumi.Input<string> | undefined;
  /** Milliseconds for one HTTP attempt. @defaultValue 30000 */
  requestTimeoutMs?: pulumi.Input<number> | undefined;
  /** Further attempts where a retry is safe. @defaultValue 5 */
  maxRetries?: pulumi.Input<number> | undefined;
  /** Look up, in the preview, exports and imports that new or changed steps name. @defaultValue `true` */
  checkReferences?: pulumi.Input<boolean> | undefined;
  /** Refresh by lists in place of single reads. @defaultValue `true` */
  sharedReads?: pulumi.Input<boolean> | undefined;
  /** Let a refresh find all flows gone. @defaultValue `false` */
  allowAllGone?: pulumi.Input<boolean> | undefined;
  /** Milliseconds that a write waits for a running flow. @defaultValue 300000 */
  conflictTimeoutMs?: pulumi.Input<number> | undefined;
}

/**
 * One account, for programs that use several: pass it as `{ provider }` to resources and functions. A resource that moves to
 * another provider is not replaced by the engine; the flow stays where it was made, and another origin is refused.
 */
export class Provider extends pulumi.ProviderResource {
  /** The settings that functions use when this provider is given to them: own ones, and the stack's where those are absent. */
  readonly settings: pulumi.Output<Readonly<Record<string, string>>>;

  /**
   * @param name - name of the resource, unique in the stack
   * @param args - the account; `apiToken` may also come from the stack's config
   */
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    // An empty text is nothing, as everywhere else in the settings.
    const given = Object.entries(args).filter(([, value]) => isSet(value));
    const settings = filledSettings(Object.fromEntries(given));
    super("pulumi-nodejs", name, { ...withPrefix(settings), "celigo:explicit": "true" }, opts);
    this.settings = pulumi.output(settings);
  }
}

function filledSettings(args: ProviderArgs): Record<string, pulumi.Output<string>> {
  const names = Object.keys(SETTINGS) as SettingName[];
  const entries = names.flatMap((name) => {
    const own = args[name];
    const value =
      own ?? (isOverruled(name, args) ? undefined : pulumi.runtime.getConfig(`celigo:${name}`));
    if (value === undefined) return [];
    const text = pulumi.output(value).apply(String);
    return [[name, name === "apiToken" ? pulumi.secret(text) : text] as const];
  });
  return Object.fromEntries(entries);
}

/** A provider's own region beats the stack's URL, and its own URL the stack's region. */
function isOverruled(name: SettingName, { region, baseUrl }: ProviderArgs): boolean {
  return (
    (name === "baseUrl" && region !== undefined) || (name === "region" && baseUrl !== undefined)
  );
}

function withPrefix(settings: Record<string, pulumi.Output<string>>): pulumi.Inputs {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [`celigo:${name}`, value]),
  );
}
