import type { LogLine } from "./engine";

const EVERY_MS = 15_000;

/** Waits for `work` and says every 15 seconds that it is still going on, and for how long. */
export async function withProgress<T>(
  label: string,
  log: LogLine,
  work: Promise<T>,
  everyMs: number = EVERY_MS,
): Promise<T> {
  const startedAt = Date.now();
  const timer = setInterval(() => {
    log(`${label}: ${Math.round((Date.now() - startedAt) / 1000)} s so far`);
  }, everyMs);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
