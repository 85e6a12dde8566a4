import * as pulumi from "@pulumi/pulumi";

import type * as serviceModule from "../provider/service";
import type { Service } from "../provider/service";
import { readSettings, SETTINGS } from "../provider/settings";
import type { Provider } from "./provider";

/**
 * Optional last argument of every function: an explicit provider, or settings that win over the stack's config and the
 * environment (contract.md 2 and 4).
 */
export interface CallOptions {
  /** Account to ask. Not together with the others. */
  readonly provider?: Provider | undefined;
  /** Bearer token. */
  readonly apiToken?: string | undefined;
  /** Region of the account: `us`, `eu`, `au` or `ca`. */
  readonly region?: string | undefined;
  /** URL of the service, with or without `/v1`. */
  readonly baseUrl?: string | undefined;
  /** Milliseconds for one HTTP attempt. */
  readonly requestTimeoutMs?: number | undefined;
  /** Further attempts where a retry is safe. */
  readonly maxRetries?: number | undefined;
  /** As for a provider; only deployments look references up. */
  readonly checkReferences?: boolean | undefined;
  /** As for a provider; only refreshes share reads. */
  readonly sharedReads?: boolean | undefined;
  /** As for a provider; only refreshes find flows gone. */
  readonly allowAllGone?: boolean | undefined;
  /** Milliseconds that a write waits for a running flow. */
  readonly conflictTimeoutMs?: number | undefined;
}

/**
 * The service that a call goes to: by the given provider or settings, otherwise by the stack's config inside a Pulumi program
 * and by the environment elsewhere. Shared by all calls with the same settings.
 *
 * @throws SettingsError naming every wrong or missing setting
 */
export async function serviceOf({ provider, ...own }: CallOptions = {}): Promise<Service> {
  const settings =
    provider === undefined
      ? readSettings({ own: { ...own }, config: stackConfig() })
      : readSettings({ own: await settled(provider), explicit: true });
  // The HTTP layer is loaded by the first call, so that a program without calls starts without it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { serviceFor } = require("../provider/service") as typeof serviceModule;
  return serviceFor(settings);
}

async function settled({ settings }: Provider): Promise<Readonly<Record<string, string>>> {
  // An output that is not known in a preview never calls back, and the program would wait for it for good.
  const known = await (settings as unknown as { isKnown: Promise<boolean> }).isKnown;
  if (!known)
    throw new Error(
      "The provider's settings are not known in this preview. Next: use the function's `…Output` form with inputs that depend on the same values.",
    );
  return new Promise((resolve) => {
    settings.apply(resolve);
  });
}

function stackConfig(): Record<string, string> {
  const keys = Object.keys(SETTINGS).map((name) => `celigo:${name}`);
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = pulumi.runtime.getConfig(key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}
