import type { Connection } from "./connection.js";
import { accepted, Refusal, Unreachable } from "./refusal.js";
import type { Session } from "./session.js";

/** For every call except the transfer of images. */
const TIMEOUT_MS = 20_000;

/** A request without what authenticates it. */
export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Calls of the edge. A call is retried until it is answered: it waits for a lost connection and for
 * a token. A refused call rejects with a `Refusal`.
 */
export class Calls {
  constructor(
    private readonly session: Session,
    private readonly connection: Connection,
  ) {}

  async call<T>(
    path: string,
    init: Call,
    read: (answer: Response) => T | Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    for (;;) {
      const credentials = await this.session.headers(signal);
      const request = { ...init, headers: { ...init.headers, ...credentials } };
      const answer = await this.connection.retry(
        () => withTimeout((timeout) => once(path, { ...request, signal: timeout }, read), signal),
        signal,
      );
      if (answer !== undefined) {
        return answer.read;
      }
      if (!this.session.refused(credentials)) {
        throw new Refusal("unauthorized", "This iN requires a token: reload this page.");
      }
    }
  }

  /** What the edge redirects to the bucket for. */
  blob(path: string, signal: AbortSignal): Promise<Blob> {
    return this.withBucket(async () => {
      const headers = await this.session.headers(signal);
      return await networkErrors(async () =>
        (await accepted(await fetch(path, { headers, signal }))).blob(),
      );
    }, signal);
  }

  /**
   * Runs what uses the bucket. To a page, a bucket without CORS looks like a lost connection: so it
   * is retried only while the edge can be reached, and not for ever.
   */
  async withBucket<T>(operation: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 1; attempt <= 3; attempt++) {
      try {
        return await operation();
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Unreachable)) {
          throw error;
        }
      }
      await this.call("/healthz", {}, (answer) => answer.text(), signal);
    }
    throw new Refusal("storage_unreachable", "The bucket does not accept requests of this page.");
  }
}

/** Undefined: the answer is 401. */
async function once<T>(
  path: string,
  init: RequestInit,
  read: (answer: Response) => T | Promise<T>,
): Promise<{ readonly read: T } | undefined> {
  return await networkErrors(async () => {
    const response = await fetch(path, init);
    return response.status === 401 ? undefined : { read: await read(await accepted(response)) };
  });
}

/** A connection may be dead without a sign of it: then no answer ever comes. */
async function withTimeout<T>(
  call: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const timeout = new AbortController();
  const end = (): void => timeout.abort(new Unreachable("no answer in time"));
  const timer = setTimeout(end, TIMEOUT_MS);
  try {
    return await call(AbortSignal.any([signal, timeout.signal]));
  } finally {
    clearTimeout(timer);
  }
}

/** fetch, and reading a body, throw a TypeError when the network fails. */
async function networkErrors<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof TypeError ? new Unreachable(error.message) : error;
  }
}
