import { watchEngine } from "./engine-watch";
import { readSettings, SETTINGS, type SettingName, type Settings } from "./settings";
import { type Service, serviceFor } from "./service";

/** Key under which an explicit provider says that it is one, so that the environment gives it no token, URL or region. */
export const EXPLICIT = "celigo:explicit";

/** What the engine hands to `configure`: config by full key, secrets decrypted. */
export interface ConfigureRequest {
  readonly config: { get(key: string): string | undefined };
}

/** What this plugin process was configured with; the engine starts one process per provider. */
let configured: { own?: Record<string, string>; remembered: Record<string, string> } = {
  remembered: {},
};

/**
 * Remembers the provider's configuration. It reads and checks nothing: what is thrown here would leave the next verb
 * unconfigured (design.md 2), so a wrong setting is reported by the verb that needs it.
 */
export function configure({ config }: ConfigureRequest): void {
  watchEngine();
  const names = Object.keys(SETTINGS) as SettingName[];
  const values = names.flatMap((name) => {
    const value = config.get(`celigo:${name}`);
    return value === undefined ? [] : [[name, value] as const];
  });
  const explicit = config.get(EXPLICIT) !== undefined;
  const byKey = Object.fromEntries(values.map(([name, value]) => [`celigo:${name}`, value]));
  configured = explicit
    ? { own: Object.fromEntries(values), remembered: {} }
    : { remembered: byKey };
}

/**
 * The settings of this process, as the engine gave them. In `refresh` and `destroy` they are the ones that the state remembers
 * of the last `up`: the engine hands plugins no other config (measured), so the message of a 401 says what to run after a
 * rotation.
 *
 * @throws SettingsError
 */
export function currentSettings(): Settings {
  return readSettings({
    own: configured.own,
    explicit: configured.own !== undefined,
    config: configured.remembered,
  });
}

/** The account of this process. */
export function currentService(): Service {
  return serviceFor(currentSettings());
}
