import type { LibraryEntry } from "../../src/generated/library.js";
import type { Status, TaskError } from "../../src/tasks/summary.js";
import type { Call, Calls } from "./calls.js";
import { EventParser, type ServerSentEvent } from "./event-parser.js";
import { Refusal } from "./refusal.js";

/** Where one image may be uploaded, and how. */
export interface SignedUpload {
  readonly uploadId: string;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The body of `POST /v1/tasks`. */
export type TaskRequest = ({ readonly imageUrl: string } | { readonly uploadId: string }) & {
  readonly features: readonly string[];
  readonly fileName?: string;
};

/** What is listed. */
export interface LibraryQuery {
  /** In the language of `GET /v1/search`; empty: everything. */
  readonly text: string;
  /** Empty: any. */
  readonly status: string;
}

/** A task as it is listed, with what was found in its image. */
export interface LibraryItem extends Omit<
  LibraryEntry,
  "version" | "text" | "status" | "createdAt" | "failureCode"
> {
  readonly taskId: string;
  readonly status: Status;
  readonly stage?: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly error?: TaskError;
}

export interface LibraryPage {
  readonly items: readonly LibraryItem[];
  readonly nextCursor?: string;
}

/** The edge's public API, as far as the page uses it. */
export class Api {
  constructor(private readonly calls: Calls) {}

  createUpload(contentType: string, size: number, signal: AbortSignal): Promise<SignedUpload> {
    const request = posted({ contentType, size }, {});
    return this.calls.call("/v1/uploads", request, json<SignedUpload>, signal);
  }

  /** @param key idempotency key: submitted twice, it is still one task */
  async submit(body: TaskRequest, key: string, signal: AbortSignal): Promise<string> {
    const request = posted(body, { "idempotency-key": key });
    const { taskId } = await this.calls.call(
      "/v1/tasks",
      request,
      json<{ readonly taskId: string }>,
      signal,
    );
    return taskId;
  }

  /** What happened to the task after that event, oldest first. */
  async history(taskId: string, lastId: string, signal: AbortSignal): Promise<ServerSentEvent[]> {
    const path = `/v1/tasks/${taskId}/events?follow=false`;
    const headers = { accept: "text/event-stream", "last-event-id": lastId };
    const stream = await this.calls.call(path, { headers }, (answer) => answer.text(), signal);
    return new EventParser().push(stream);
  }

  /** Newest first. */
  list(
    { text, status }: LibraryQuery,
    cursor: string | undefined,
    limit: number,
    signal: AbortSignal,
  ): Promise<LibraryPage> {
    const query = new URLSearchParams({ limit: String(limit) });
    if (cursor !== undefined) {
      query.set("cursor", cursor);
    }
    if (text !== "") {
      query.set("q", status === "" ? text : `${text} status:${status}`);
    } else if (status !== "") {
      query.set("status", status);
    }
    const path = text === "" ? "/v1/tasks" : "/v1/search";
    return this.calls.call(`${path}?${query.toString()}`, {}, json<LibraryPage>, signal);
  }

  async delete(taskId: string, signal: AbortSignal): Promise<void> {
    try {
      const request = { method: "DELETE" };
      await this.calls.call(`/v1/tasks/${taskId}`, request, (answer) => answer.text(), signal);
    } catch (error) {
      // Deleted elsewhere, or by an earlier try whose answer was lost.
      if (!(error instanceof Refusal && error.code === "not_found")) {
        throw error;
      }
    }
  }

  /** The latest entry's of the account's feed. */
  async cursor(signal: AbortSignal): Promise<string> {
    const { cursor } = await this.calls.call(
      "/v1/account",
      {},
      json<{ readonly cursor: number }>,
      signal,
    );
    return String(cursor);
  }

  /** What happens to the owner's tasks after that entry, as server-sent events. */
  feed(
    cursor: string,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | null> {
    const headers = { accept: "text/event-stream", "last-event-id": cursor };
    return this.calls.call("/v1/events", { headers }, (answer) => answer.body, signal);
  }

  /** The image itself: the edge redirects to the bucket. */
  image(taskId: string, signal: AbortSignal): Promise<Blob> {
    return this.calls.blob(`/v1/tasks/${taskId}/image`, signal);
  }

  /** See {@link Calls.withBucket}. */
  withBucket<T>(operation: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return this.calls.withBucket(operation, signal);
  }
}

function posted(body: object, headers: Readonly<Record<string, string>>): Call {
  return {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

async function json<T>(answer: Response): Promise<T> {
  return (await answer.json()) as T;
}
