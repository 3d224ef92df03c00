import { DurableObject } from "cloudflare:workers";
import type { ReportAnswer } from "../account/report-answer.js";
import { RetriedAlarm } from "../alarm-retry.js";
import { clocks } from "../config.js";
import { log } from "../log.js";
import { answerClose } from "../websocket.js";
import { mayBeRefused } from "./admission.js";
import { type Command, type CommandResult, decide, isRefusal } from "./commands.js";
import { type ImageObject, imageObject } from "./image-object.js";
import { OutboxPublisher } from "./outbox.js";
import { Reporter } from "./reporter.js";
import type { SubmitResult, UpdateResult } from "./results.js";
import type { StatusUpdate } from "./status-update.js";
import { TaskStore } from "./store.js";
import { isTerminal, movesForward } from "./summary.js";
import {
  type DeletedTask,
  isDeleted,
  isSameTask,
  isUnanswered,
  isWaiting,
  logIds,
  type NewTask,
  type StoredTask,
  type Task,
} from "./task.js";
import * as transitions from "./transitions.js";
import { type ViewJson, viewJson } from "./view.js";
import { HISTORY_HEADER, LAST_ID_HEADER, OWNER_HEADER } from "./watch.js";
import { Watchers } from "./watchers.js";

/**
 * One per task, named by its id. Holds the summary that users query and watch, and owns the first
 * publish and the commands: its row and its alarm are the edge's outbox.
 */
