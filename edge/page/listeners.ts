/** The listeners of one kind of event. */
export class Listeners<T = void> {
  readonly #listeners = new Set<(event: T) => void>();

  add(listener: (event: T) => void): void {
    this.#listeners.add(listener);
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
