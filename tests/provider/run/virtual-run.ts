import { createService, type Service } from "../../../provider/service";
import { readSettings } from "../../../provider/settings";
import type { Emulator, EmulatorOptions } from "../../../sdk/testing/index";
import { startEmulator } from "../../../sdk/testing/index";

/** A service and an emulator that share one clock, which moves where somebody sleeps. */
export interface VirtualRun {
  readonly service: Service;
  readonly emulator: Emulator;
  /** Milliseconds since the beginning. */
  readonly elapsed: () => number;
  /** Does something at a moment, which passes when it is done, in milliseconds since the beginning. */
  readonly at: (ms: number, work: () => unknown) => void;
  /** Lines for the person at the terminal. */
  readonly said: string[];
}

/** A flow with these generators. */
export function aFlow(
  exportIds: readonly string[],
  more: Record<string, unknown> = {},
): Record<string, never> {
  return {
    _id: "f1",
    name: "Sync",
    disabled: false,
    pageGenerators: exportIds.map((_exportId) => ({ _exportId })),
    ...more,
  } as unknown as Record<string, never>;
}

const BEGIN = Date.parse("2024-01-15T10:00:00.000Z");

/** Starts runs for the tests of a file; stops them, and gives stderr back, after each. */
export function useRuns(): (
  flow: Record<string, never>,
  more?: EmulatorOptions,
  own?: Record<string, unknown>,
) => Promise<VirtualRun> {
  let started: Emulator[] = [];
  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(started.map((emulator) => emulator.close()));
    started = [];
  });
  return async (flow, more = {}, own = {}) => {
    let now = BEGIN;
    const plans: { time: number; work: () => unknown }[] = [];
    const emulator = await startEmulator({
      now: () => now,
      jobDurationMs: 20_000,
      seed: { exports: ["a", "b", "c"], flows: [flow] },
      ...more,
    });
    started.push(emulator);
    const clock = {
      now: () => now,
      random: () => 0.5,
      sleep: async (ms: number): Promise<void> => {
        const until = now + ms;
        for (const plan of plans
          .filter(({ time }) => time <= until)
          .sort((one, two) => one.time - two.time)) {
          plans.splice(plans.indexOf(plan), 1);
          now = Math.max(now, plan.time);
          await plan.work();
        }
        now = until;
      },
    };
    const settings = { apiToken: emulator.token, baseUrl: emulator.url, maxRetries: 2, ...own };
    const service = createService(readSettings({ own: settings, env: {} }), clock);
    const said: string[] = [];
    jest
      .spyOn(process.stderr, "write")
      .mockImplementation((text) => said.push(String(text).trim()) > 0);
    return {
      service,
      emulator,
      elapsed: () => now - BEGIN,
      at: (ms, work) => plans.push({ time: BEGIN + ms, work }),
      said,
    };
  };
}
