import { mkdir, rm, stat, utimes } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** How {@link withLock} waits. */
export interface LockOptions {
  /** Called once, when somebody else holds the lock. */
  readonly onWait?: (() => void) | undefined;
  /** Time between two looks at a lock that is held. @defaultValue 500 */
  readonly pollMs?: number | undefined;
  /** Age from which a lock counts as left behind by a process that was killed. @defaultValue 30000 */
  readonly staleMs?: number | undefined;
}

/**
 * Runs `work` while holding a folder as a lock, so that processes take turns.
 *
 * The holder touches the folder all the time; one that was killed stops doing so, and the next takes over. Should
 * two ever take over at once, both work: the work must bear that (it ends by renaming a finished file).
 */
export async function withLock<T>(
  folder: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const { pollMs = 500, staleMs = 30_000, onWait } = options;
  let waited = false;
  while (!(await take(folder))) {
    if (!waited) onWait?.();
    waited = true;
    if (await isStale(folder, staleMs)) await rm(folder, { recursive: true, force: true });
    else await sleep(pollMs);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(folder, now, now).catch(() => undefined); // taken over by another: nothing to keep alive
  }, staleMs / 6);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(folder, { recursive: true, force: true });
  }
}

async function take(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function isStale(folder: string, staleMs: number): Promise<boolean> {
  try {
    return Date.now() - (await stat(folder)).mtimeMs > staleMs;
  } catch {
    return false; // released in the meantime
  }
}
