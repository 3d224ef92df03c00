import type { Connection } from "./connection.js";
import { accepted, Refusal, Unreachable } from "./refusal.js";
import type { Session } from "./session.js";

/** For everything but the pictures themselves, which take as long as they take. */
const PATIENCE_MS = 20_000;

/** Where one picture may be put, and how. */
export interface UploadPlace {
  readonly uploadId: string;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a user asks for. */
export type Submission = ({ readonly imageUrl: string } | { readonly uploadId: string }) & {
  readonly features: readonly string[];
};

/**
 * The edge's public interface. A call goes on until it is answered: it waits for a lost connection
 * and for a token. What is refused is thrown as a `Refusal`.
 */
export class Api {
  constructor(
    private readonly session: Session,
    private readonly connection: Connection,
  ) {}

  createUpload(contentType: string, size: number, signal: AbortSignal): Promise<UploadPlace> {
    const request = posted({ contentType, size }, {});
    return this.#call("/v1/uploads", request, json<UploadPlace>, signal);
  }

  /** @param key of this submission: sent twice, it is still one task */
  async submit(submission: Submission, key: string, signal: AbortSignal): Promise<string> {
    const request = posted(submission, { "idempotency-key": key, "in-channel": "web" });
    const { taskId } = await this.#call(
      "/v1/tasks",
      request,
      json<{ readonly taskId: string }>,
      signal,
    );
    return taskId;
  }

  /** The task's events after that id; null: all was told and nothing will follow. */
  events(
    taskId: string,
    lastId: string,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | null> {
    const headers = { accept: "text/event-stream", "last-event-id": lastId };
    // A 204 has no body.
    const body = (answer: Response): Response["body"] => answer.body;
    return this.#call(`/v1/tasks/${taskId}/events`, { headers }, body, signal);
  }

  /** The picture itself: the edge redirects to the bucket. */
  image(taskId: string, signal: AbortSignal): Promise<Blob> {
    return this.withBucket(async () => {
      const headers = await this.session.headers(signal);
      const path = `/v1/tasks/${taskId}/image`;
      return await passing(async () =>
        (await accepted(await fetch(path, { headers, signal }))).blob(),
      );
    }, signal);
  }

  /**
   * Does what needs the bucket. Of a bucket that does not let pages in, a browser tells the page no
   * more than of a lost connection: so it is tried again only where the edge can be reached, and
   * not for ever.
   */
  async withBucket<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 1; attempt <= 3; attempt++) {
      try {
        return await work();
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Unreachable)) {
          throw error;
        }
      }
      await this.#call("/healthz", {}, (answer) => answer.text(), signal);
    }
    throw new Refusal("storage_unreachable", "The storage did not let this page in.");
  }

  async #call<T>(
    path: string,
    init: Init,
    read: (answer: Response) => T | Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    for (;;) {
      const who = await this.session.headers(signal);
      const request = { ...init, headers: { ...init.headers, ...who } };
      const answer = await this.connection.reach(
        () =>
          withinPatience((patience) => once(path, { ...request, signal: patience }, read), signal),
        signal,
      );
      if (answer !== undefined) {
        return answer.read;
      }
      if (!this.session.refused(who)) {
        throw new Refusal("unauthorized", "The edge wants to know who you are: reload this page.");
      }
    }
  }
}

interface Init {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function posted(body: object, headers: Readonly<Record<string, string>>): Init {
  return {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

async function json<T>(answer: Response): Promise<T> {
  return (await answer.json()) as T;
}

/** Undefined: the answer is 401. */
async function once<T>(
  path: string,
  init: RequestInit,
  read: (answer: Response) => T | Promise<T>,
): Promise<{ readonly read: T } | undefined> {
  return await passing(async () => {
    const response = await fetch(path, init);
    return response.status === 401 ? undefined : { read: await read(await accepted(response)) };
  });
}

/** A connection may be dead without anybody having said so: then no answer ever comes. */
async function withinPatience<T>(
  call: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const patience = new AbortController();
  const end = (): void => patience.abort(new Unreachable("no answer in time"));
  const timer = setTimeout(end, PATIENCE_MS);
  try {
    return await call(AbortSignal.any([signal, patience.signal]));
  } finally {
    clearTimeout(timer);
  }
}

/** fetch, and the reading of a body, throw a TypeError when the network fails, and do not say why. */
async function passing<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof TypeError ? new Unreachable(error.message) : error;
  }
}
