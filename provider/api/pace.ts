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
/** First guess after the first refusal, when too little is known. */
const FIRST_RATE = 10;
/** What a measured rate is taken for, so that the next refusal is not at once. */
const CAUTION = 0.97;
/** How much faster per second while the limit is not known: twice as fast. */
const SEEKING = Math.LN2;
/** How much faster per second once it is known: limits change, and other clients come and go. */
const PROBING = 0.02;
/** After so long without a refusal the limit must be another one, or was none: it is sought again. */
const PROBING_MS = 4000;
/** A rate measured over less than this says nothing. */
const SHORTEST_MEASURE_MS = 500;
/** How far a late timer may be caught up with. */
const CATCH_UP_MS = 100;

/**
 * Holds requests back so that the service need not refuse them: one per process and account, first come, first served.
 *
 * It starts unpaced. A 429 closes the gate for everybody until `Retry-After` is over. A refusal also says that the service's
 * bucket is empty: what got through between two of them, over the time between them, is the rate at which it is refilled.
 * From then on requests go at that rate, a little faster each second until the next refusal measures it again; where none
 * comes for a while, much faster.
 */
export class Pace {
  readonly #clock: Clock;
  #queue: Promise<void> = Promise.resolve();
  /** Nobody goes before this moment. */
  #gate = 0;
  /** Requests per second; unpaced until the first 429. */
  #rate = Infinity;
  /** Until then the rate grows slowly. */
  #probingUntil = 0;
  /** When it last grew. */
  #grown = 0;
  /** When the next request may go, by the pace. */
  #next = 0;
  /** The last refusal: when, and how many answers there had been. */
  #empty = { at: 0, progress: 0 };

  /** How many answers other than 429 have come: where it grows, a refused caller is only waiting for its turn. */
  progress = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Requests per second at which requests go out now; `Infinity` before the first refusal. */
  get rate(): number {
    return this.#rate;
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
    const now = this.#clock.now();
    // A pause teaches nothing about the limit.
    const seconds = Math.min(Math.max(0, now - this.#grown), 1000) / 1000;
    this.#grown = Math.max(this.#grown, now);
    if (this.#rate === Infinity) return;
    const growth = now < this.#probingUntil ? PROBING : SEEKING;
    this.#rate = Math.min(this.#rate * Math.exp(growth * seconds), DOCUMENTED_RATE);
  }

  /** Notes a 429: nobody goes before `waitMs` is over, and then at the rate that the service showed. */
  refused(waitMs: number): void {
    const now = this.#clock.now();
    // Requests that were under way together are refused together; that is one sign, not many.
    if (now >= this.#gate) this.#measure(now, waitMs);
    this.#gate = Math.max(this.#gate, now + waitMs);
  }

  #measure(now: number, waitMs: number): void {
    const isFirst = this.#rate === Infinity;
    const lastedMs = now - this.#empty.at;
    const measured = ((this.progress - this.#empty.progress) / lastedMs) * 1000 * CAUTION;
    // Not every refusal comes from a bucket that is empty, so one alone does not bring all to a halt.
    const half = this.#rate / 2;
    const rate = lastedMs < SHORTEST_MEASURE_MS ? half : Math.max(measured, half);
    this.#rate = isFirst ? FIRST_RATE : Math.min(Math.max(rate, SLOWEST_RATE), DOCUMENTED_RATE);
    // The longer a refusal costs, the more rarely one is risked.
    this.#probingUntil = isFirst ? 0 : now + waitMs + PROBING_MS * Math.max(1, waitMs / 1000);
    this.#grown = now + waitMs;
    this.#empty = { at: now, progress: this.progress };
  }

  async #wait(): Promise<void> {
    for (let now = this.#clock.now(); ; now = this.#clock.now()) {
      const at = Math.max(this.#gate, this.#next);
      if (at <= now) {
        // Unpaced, nothing is remembered; paced, a late timer is caught up with, or each one would slow the rest down.
        this.#next = Math.max(this.#next, now - CATCH_UP_MS) + 1000 / this.#rate;
        return;
      }
      await this.#clock.sleep(at - now);
    }
  }
}
