import { ApiError, isApiError } from "./api/errors";
import { say } from "./log";
import type { Service } from "./service";

/** Waits between looks at a running flow: short at first, then steady. */
const FIRST_MS = 1000;
const LONGEST_MS = 10_000;

/**
 * Does something to a flow as soon as it is not running: a refusal because of a run is waited out, up to
 * `conflictTimeoutMs`, with a line that says so (contract.md 5.7).
 *
 * @param title - the flow as messages name it
 * @throws whatever `work` throws otherwise, and the refusal itself, with how long it was waited out, when time is over
 */
export async function whenIdle<T>(
  { clock, settings }: Pick<Service, "clock" | "settings">,
  title: string,
  work: () => Promise<T>,
): Promise<T> {
  const start = clock.now();
  for (let wait = FIRST_MS; ; wait = Math.min(wait * 1.5, LONGEST_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isApiError(error, "running")) throw error;
      const waited = clock.now() - start;
      const left = settings.conflictTimeoutMs - waited;
      if (left <= 0) throw stillRunning(error, waited);
      if (wait === FIRST_MS) {
        say(`${title} is running; waiting up to ${seconds(left)} for it to finish`);
      }
      await clock.sleep(Math.min(wait * (0.8 + clock.random() * 0.4), left));
    }
  }
}

function stillRunning({ info }: ApiError, waited: number): ApiError {
  return waited === 0
    ? new ApiError(info)
    : new ApiError({ ...info, detail: `waited ${seconds(waited)}` });
}

function seconds(ms: number): string {
  return `${String(Math.round(ms / 1000))} s`;
}
