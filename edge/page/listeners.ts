/** The listeners of one kind of event. */
export class Listeners<T = void> {
  readonly #listeners = new Set<(event: T) => void>();

  /** @param signal ends it */
  add(listener: (event: T) => void, signal?: AbortSignal): void {
    this.#listeners.add(listener);
    signal?.addEventListener("abort", () => this.#listeners.delete(listener));
  }

  notify(event: T): void {
    for (const listener of [...this.#listeners]) {
      listener(event);
    }
  }

  /** The next event; rejects when the signal is aborted first. */
  next(signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        this.#listeners.delete(listener);
        signal.removeEventListener("abort", aborted);
      };
      const listener = (event: T): void => {
        end();
        resolve(event);
      };
      const aborted = (): void => {
        end();
        reject(signal.reason as Error);
      };
      signal.throwIfAborted();
      signal.addEventListener("abort", aborted);
      this.#listeners.add(listener);
    });
  }
}

/**
 * Runs the work now, and again after each event that concerns it: one run at a time, and one for
 * all events that come during a run. Rejects as the work does, or when the signal is aborted.
 */
export async function runOnEvery<T>(
  events: Listeners<T>,
  concerns: (event: T) => boolean,
  work: () => Promise<void>,
  signal: AbortSignal,
): Promise<never> {
  const due = new Listeners();
  let concerned = 0;
  const listener = (event: T): void => {
    if (concerns(event)) {
      concerned++;
      due.notify();
    }
  };
  events.add(listener, signal);
  for (;;) {
    const before = concerned;
    await work();
    signal.throwIfAborted();
    if (concerned === before) {
      await due.next(signal);
    }
  }
}
