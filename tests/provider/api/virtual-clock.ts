import type { Clock } from "../../../provider/api/pace";

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that jumps from one wake-up to the next as soon as nothing else goes on: hours pass in milliseconds. */
export interface VirtualClock extends Clock {
  /** Every wait that was asked for, in order, in milliseconds. */
  readonly sleeps: readonly number[];
  /** Holds time while real work, such as a request on a socket, is under way. */
  busy<T>(work: () => Promise<T>): Promise<T>;
  /** Lets time pass until the work is done. */
  run<T>(work: Promise<T>): Promise<T>;
}

/** Makes one, and with `random` always the same number. */
export function virtualClock(
  start = Date.parse("2024-01-15T10:00:00.000Z"),
  random = 0.5,
): VirtualClock {
  let now = start;
  let working = 0;
  let atRest: () => void = () => undefined;
  const sleepers: Sleeper[] = [];
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => now,
    random: () => random,
    sleep(ms) {
      sleeps.push(ms);
      return new Promise((resolve) => {
        sleepers.push({ at: now + ms, wake: resolve });
        sleepers.sort((a, b) => a.at - b.at);
      });
    },
    async busy(work) {
      working += 1;
      try {
        return await work();
      } finally {
        working -= 1;
        atRest();
      }
    },
    async run(work) {
      const state = { isDone: false };
      const end = (): void => {
        state.isDone = true;
        atRest();
      };
      work.then(end, end);
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (state.isDone) return work;
        const next = working > 0 ? undefined : sleepers.shift();
        if (next === undefined) {
          // Whatever happens next, something real has to end first.
          await new Promise<void>((resolve) => {
            atRest = resolve;
          });
          continue;
        }
        now = Math.max(now, next.at);
        next.wake();
      }
    },
  };
}
