import { EventParser, type ServerSentEvent } from "./event-parser.js";
import { followed, type StreamSettings } from "./event-stream.js";
import type { AcceptedTask, LibraryPage, Operations, Submission, Task } from "./generated/api.js";
import type { CallOptions, Transport } from "./transport.js";

/** A task as it stood when something happened to it. */
export interface TaskEvent {
  /** Resumes a watch behind this event. */
  readonly id: string;
  readonly task: Task;
}

export interface CreateOptions extends CallOptions {
  /** The same key with the same body is the same task; left out: a random one, so that a repeated call is one task. */
  readonly idempotencyKey?: string | undefined;
}

export interface WatchOptions extends CallOptions {
  /** Only what happened after that event. */
  readonly lastEventId?: string | undefined;
}

type QueryOf<K extends keyof Operations> =
  NonNullable<Operations[K]["input"]> extends { readonly query?: infer Q } ? NonNullable<Q> : never;

export class Tasks {
  constructor(
    private readonly transport: Transport,
    private readonly streams: StreamSettings,
  ) {}

  create(body: Submission, options: CreateOptions = {}): Promise<AcceptedTask> {
    const key = options.idempotencyKey ?? crypto.randomUUID();
    const input = { headers: { "Idempotency-Key": key }, body };
    return this.transport.call("POST /v1/tasks", input, options);
  }

  /** Newest first. */
  list(query: QueryOf<"GET /v1/tasks"> = {}, options?: CallOptions): Promise<LibraryPage> {
    return this.transport.call("GET /v1/tasks", { query }, options);
  }

  /** Newest first. */
  search(
    q: string,
    query: Omit<QueryOf<"GET /v1/search">, "q"> = {},
    options?: CallOptions,
  ): Promise<LibraryPage> {
    return this.transport.call("GET /v1/search", { query: { ...query, q } }, options);
  }

  get(taskId: string, options?: CallOptions): Promise<Task> {
    return this.transport.call("GET /v1/tasks/{taskId}", { path: { taskId } }, options);
  }

  async delete(taskId: string, options?: CallOptions): Promise<void> {
    await this.transport.call("DELETE /v1/tasks/{taskId}", { path: { taskId } }, options);
  }

  /** The image's bytes: the edge redirects to the bucket. Takes as long as it takes. */
  image(taskId: string, { signal }: CallOptions = {}): Promise<Blob> {
    const conditions = { signal, timeoutMs: Infinity };
    const input = { path: { taskId } };
    const read = (answer: Response): Promise<Blob> => answer.blob();
    return this.transport.send("GET /v1/tasks/{taskId}/image", input, read, conditions);
  }

  /** What happened so far. */
  async history(taskId: string, options: WatchOptions = {}): Promise<readonly TaskEvent[]> {
    const text = await this.transport.send(
      "GET /v1/tasks/{taskId}/events",
      { ...eventsOf(taskId, options.lastEventId ?? "0"), query: { follow: "false" } },
      (answer) => answer.text(),
      options,
    );
    return new EventParser().push(text).map(taskEvent);
  }

  /** What happened, and what happens until the task's end, each event once. */
  async *watch(
    taskId: string,
    { signal = new AbortController().signal, lastEventId = "0" }: WatchOptions = {},
  ): AsyncGenerator<TaskEvent, void, undefined> {
    const open = async (lastId: string): Promise<Response | undefined> =>
      await this.transport.send(
        "GET /v1/tasks/{taskId}/events",
        eventsOf(taskId, lastId),
        // Only the edge knows that nothing follows: a failed task may be redriven.
        (answer) => (answer.status === 204 ? undefined : answer),
        { signal, retry: this.streams.retry },
      );
    const following = { open, lastId: lastEventId, signal, settings: this.streams };
    for await (const event of followed(following)) {
      yield taskEvent(event);
    }
  }

  /** The task as it ended. */
  async wait(taskId: string, options: CallOptions = {}): Promise<Task> {
    for await (const { task } of this.watch(taskId, options)) {
      if (task.status === "completed" || task.status === "failed") {
        // What was read may be the end of an earlier run.
        const latest = await this.get(taskId, options);
        if (latest.status === task.status) {
          return latest;
        }
      }
    }
    return await this.get(taskId, options);
  }
}

function eventsOf(taskId: string, lastId: string) {
  return {
    path: { taskId },
    headers: { accept: "text/event-stream", "Last-Event-ID": lastId },
  };
}

function taskEvent({ id, data }: ServerSentEvent): TaskEvent {
  return { id, task: JSON.parse(data) as Task };
}
