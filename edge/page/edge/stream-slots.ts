/**
 * A browser opens six connections to a host that speaks HTTP/1.1, for all its windows together, and
 * every event stream holds one. So at most four streams are open at a time, one per Web Lock, which
 * the browser grants in order across windows.
 */
const LOCKS = ["in-watch-1", "in-watch-2", "in-watch-3", "in-watch-4"] as const;

export class StreamSlots {
  #assigned = 0;

  /** A slot to wait for, in rotation. */
  assign(): StreamSlot {
    const name = LOCKS[this.#assigned % LOCKS.length] ?? LOCKS[0];
    this.#assigned++;
    return new StreamSlot(name);
  }
}

export class StreamSlot {
  constructor(private readonly lock: string) {}

  /** Runs it when the slot is free; it should end soon when others wait. */
  async run<T>(operation: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return await navigator.locks.request(this.lock, { signal }, operation);
  }

  async hasWaiters(): Promise<boolean> {
    const { pending } = await navigator.locks.query();
    return pending?.some(({ name }) => name === this.lock) ?? false;
  }
}
