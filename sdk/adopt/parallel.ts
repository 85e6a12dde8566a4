/** How many flows are read at once; the client's own pace comes on top. */
const AT_ONCE = 8;

/**
 * Does `work` for each member, a few at a time; the results in the order of the members. The first failure is thrown, and
 * nothing new is begun after it.
 */
export async function inParallel<T, R>(
  members: readonly T[],
  work: (member: T) => Promise<R>,
  atOnce = AT_ONCE,
): Promise<R[]> {
  const results: R[] = [];
  const queue = members.entries();
  let stopped = false;
  const worker = async (): Promise<void> => {
    for (const [index, member] of queue) {
      if (stopped) return;
      results[index] = await work(member).catch((error: unknown) => {
        stopped = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, members.length) }, worker));
  return results;
}
