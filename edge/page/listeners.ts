/** Those who want to hear of one kind of news. */
export class Listeners<T = void> {
  readonly #listeners = new Set<(news: T) => void>();

  add(listener: (news: T) => void): void {
    this.#listeners.add(listener);
  }

  tell(news: T): void {
    for (const listener of [...this.#listeners]) {
      listener(news);
    }
  }

  /** The next news; rejects when the signal is aborted first. */
  next(signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        this.#listeners.delete(listener);
        signal.removeEventListener("abort", aborted);
      };
      const listener = (news: T): void => {
        end();
        resolve(news);
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
