/** How often arrivals are looked at. */
const LOOK_MS = 8;
/** Looks without a new arrival after which nobody else is expected. */
const QUIET_LOOKS = 2;
/** Nobody waits longer than this many looks. */
const MOST_LOOKS = 40;

/**
 * Runs a batch as soon as it is big enough to be worth a list, or when no more callers come: the engine asks for several
 * documents at once, but a loaded machine hands them over a few at a time. A timer alone would not do: one that ran out during
 * long synchronous work fires before what has arrived in the meantime is seen.
 *
 * @param arrived - how many callers have come so far
 * @param enough - from this many on, nobody is waited for
 */
export function whenGathered(arrived: () => number, enough: number, run: () => void): void {
  const start = arrived();
  let [last, quiet, looks] = [start, 0, 0];
  const look = (): void => {
    const now = arrived();
    quiet = now === last ? quiet + 1 : 0;
    last = now;
    looks += 1;
    if (now - start + 1 >= enough || quiet >= QUIET_LOOKS || looks >= MOST_LOOKS) run();
    else wait();
  };
  // The hop behind the timer lets the process take in what is waiting at its sockets.
  const wait = (): void => {
    setTimeout(() => setImmediate(look), LOOK_MS);
  };
  wait();
}
