import { setTimeout as sleep } from "node:timers/promises";

/** Time as the wire layer sees it; a parameter so that tests need not wait. */
export interface Clock {
  /** Milliseconds, monotonic enough for waits. */
  now(): number;
  /** Resolves after `ms` milliseconds. */
  sleep(ms: number): Promise<void>;
  /** Between 0 and 1. */
  random(): number;
}

/** The machine's own clock. */
export const REAL_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (ms) => {
    await sleep(ms);
  },
  random: () => Math.random(),
};

/** Requests per second that the service documents for an account (`api-facts.md` 3.3). */
const DOCUMENTED_RATE = 300;
/** Below this, pacing would be slower than any limit that a service would set. */
const SLOWEST_RATE = 1;
/** What a refusal leaves of the pace. */
const DECREASE = 0.8;
/** What each answer makes of it. */
const GROWTH = 1.005;

/**
 * Holds requests back so that the service need not refuse them: one per process and account, first come, first served.
 *
 * It starts unpaced. A 429 closes the gate for everybody until `Retry-After` is over and sets the pace to a little below
 * what the service has let through; every answer afterwards raises it a little again, up to the documented rate.
 */
export class Pace {
  readonly #clock: Clock;
  #queue: Promise<void> = Promise.resolve();
  /** Nobody goes before this moment. */
  #gate = 0;
  /** Requests per second; unpaced until the first 429. */
  #rate = Infinity;
  /** When the next request may go, by the pace. */
  #next = 0;
  #answers: number[] = [];

  /** How many answers other than 429 have come: where it grows, a refused caller is only waiting for its turn. */
  progress = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when a request may go out, in the order of asking. */
  turn(): Promise<void> {
    const mine = this.#queue.then(() => this.#wait());
    this.#queue = mine;
    return mine;
  }

  /** Notes an answer that the limit let through. */
  passed(): void {
    this.progress += 1;
    this.#answers.push(this.#clock.now());
    if (this.#answers.length > 2 * DOCUMENTED_RATE) this.#answers = this.#answers.slice(-DOCUMENTED_RATE);
    if (this.#rate < DOCUMENTED_RATE) this.#rate *= GROWTH;
  }

  /** Notes a 429: nobody goes before `waitMs` is over, and then more slowly. */
  refused(waitMs: number): void {
    const now = this.#clock.now();
    // Requests that were under way together are refused together; that is one sign, not many.
    if (now >= this.#gate) {
      const lately = this.#answers.filter((at) => at > now - 1000).length;
      const rate = Number.isFinite(this.#rate) ? this.#rate * DECREASE : lately;
      this.#rate = Math.min(Math.max(rate, SLOWEST_RATE), DOCUMENTED_RATE);
    }
    this.#gate = Math.max(this.#gate, now + waitMs);
  }

  async #wait(): Promise<void> {
    for (let now = this.#clock.now(); ; now = this.#clock.now()) {
      const at = Math.max(this.#gate, this.#next);
      if (at <= now) {
        this.#next = now + 1000 / this.#rate;
        return;
      }
      await this.#clock.sleep(at - now);
    }
  }
}
