/**
 * A browser opens six connections to a host that speaks HTTP/1.1, for all its windows together, and
 * every window's event stream holds one. So at most four streams are open at a time, one per Web
 * Lock; where more windows are open, they take turns.
 */
const LOCKS = ["in-feed-1", "in-feed-2", "in-feed-3", "in-feed-4"] as const;

/** Runs it when a stream may be opened; it should end soon when others wait. */
export async function inStreamSlot<T>(
  operation: (othersWait: () => Promise<boolean>) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const run = (name: string) => async (): Promise<{ readonly result: T }> => ({
    result: await operation(() => hasWaiters(name)),
  });
  for (const name of LOCKS) {
    const ran = await navigator.locks.request(name, { ifAvailable: true }, async (lock) =>
      lock === null ? undefined : await run(name)(),
    );
    if (ran !== undefined) {
      return ran.result;
    }
  }
  const name = LOCKS[Math.floor(Math.random() * LOCKS.length)] ?? LOCKS[0];
  return (await navigator.locks.request(name, { signal }, run(name))).result;
}

async function hasWaiters(name: string): Promise<boolean> {
  const { pending } = await navigator.locks.query();
  return pending?.some((lock) => lock.name === name) ?? false;
}
