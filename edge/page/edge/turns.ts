/**
 * A browser opens six connections to a host that speaks HTTP/1.1, for all its windows together, and
 * every watch holds one. So watches take turns: at most four at a time, one a lock, and the
 * browser's locks are fair between windows too.
 */
const LOCKS = ["in-watch-1", "in-watch-2", "in-watch-3", "in-watch-4"] as const;

export class Turns {
  #assigned = 0;

  /** A place in one of the queues, in rotation. */
  assign(): Turn {
    const name = LOCKS[this.#assigned % LOCKS.length] ?? LOCKS[0];
    this.#assigned++;
    return new Turn(name);
  }
}

export class Turn {
  constructor(private readonly lock: string) {}

  /** Does the work when the turn has come; it should end soon when others wait. */
  async take<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return await navigator.locks.request(this.lock, { signal }, work);
  }

  async othersWait(): Promise<boolean> {
    const { pending } = await navigator.locks.query();
    return pending?.some(({ name }) => name === this.lock) ?? false;
  }
}