export class TaskCoordinatorDO extends DurableObject<Env> {
  readonly #store: TaskStore;
  readonly #watchers: Watchers;
  readonly #outbox: OutboxPublisher;
  readonly #reporter: Reporter;
  readonly #alarm: RetriedAlarm;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#store = new TaskStore(ctx.storage);
    this.#alarm = new RetriedAlarm(ctx.storage, { taskId: ctx.id.name });
    this.#watchers = new Watchers(ctx);
    this.#outbox = new OutboxPublisher(ctx, env, this.#store, (before, after) =>
      this.#apply(before, after),
    );
    this.#reporter = new Reporter(
      env,
      () => this.#store.reports,
      (answer) => this.#onReported(answer),
      () => this.#onRefused(),
    );
  }

  /**
   * Accepts the task, once. It is in its account's library before this answers, unless the account
   * is not available: then it follows. The first publish begins then and is not awaited. Where the
   * owner has limits, the account admits it first; of a task that it refuses nothing is left.
   */
  async submit(task: NewTask): Promise<SubmitResult> {
    const known = this.#store.read();
    if (known === undefined) {
      this.#record(transitions.submitted(task, Date.now()));
    } else if (isDeleted(known)) {
      return "deleted";
    } else if (!isSameTask(known, task)) {
      return "conflict";
    }
    const admission = await this.#reporter.deliver();
    if (admission !== undefined) {
      return { admission };
    }
    return isUnanswered(this.#store.read()) && mayBeRefused(task) ? "waiting" : "accepted";
  }

  /** Undefined: no such task, or another owner's. */
  view(owner: string): ViewJson | undefined {
    const task = this.#ownedBy(owner);
    return task && viewJson(task);
  }

  /** Where the task's image is; null: it is not stored yet. Undefined as for {@link view}. */
  image(owner: string): ImageObject | null | undefined {
    const task = this.#ownedBy(owner);
    return task && imageObject(task);
  }

  /** A repeat or a late update is stale, and as good as applied. */
  update(update: StatusUpdate): UpdateResult {
    const task = this.#store.read();
    if (task === undefined) {
      return "unknown_task";
    }
    if (isDeleted(task) || !movesForward(task.summary, update)) {
      return "stale";
    }
    this.#record(transitions.updated(task, update, Date.now(), clocks(this.env)));
    return "applied";
  }

  /**
   * Takes a command, once for each id; `recovery` executes it. A redrive opens the new run here, a
   * deletion deletes here, both at once.
   */
  command(command: Command, operationId: string): CommandResult {
    const stored = this.#store.read();
    const decision = decide(stored, command, operationId);
    if (stored === undefined || isDeleted(stored) || isRefusal(decision) || decision.repeated) {
      return decision;
    }
    const { operation } = decision;
    const now = Date.now();
    switch (command) {
      case "redrive":
        this.#record(transitions.redriven(stored, operation, now, clocks(this.env)));
        break;
      case "cancel":
        if (isWaiting(stored)) {
          this.#record(transitions.cancelledWaiting(stored, operation, now, clocks(this.env)));
          break;
        }
        this.#store.write(transitions.cancelling(stored, operation, now, clocks(this.env)));
        break;
      case "delete":
        this.#delete(stored, transitions.deleted(stored, operation, now, clocks(this.env)), now);
    }
    this.ctx.waitUntil(this.#outbox.publish());
    return decision;
  }

  /** Deletes the owner's task; false: no such task, or another owner's. */
  remove(owner: string, operationId: string): boolean {
    return this.#ownedBy(owner) !== undefined && !isRefusal(this.command("delete", operationId));
  }

  /** The owner's account lets the task begin, or asks whether it goes on; false: it has ended, or is not known. */
  release(owner: string, skipAnalysis?: string): boolean {
    const task = this.#ownedBy(owner);
    if (task === undefined || isTerminal(task.summary.status)) {
      return false;
    }
    if (isWaiting(task)) {
      this.#begin(task, skipAnalysis);
    }
    return true;
  }

  /** Cancels the owner's task if nothing of it has begun. */
  cancelWaiting(owner: string, operationId: string): void {
    const task = this.#ownedBy(owner);
    if (task !== undefined && isWaiting(task)) {
      this.command("cancel", operationId);
    }
  }

  /** Reports to the account once more how the task stands, because the account has lost it. */
  reportAgain(owner: string): void {
    const task = this.#ownedBy(owner);
    if (task !== undefined) {
      this.#store.reportAgain(task, this.#reportDueAt());
      this.ctx.waitUntil(this.#reporter.deliver());
    }
  }

  /** Opens a watch: 101 with a WebSocket, 404, or 204 when nothing is left and nothing will follow. */
  override fetch(request: Request): Response {
    const task = this.#ownedBy(request.headers.get(OWNER_HEADER) ?? "");
    if (task === undefined) {
      return new Response(null, { status: 404 });
    }
    const ends = isTerminal(task.summary.status) || request.headers.has(HISTORY_HEADER);
    const entries = this.#store.timeline(Number(request.headers.get(LAST_ID_HEADER) ?? 0));
    if (ends && entries.length === 0) {
      return new Response(null, { status: 204 });
    }
    return new Response(null, { status: 101, webSocket: this.#watchers.add(entries, ends) });
  }

  override alarm(): Promise<void> {
    return this.#alarm.run(() => this.#onAlarm(Date.now()));
  }

  override webSocketMessage(): void {
    // Watchers send nothing of interest; "ping" is answered without waking this object.
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    answerClose(socket, code);
  }

  async #onAlarm(now: number): Promise<void> {
    if (this.#store.read() === undefined) {
      return;
    }
    if ((this.#store.reports.dueAt() ?? Infinity) <= now) {
      await this.#reporter.deliver();
    }
    const task = this.#store.read();
    if (task === undefined) {
      return;
    }
    const { publishDueAt, overdueAt, forgetAt } = task.outbox;
    const reported = this.#store.reports.dueAt() === undefined;
    if (forgetAt !== undefined && forgetAt <= now && publishDueAt === undefined && reported) {
      log("INFO", "task is deleted: its time is up", logIds(task));
      await this.#store.forget();
    } else if (!isDeleted(task) && overdueAt !== undefined && overdueAt <= now) {
      await this.#onOverdue(task, now);
    } else if (publishDueAt !== undefined && publishDueAt <= now) {
      await this.#outbox.publish();
    } else {
      // Woken early, or by an alarm that something else has overtaken.
      this.#store.write(task);
    }
  }

  async #onOverdue(task: Task, now: number): Promise<void> {
    const times = clocks(this.env);
    if (transitions.isExpired(task, now, times)) {
      log(
        "ERROR",
        "task has timed out: nothing was reported in a document's lifetime",
        logIds(task),
      );
      this.#record(transitions.timedOut(task, now, times));
      return;
    }
    log("WARNING", "task is overdue", logIds(task));
    this.#record(transitions.overdue(task, now, times));
    await this.#outbox.publish();
  }

  /** Every reader also checks that what is due will happen. */
  #ownedBy(owner: string): Task | undefined {
    const task = this.#store.read();
    if (task === undefined || isDeleted(task) || task.owner !== owner) {
      return undefined;
    }
    this.ctx.waitUntil(this.#store.ensureAlarm());
    return task;
  }

  #record(task: Task): void {
    const entry = this.#store.record(task, this.#reportDueAt());
    this.#watchers.notify(entry, isTerminal(task.summary.status));
    this.ctx.waitUntil(this.#reporter.deliver());
  }

  #delete(task: Task, deleted: DeletedTask, now: number): void {
    this.#store.replace(task, deleted, now, this.#reportDueAt());
    this.#watchers.closeAll();
    this.ctx.waitUntil(this.#reporter.deliver());
  }

  /** A little later than the attempt that is made at once, which the alarm takes over. */
  #reportDueAt(): number {
    return Math.ceil(Date.now() + clocks(this.env).backoffMinimumMs);
  }

  #onReported(answer?: ReportAnswer): void {
    const task = this.#store.read();
    if (task === undefined) {
      return;
    }
    if (answer === undefined || isDeleted(task) || !isWaiting(task)) {
      this.#store.setAlarm(task);
    } else if (answer.isQueued === true) {
      this.#store.write(transitions.queued(task));
    } else {
      this.#begin(task, answer.admission?.skipAnalysis);
    }
  }

  #begin(task: Task, skipAnalysis: string | undefined): void {
    this.#store.write(transitions.released(task, Date.now(), clocks(this.env), skipAnalysis));
    this.ctx.waitUntil(this.#outbox.publish());
  }

  /** As if it had never been submitted: its id is free. */
  async #onRefused(): Promise<void> {
    this.#watchers.closeAll();
    await this.#store.forget();
  }

  #apply(before: StoredTask, after: StoredTask): void {
    if (isDeleted(after) || isDeleted(before) || after.summary.status === before.summary.status) {
      this.#store.write(after);
    } else {
      this.#record(after);
    }
  }
}
