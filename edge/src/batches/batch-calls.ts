import { clocks } from "../config.js";
import { derivedId } from "../encoding.js";
import { isRefused } from "../limits/usage.js";
import { log, messageOf } from "../log.js";
import type { TaskCoordinatorDO } from "../tasks/coordinator.js";
import { type CommandResult, isRefusal } from "../tasks/commands.js";
import type { SubmitResult } from "../tasks/results.js";
import type { Submission } from "../tasks/submission.js";
import type { NewTask } from "../tasks/task.js";
import { newSpanId, newTraceId } from "../trace/context.js";
import { withinTimeout } from "../within-timeout.js";
import type { Batch } from "./batch.js";
import type { BatchStore, StoredItem } from "./batch-store.js";
import type { Call, CallTable } from "./call-table.js";
import { pauseOf } from "./pause.js";

/** How many coordinators are called at a time. */
const PAGE = 16;

/** The id of an item's task: the item submitted again is the same task. */
export function taskIdOf(batchId: string, position: number): Promise<string> {
  return derivedId(`batch|${batchId}|${position}`);
}

/**
 * Submits a batch's items to coordinators, as many at a time as its owner may have in flight: the others stay
 * rows of the batch. So a batch takes a place in its owner's queue as other tasks do, and no more than that.
 */
export class BatchCalls {
  #running: Promise<void> | undefined;

  /** @param onChange an item has changed without a report */
  constructor(
    private readonly env: Env,
    private readonly store: BatchStore,
    private readonly calls: CallTable,
    private readonly onChange: () => void,
  ) {}

  /** When there is something to do; undefined: only reports change anything. */
  dueAt(now: number): number | undefined {
    const batch = this.store.read();
    const mayStart =
      batch !== undefined && batch.cancelledAt === undefined && this.#room(batch) > 0;
    const times = [this.calls.dueAt(), mayStart ? (batch.pausedUntil ?? now) : undefined];
    const least = Math.min(...times.map((time) => time ?? Infinity));
    return least === Infinity ? undefined : least;
  }

  /** None is begun any more, and those under way are over. */
  async stop(): Promise<void> {
    this.calls.clear();
    await this.#running;
    this.calls.clear();
  }

