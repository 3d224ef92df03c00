import { DurableObject } from "cloudflare:workers";
import { clocks, pubSubSettings } from "../config.js";
import { topology } from "../generated/topology.js";
import { log, messageOf } from "../log.js";
import { Publisher } from "../pubsub/publisher.js";
import { newSpanId } from "../trace/context.js";
import { exportSpan, type Span } from "../trace/exporter.js";
import { firstMessage } from "./first-message.js";
import { imageObject } from "./image-object.js";
import type { StatusUpdate } from "./status-update.js";
import { TaskStore } from "./store.js";
import { isTerminal, movesForward } from "./summary.js";
import type { NewTask, Task } from "./task.js";
import * as transitions from "./transitions.js";
import { type ViewJson, viewJson } from "./view.js";
import { LAST_ID_HEADER, OWNER_HEADER } from "./watch.js";
import { Watchers } from "./watchers.js";

export type SubmitResult = "accepted" | "conflict";
export type UpdateResult = "applied" | "stale" | "unknown_task";

/**
 * One per task, named by its id. Holds the summary that users query and watch, and owns the first
 * publish: its row and its alarm are the edge's outbox.
 */
export class TaskCoordinatorDO extends DurableObject<Env> {
  readonly #store: TaskStore;
  readonly #watchers: Watchers;
  /** The attempt under way in this instance; a second one would only publish a duplicate. */
  #publishing: Promise<void> | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#store = new TaskStore(ctx.storage);
    this.#watchers = new Watchers(ctx);
    void ctx.blockConcurrencyWhile(() => Promise.resolve(this.#store.open()));
  }

  /** Takes the task, once; the first publish begins at once and is not waited for. */
  submit(task: NewTask): SubmitResult {
    const known = this.#store.read();
    if (known !== undefined) {
      return isSame(known, task) ? "accepted" : "conflict";
    }
    this.#record(transitions.submitted(task, Date.now(), clocks(this.env)));
    this.ctx.waitUntil(this.#publish());
    return "accepted";
  }

  /** Undefined: no such task, or another owner's. */
  view(owner: string): ViewJson | undefined {
    const task = this.#ownedBy(owner);
    return task && viewJson(task);
  }

  /** The name of the task's picture; null: it is stored nowhere yet. Undefined as for {@link view}. */
  image(owner: string): string | null | undefined {
    const task = this.#ownedBy(owner);
    return task && imageObject(task);
  }

  /** Sync's word. A repeat or a late one is stale, and as good as applied. */
  update(update: StatusUpdate): UpdateResult {
    const task = this.#store.read();
    if (task === undefined) {
      return "unknown_task";
    }
    if (!movesForward(task.summary, update)) {
      return "stale";
    }
    this.#record(transitions.updated(task, update, Date.now(), clocks(this.env)));
    return "applied";
  }

  /** Opens a watch: 101 with a WebSocket, 404, or 204 when all was told and nothing will follow. */
  override fetch(request: Request): Response {
    const task = this.#ownedBy(request.headers.get(OWNER_HEADER) ?? "");
    if (task === undefined) {
      return new Response(null, { status: 404 });
    }
    const ended = isTerminal(task.summary.status);
    const entries = this.#store.timeline(Number(request.headers.get(LAST_ID_HEADER) ?? 0));
    if (ended && entries.length === 0) {
      return new Response(null, { status: 204 });
    }
    return new Response(null, { status: 101, webSocket: this.#watchers.add(entries, ended) });
  }

  override async alarm(): Promise<void> {
    const task = this.#store.read();
    if (task === undefined) {
      return;
    }
    const now = Date.now();
    if (task.outbox.forgetAt !== undefined && task.outbox.forgetAt <= now) {
      log("INFO", "task is forgotten", ids(task));
      await this.#store.forget();
    } else if (task.outbox.overdueAt !== undefined && task.outbox.overdueAt <= now) {
      log("WARNING", "task is overdue", ids(task));
      this.#record(transitions.overdue(task, now, clocks(this.env)));
      await this.#publish();
    } else if (task.outbox.publishDueAt !== undefined && task.outbox.publishDueAt <= now) {
      await this.#publish();
    } else {
      // Woken early, or by an alarm that something else has overtaken.
      this.#store.write(task);
    }
  }

  override webSocketMessage(): void {
    // Watchers have nothing to say; "ping" is answered without waking this object.
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#watchers.answerClose(socket, code);
  }

  #ownedBy(owner: string): Task | undefined {
    const task = this.#store.read();
    return task?.owner === owner ? task : undefined;
  }

  #record(task: Task): void {
    const entry = this.#store.record(task);
    this.#watchers.tell(entry, isTerminal(task.summary.status));
  }

  #publish(): Promise<void> {
    this.#publishing ??= this.#attempt().finally(() => (this.#publishing = undefined));
    return this.#publishing;
  }

  /** Should it be cut off, the alarm comes (again): the platform keeps it until its handler ends. */
  async #attempt(): Promise<void> {
    const task = this.#store.read();
    if (task?.outbox.publishDueAt === undefined) {
      return;
    }
    const startedAt = Date.now();
    try {
      const publisher = new Publisher(pubSubSettings(this.env));
      await publisher.publish(topology.firstTopic, await firstMessage(task));
    } catch (error) {
      this.#trace(task, startedAt, true);
      log("ERROR", "publishing the first message failed", {
        ...ids(task),
        failures: task.outbox.failures + 1,
        reason: messageOf(error),
      });
      this.#settle((now) =>
        transitions.attemptFailed(now, Date.now(), clocks(this.env), Math.random()),
      );
      return;
    }
    this.#trace(task, startedAt, false);
    log("INFO", "first message published", ids(task));
    this.#settle((now) => transitions.published(now, Date.now()));
  }

  #trace(task: Task, startedAt: number, failed: boolean): void {
    const span: Span = {
      name: "publish download.requested",
      kind: "producer",
      traceId: task.traceId,
      spanId: newSpanId(),
      parentSpanId: task.spanId,
      startedAt,
      failed,
      attributes: { "in.task.id": task.taskId, "messaging.system": "gcp_pubsub" },
    };
    this.ctx.waitUntil(exportSpan(this.env, span));
  }

  /** Applies an attempt's outcome, unless Google Cloud has spoken while it was under way. */
  #settle(transition: (task: Task) => Task): void {
    const before = this.#store.read();
    if (before?.outbox.publishDueAt === undefined) {
      return;
    }
    const after = transition(before);
    if (after.summary.status === before.summary.status) {
      this.#store.write(after);
    } else {
      this.#record(after);
    }
  }
}

function isSame(known: Task, again: NewTask): boolean {
  return (
    known.owner === again.owner &&
    JSON.stringify(known.submission) === JSON.stringify(again.submission)
  );
}

function ids(task: Task): { readonly taskId: string; readonly traceId: string } {
  return { taskId: task.taskId, traceId: task.traceId };
}
