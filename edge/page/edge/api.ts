import { InClient } from "../../client/src/client.js";
import type { LibraryItem as ListedTask } from "../../client/src/generated/api.js";
import { isTransient, ProblemError } from "../../client/src/problem-error.js";
import type { Retry } from "../../client/src/retry.js";
import type { Status } from "../../src/tasks/summary.js";
import type { Connection } from "./connection.js";
import type { Session } from "./session.js";

/** What is listed. */
export interface LibraryQuery {
  /** In the language of `GET /v1/search`; empty: everything. */
  readonly text: string;
  /** Empty: any. */
  readonly status: Status | "";
}

/** A task as it is listed, with what was found in its image. */
export interface LibraryItem extends Omit<ListedTask, "status"> {
  readonly status: Status;
}

export interface LibraryPage {
  readonly items: readonly LibraryItem[];
  readonly nextCursor?: string;
}

const ONCE: Retry = { retry: (call) => call() };

/** The edge as this page uses it: calls wait for a lost connection and for credentials. */
export class Api {
  readonly client: InClient;
  readonly #once: InClient;

  constructor(session: Session, connection: Connection) {
    const options = { credentials: session, retry: connection, streamRetry: connection };
    this.client = new InClient(options);
    this.#once = new InClient({ ...options, retry: ONCE });
  }

  /** Newest first. */
  async list(
    { text, status }: LibraryQuery,
    cursor: string | undefined,
    limit: number,
    signal: AbortSignal,
  ): Promise<LibraryPage> {
    const { tasks } = this.client;
    const page = { cursor, limit };
    const answer =
      text === ""
        ? tasks.list({ ...page, status: status === "" ? undefined : status }, { signal })
        : tasks.search(status === "" ? text : `${text} status:${status}`, page, { signal });
    return (await answer) as LibraryPage;
  }

  async delete(taskId: string): Promise<void> {
    try {
      await this.client.tasks.delete(taskId);
    } catch (error) {
      // Deleted elsewhere, or by an earlier try whose answer was lost.
      if (!(error instanceof ProblemError && error.code === "not_found")) {
        throw error;
      }
    }
  }

  /** The image itself: the edge redirects to the bucket. */
  image(taskId: string, signal: AbortSignal): Promise<Blob> {
    return this.withBucket(() => this.#once.tasks.image(taskId, { signal }), signal);
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
        if (!isTransient(error)) {
          throw error;
        }
      }
      await this.client.call("GET /healthz", {}, { signal });
    }
    throw new ProblemError(
      "storage_unreachable",
      "The bucket does not accept requests of this page.",
    );
  }
}
