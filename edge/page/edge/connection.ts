import { isTransient } from "../../client/src/problem-error.js";
import type { Retry } from "../../client/src/retry.js";
import { Listeners } from "../listeners.js";

const MIN_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;

/**
 * Whether the edge can be reached. Calls that find it unreachable wait here together and are retried
 * together: after an exponential delay, when the browser is online again, or at the user's request.
 */
export class Connection implements Retry {
  /** True: lost. False: restored. */
  readonly changes = new Listeners<boolean>();
  #lost = false;
  #failures = 0;
  #delay: Promise<void> | undefined;
  #endDelay: () => void = () => undefined;

  constructor() {
    addEventListener("online", () => this.retryNow());
  }

  /** Retries the call until it is answered; a refusal is an answer, too. */
  async retry<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (;;) {
      try {
        const answer = await call();
        this.#answered();
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        if (!isTransient(error)) {
          this.#answered();
          throw error;
        }
      }
      await this.#sharedDelay();
      signal.throwIfAborted();
    }
  }

  retryNow(): void {
    this.#endDelay();
  }

  #answered(): void {
    this.#failures = 0;
    if (this.#lost) {
      this.#lost = false;
      this.changes.notify(false);
    }
  }

  #sharedDelay(): Promise<void> {
    this.#delay ??= this.#newDelay().finally(() => (this.#delay = undefined));
    return this.#delay;
  }

  #newDelay(): Promise<void> {
    const delay = Math.min(MIN_DELAY_MS * 2 ** this.#failures, MAX_DELAY_MS);
    this.#failures++;
    if (!this.#lost) {
      this.#lost = true;
      this.changes.notify(true);
    }
    return new Promise((resolve) => {
      // Jitter of up to a fifth, so that pages do not all reconnect at once.
      const timer = setTimeout(resolve, delay * (1 + Math.random() / 5));
      this.#endDelay = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
