import { isTransient, ProblemError } from "./problem-error.js";

/** When a call is tried again. */
export interface Retry {
  /** Runs it until it succeeds, fails for good, or the signal is aborted. */
  retry<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export interface BackoffOptions {
  readonly attempts?: number;
  readonly minDelayMs?: number;
  readonly maxDelayMs?: number;
}

/** Tries again after transient failures: after twice as long each time, and never before `Retry-After`. */
export class Backoff implements Retry {
  readonly #attempts: number;
  readonly #minDelayMs: number;
  readonly #maxDelayMs: number;

  constructor({ attempts = 8, minDelayMs = 500, maxDelayMs = 30_000 }: BackoffOptions = {}) {
    this.#attempts = attempts;
    this.#minDelayMs = minDelayMs;
    this.#maxDelayMs = maxDelayMs;
  }

  async retry<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await call();
      } catch (error) {
        signal.throwIfAborted();
        if (!isTransient(error) || attempt >= this.#attempts) {
          throw error;
        }
        await pause(this.#delay(error, attempt), signal);
      }
    }
  }

  #delay(error: unknown, attempt: number): number {
    const delay = Math.min(this.#minDelayMs * 2 ** (attempt - 1), this.#maxDelayMs);
    const atLeast = error instanceof ProblemError ? (error.retryAfterMs ?? 0) : 0;
    // Jitter, so that clients do not all come back at once.
    return Math.max(atLeast, delay / 2) + (delay / 2) * Math.random();
  }
}

/** Rejects when the signal is aborted first. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const aborted = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", aborted);
      resolve();
    }, ms);
    if (signal?.aborted === true) {
      aborted();
    } else {
      signal?.addEventListener("abort", aborted, { once: true });
    }
  });
}