  run(): Promise<void> {
    this.#running ??= this.#callAll().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #callAll(): Promise<void> {
    for (;;) {
      this.#takeNext(Date.now());
      const due = this.calls.due(Date.now(), PAGE);
      if (due.length === 0) {
        return;
      }
      await Promise.all(due.map((call) => this.#attempt(call)));
    }
  }

  /** Items begin here: what is cancelled from now on leaves their tasks to their coordinators. */
  #takeNext(now: number): void {
    const batch = this.store.read();
    if (batch === undefined || batch.cancelledAt !== undefined || (batch.pausedUntil ?? 0) > now) {
      return;
    }
    for (const item of this.store.items("waiting", 0, Math.min(this.#room(batch), PAGE))) {
      this.store.move(item, "processing");
      this.calls.put(item.position, "start", now);
    }
  }

  #room({ tasksInFlight }: Batch): number {
    const { waiting, processing } = this.store.counts();
    return Math.min(waiting, tasksInFlight - processing);
  }

  async #attempt(call: Call): Promise<void> {
    const batch = this.store.read();
    const item = this.store.item(call.position);
    if (batch === undefined || item === undefined) {
      return;
    }
    try {
      await (call.kind === "cancel" ? this.#cancel(batch, item) : this.#start(batch, item));
    } catch (error) {
      const details = { batchId: batch.batchId, position: item.position, reason: messageOf(error) };
      log("ERROR", "calling the coordinator of a batch's item failed", details);
      const { backoffMinimumMs, backoffMaximumMs } = clocks(this.env);
      const backoff = Math.min(backoffMinimumMs * 2 ** call.failures, backoffMaximumMs);
      this.calls.failed(call, Math.ceil(Date.now() + backoff));
    }
  }

  async #cancel({ batchId, owner }: Batch, { position }: StoredItem): Promise<void> {
    const taskId = await taskIdOf(batchId, position);
    const operationId = await derivedId(`cancel|${taskId}`);
    await withinTimeout(this.env.TASKS.getByName(taskId).cancelWaiting(owner, operationId));
    this.calls.done(position);
  }

  async #start(batch: Batch, item: StoredItem): Promise<void> {
    const taskId = await taskIdOf(batch.batchId, item.position);
    const coordinator = this.env.TASKS.getByName(taskId);
    await (item.attempt === 0
      ? this.#submit(batch, item, taskId, coordinator)
      : this.#redrive(item, taskId, coordinator));
    if (this.store.read()?.cancelledAt !== undefined && this.#isProcessing(item.position)) {
      this.calls.put(item.position, "cancel", Date.now());
    } else {
      this.calls.done(item.position);
    }
  }

  async #submit(
    batch: Batch,
    { position, item }: StoredItem,
    taskId: string,
    coordinator: DurableObjectStub<TaskCoordinatorDO>,
  ): Promise<void> {
    const { batchId, owner, channel, tasksInFlight, limits, pools } = batch;
    const { input } = item;
    if (input === undefined) {
      return;
    }
    const fileName = item.fileName === undefined ? await this.#fileName(owner, input) : undefined;
    const task: NewTask = {
      ...{ taskId, owner, channel, tasksInFlight, traceId: newTraceId(), spanId: newSpanId() },
      submission: {
        input,
        features: item.features ?? batch.features,
        priority: batch.priority,
        ...(item.fileName === undefined ? {} : { fileName: item.fileName }),
      },
      ...(fileName === undefined ? {} : { uploadFileName: fileName }),
      ...(limits === undefined ? {} : { limits }),
      ...(pools === undefined ? {} : { pools }),
      batch: { batchId, position },
    };
    const result = await withinTimeout<SubmitResult>(coordinator.submit(task));
    this.#onSubmitted(position, result);
  }

  #onSubmitted(position: number, result: SubmitResult): void {
    if (result === "waiting") {
      throw new Error("its account does not answer");
    }
    const item = this.store.item(position);
    const batch = this.store.read();
    if (item?.status !== "processing" || batch === undefined) {
      return;
    }
    if (result === "deleted" || result === "conflict") {
      this.store.move(item, "cancelled", { code: "deleted", message: "its task was deleted" });
      this.onChange();
    } else if (result !== "accepted" && isRefused(result.admission)) {
      // Nothing is left of the task: the item waits again, and the others with it.
      this.store.move(item, batch.cancelledAt === undefined ? "waiting" : "cancelled");
      const pausedUntil = Date.now() + pauseOf(result.admission);
      this.store.write({ ...batch, pausedUntil });
      this.onChange();
    }
  }

  async #redrive(
    { position, attempt }: StoredItem,
    taskId: string,
    coordinator: DurableObjectStub<TaskCoordinatorDO>,
  ): Promise<void> {
    const operationId = await derivedId(`retry|${taskId}|${attempt}`);
    const result = await withinTimeout<CommandResult>(coordinator.command("redrive", operationId));
    const item = this.store.item(position);
    if (isRefusal(result) && result === "unknown_task" && item?.status === "processing") {
      const error = { code: result, message: "its task is not kept any more" };
      this.store.move(item, "failed", error);
      this.onChange();
    }
  }

  #isProcessing(position: number): boolean {
    return this.store.item(position)?.status === "processing";
  }

  /** As its upload was declared. */
  async #fileName(owner: string, input: Submission["input"]): Promise<string | undefined> {
    return "uploadId" in input
      ? (await withinTimeout(this.env.ACCOUNTS.getByName(owner).upload(input.uploadId)))?.fileName
      : undefined;
  }
}
