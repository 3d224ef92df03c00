import { Listeners } from "../listeners.js";
import { Unreachable } from "./refusal.js";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Whether the edge can be reached. Whoever finds that it cannot waits here with all the others, and
 * they try again together: after a growing pause, when the browser is online again, or when the
 * user says so.
 */
export class Connection {
  /** True: lost. False: there again. */
  readonly changes = new Listeners<boolean>();
  #lost = false;
  #failures = 0;
  #pause: Promise<void> | undefined;
  #endPause: () => void = () => undefined;

  constructor() {
    addEventListener("online", () => this.tryNow());
  }

  /** Makes the call until it is answered, be it with a refusal. */
  async reach<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (;;) {
      try {
        const answer = await call();
        this.#answered();
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Unreachable)) {
          this.#answered();
          throw error;
        }
      }
      await this.#pauseWithOthers();
      signal.throwIfAborted();
    }
  }

  tryNow(): void {
    this.#endPause();
  }

  #answered(): void {
    this.#failures = 0;
    if (this.#lost) {
      this.#lost = false;
      this.changes.tell(false);
    }
  }

  #pauseWithOthers(): Promise<void> {
    this.#pause ??= this.#newPause().finally(() => (this.#pause = undefined));
    return this.#pause;
  }

  #newPause(): Promise<void> {
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures, LONGEST_PAUSE_MS);
    this.#failures++;
    if (!this.#lost) {
      this.#lost = true;
      this.changes.tell(true);
    }
    return new Promise((resolve) => {
      // Up to a fifth more, so that pages that lost it together do not come back together.
      const timer = setTimeout(resolve, pause * (1 + Math.random() / 5));
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
