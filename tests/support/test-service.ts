import type { Service } from "../../provider/service";
import { createService } from "../../provider/service";
import { readSettings } from "../../provider/settings";
import type { Emulator, EmulatorOptions } from "../../sdk/testing/index";
import { startEmulator } from "../../sdk/testing/index";

/** What the flows of these tests are made of. */
export const ACCOUNT = {
  exports: ["exp123", "exp456"],
  imports: ["imp123", "imp456"],
  integrations: ["int123", "64f0aa"],
};

/** An emulator and a service of its own that talks to it. */
export interface Wired {
  readonly emulator: Emulator;
  readonly service: Service;
}

/** Starts emulators for the tests of a file and stops them after each; time runs fast, so that no wait is waited. */
export function useWire(): (
  options?: EmulatorOptions,
  settings?: Readonly<Record<string, unknown>>,
) => Promise<Wired> {
  let started: Emulator[] = [];
  afterEach(async () => {
    await Promise.all(started.map((emulator) => emulator.close()));
    started = [];
  });
  return async (options = {}, own = {}) => {
    const emulator = await startEmulator({ seed: ACCOUNT, ...options });
    started.push(emulator);
    return { emulator, service: serviceOn(emulator, own) };
  };
}

/** Another service on the same emulator, as another process has it: nothing remembered. */
export function serviceOn(
  emulator: Emulator,
  own: Readonly<Record<string, unknown>> = {},
): Service {
  const settings = readSettings({
    own: { apiToken: emulator.token, baseUrl: emulator.url, maxRetries: 2, ...own },
    env: {},
  });
  return createService(settings, fastClock());
}

/** A clock that jumps where somebody sleeps. */
function fastClock(): {
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  random: () => number;
} {
  let skipped = 0;
  return {
    now: () => Date.now() + skipped,
    sleep: async (ms) => {
      skipped += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
    random: () => 0.5,
  };
}
