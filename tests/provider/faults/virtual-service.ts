import { createTransport } from "../../../provider/api/transport";
import { createService, type Service } from "../../../provider/service";
import { readSettings } from "../../../provider/settings";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../sdk/testing/index";
import { SEED } from "../../support/flow-stack";
import { type VirtualClock, virtualClock } from "../api/virtual-clock";

/** A service whose waits take no time, on an emulator with the same clock; requests really go over a socket. */
export interface Bench {
  readonly clock: VirtualClock;
  readonly emulator: Emulator;
  readonly service: Service;
  /** Lets time pass until the work is done; what it came to, or the error. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Seconds of the clock since the start. */
  seconds(): number;
  /** Verbs and paths that arrived, without the host and `/v1`. */
  arrived(): string[];
}

/** How the client of a {@link Bench} is set; a request runs out of time after 250 real milliseconds. */
export interface BenchOptions extends EmulatorOptions {
  readonly requestTimeoutMs?: number;
  readonly maxRetries?: number;
  readonly conflictTimeoutMs?: number;
  /** How far the service's clock is ahead of ours. */
  readonly skewMs?: number;
}

/** Makes benches for the tests of a file and takes them down after each. */
export function useBenches(): (options?: BenchOptions) => Promise<Bench> {
  const open: Emulator[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((emulator) => emulator.close()));
  });
  return async (options = {}) => {
    const {
      requestTimeoutMs = 250,
      maxRetries = 5,
      conflictTimeoutMs = 300_000,
      skewMs = 0,
      ...rest
    } = options;
    const clock = virtualClock();
    const start = clock.now();
    const emulator = await startEmulator({ seed: SEED, now: () => clock.now() + skewMs, ...rest });
    open.push(emulator);
    const own = {
      apiToken: emulator.token,
      baseUrl: emulator.url,
      requestTimeoutMs,
      maxRetries,
      conflictTimeoutMs,
    };
    const settings = readSettings({ own, env: {} });
    const transport = createTransport(settings);
    const service = createService(settings, clock, (request) =>
      clock.busy(() => transport(request)),
    );
    return {
      clock,
      emulator,
      service,
      run: (work) => clock.run(work()),
      seconds: () => (clock.now() - start) / 1000,
      arrived: () =>
        emulator.log.map(({ method, path }) => `${method} ${path.replace(/^\/v1/, "")}`),
    };
  };
}

/** Program inputs of a flow. */
export function inputs(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    name: "Customer Sync",
    disabled: false,
    pageGenerators: [{ exportId: "exp123" }],
    pageProcessors: [{ type: "import", importId: "imp123" }],
    ...more,
  };
}
