/** Time between two looks of a person. */
const EVERY_MS = 1000;

/**
 * Shows on standard error, while `work` goes on, that it does and for how long: on a terminal only, in one line that is gone
 * afterwards.
 */
export async function whileShowing<T>(label: string, work: Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return work;
  const start = Date.now();
  const show = (): void => {
    process.stderr.write(`\r${label} … ${String(Math.round((Date.now() - start) / 1000))} s`);
  };
  show();
  const timer = setInterval(show, EVERY_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    process.stderr.write("\r\u001b[K");
  }
}
