/**
 * A browser opens six connections to a host that speaks HTTP/1.1, for all its windows together, and
 * every window's event stream holds one. So at most four streams are open at a time, one per Web
 * Lock; where more windows are open, they take turns.
 */
const LOCKS = ["in-feed-1", "in-feed-2", "in-feed-3", "in-feed-4"] as const;

/** How often it is checked whether others wait. */
const CHECK_MS = 2_000;

/** Runs it when a stream may be opened; it ends when `leave` is aborted, since others wait. */
export async function inStreamSlot(
  operation: (leave: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const run = async (name: string): Promise<void> => {
    const leaving = new AbortController();
    const timer = setInterval(() => {
      void hasWaiters(name).then((others) => (others ? leaving.abort() : undefined));
    }, CHECK_MS);
    try {
      await operation(leaving.signal);
    } finally {
      clearInterval(timer);
    }
  };
  for (const name of LOCKS) {
    const ran = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock !== null) {
        await run(name);
      }
      return lock !== null;
    });
    if (ran) {
      return;
    }
  }
  const name = LOCKS[Math.floor(Math.random() * LOCKS.length)] ?? LOCKS[0];
  await navigator.locks.request(name, { signal }, () => run(name));
}

async function hasWaiters(name: string): Promise<boolean> {
  const { pending } = await navigator.locks.query();
  return pending?.some((lock) => lock.name === name) ?? false;
}
