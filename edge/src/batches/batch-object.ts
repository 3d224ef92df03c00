import { DurableObject } from "cloudflare:workers";
import { isDeletedReport, type TaskReport } from "../account/report.js";
import { RetriedAlarm } from "../alarm-retry.js";
import { clocks } from "../config.js";
import { log, messageOf } from "../log.js";
import { isTerminal } from "../tasks/summary.js";
import { withinTimeout } from "../within-timeout.js";
import {
  type Batch,
  type BatchRefusal,
  type Chunk,
  hasEnded,
  isSameBatch,
  type ItemStatus,
  type NewBatch,
} from "./batch.js";
import { BatchCalls, taskIdOf } from "./batch-calls.js";
import { BatchStore, type ItemError, type StoredItem } from "./batch-store.js";
import { batchView } from "./batch-view.js";
import { CallTable } from "./call-table.js";
import { Rate } from "./rate.js";
import type { BatchView, ItemPage } from "./schemas.js";

/** What is due begins at once; the alarm takes over that much later if it is interrupted. */
const ALARM_MS = 1_000;

/**
 * One per batch, named by its id. Its items stay here until there is room among its owner's tasks in flight; then
 * they are tasks as all others, whose coordinators report how they end.
 */
export class BatchDO extends DurableObject<Env> {
  readonly #store: BatchStore;
  readonly #callTable: CallTable;
  readonly #calls: BatchCalls;
  readonly #rate: Rate;
  readonly #alarm: RetriedAlarm;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#alarm = new RetriedAlarm(ctx.storage, { batchId: ctx.id.name });
    this.#store = new BatchStore(ctx.storage.sql);
    this.#callTable = new CallTable(ctx.storage.sql);
    this.#rate = new Rate(ctx.storage.sql);
    this.#calls = new BatchCalls(env, this.#store, this.#callTable, () => this.#changed());
  }

  /** Once: created again it is the same, if it is to be the same. */
  create(batch: NewBatch): "created" | "idempotency_key_conflict" | "batch_deleted" {
    if (this.#store.deleted !== undefined) {
      return "batch_deleted";
    }
    const known = this.#store.read();
    if (known !== undefined) {
      return isSameBatch(known, batch) ? "created" : "idempotency_key_conflict";
    }
    const now = Date.now();
    this.#store.write({ ...batch, createdAt: now, updatedAt: now });
    void this.ctx.storage.setAlarm(now + clocks(this.env).documentTtlMs);
    return "created";
  }

  /** Answers how many of the chunk's items there was room for; for a chunk that is known, as before. */
  append(owner: string, chunk: Chunk): number | BatchRefusal {
    const batch = this.#ownedBy(owner);
    if (batch === undefined) {
      return "not_found";
    }
    const known = this.#store.chunk(chunk.key);
    if (known !== undefined) {
      return known.digest === chunk.digest ? known.accepted : "idempotency_key_conflict";
    }
    if (batch.sealedAt !== undefined) {
      return "batch_sealed";
    }
    const accepted = this.#store.append(chunk);
    this.#changed();
    return accepted;
  }

  seal(owner: string): BatchView | BatchRefusal {
    const batch = this.#ownedBy(owner);
    if (batch === undefined) {
      return "not_found";
    }
    if (batch.sealedAt === undefined) {
      this.#store.write({ ...batch, sealedAt: Date.now() });
      this.#changed();
    }
    return this.#view();
  }

  /** What has not begun does not begin any more. */
  cancel(owner: string): BatchView | BatchRefusal {
    const batch = this.#ownedBy(owner);
    if (batch === undefined) {
      return "not_found";
    }
    if (batch.cancelledAt === undefined) {
      if (batch.endedAt !== undefined) {
        return "batch_ended";
      }
      const now = Date.now();
      this.#store.write({ ...batch, sealedAt: batch.sealedAt ?? now, cancelledAt: now });
      this.#store.cancelWaiting();
      this.#callTable.cancelBegun(now);
      this.#changed();
    }
    return this.#view();
  }

  /** What has failed so far is carried out again, as new runs of the same tasks. */
  retry(owner: string): BatchView | BatchRefusal {
    const batch = this.#ownedBy(owner);
    if (batch === undefined) {
      return "not_found";
    }
    if (batch.cancelledAt !== undefined) {
      return "batch_ended";
    }
    if (this.#store.counts().failed > 0) {
      const { endedAt: _ended, ...open } = batch;
      this.#store.write(open);
      this.#store.retryFailed();
      this.#changed();
    }
    return this.#view();
  }

  /** With its account. What its items became are tasks of that account; late reports of them find nothing here. */
  async remove(owner: string): Promise<void> {
    const batch = this.#ownedBy(owner);
    if (batch !== undefined) {
      this.#store.write({ ...batch, cancelledAt: batch.cancelledAt ?? Date.now() });
    }
    await this.#calls.stop();
    const now = Date.now();
    await this.ctx.storage.deleteAll();
    this.#store.closed();
    this.#store.write({ isDeleted: true, batchId: this.ctx.id.name ?? "", owner, updatedAt: now });
    await this.ctx.storage.setAlarm(now + clocks(this.env).documentTtlMs);
  }

  view(owner: string): BatchView | undefined {
    return this.#ownedBy(owner) && this.#view();
  }

  /** In the order of appending. */
  async items(
    owner: string,
    status: ItemStatus | undefined,
    after: number,
    limit: number,
  ): Promise<ItemPage | undefined> {
    const batch = this.#ownedBy(owner);
    if (batch === undefined) {
      return undefined;
    }
    const items = this.#store.items(status, after, limit);
    const last = items.at(-1);
    return {
      items: await Promise.all(items.map((item) => itemView(batch.batchId, item))),
      ...(items.length < limit || last === undefined ? {} : { nextCursor: String(last.position) }),
    };
  }

  /** Takes over what a coordinator reports about an item's task; late and repeated ones change nothing. */
  report(owner: string, place: number, report: TaskReport): void {
    const item = this.#ownedBy(owner) && this.#store.item(place);
    if (item === undefined || report.version <= item.version) {
      return;
    }
    const hadEnded = item.status !== "processing" && item.status !== "waiting";
    if (isDeletedReport(report)) {
      this.#store.forgetContent(item);
      if (hadEnded) {
        return;
      }
    }
    const { status, error } = outcomeOf(report);
    this.#store.move(item, status, error, report.version);
    if (status !== "processing") {
      this.#rate.count(Date.now());
    }
    this.#changed();
  }

  override alarm(): Promise<void> {
    return this.#alarm.run(() => this.#onAlarm(Date.now()));
  }

  async #onAlarm(now: number): Promise<void> {
    const batch = this.#store.read();
    const kept = batch ?? this.#store.deleted;
    if (kept === undefined) {
      return;
    }
    const { batchId, owner, updatedAt } = kept;
    if (updatedAt + clocks(this.env).documentTtlMs <= now) {
      log("INFO", "batch is forgotten: its time is up", { batchId });
      await withinTimeout(this.env.ACCOUNTS.getByName(owner).removeBatch(batchId));
      await this.ctx.storage.deleteAll();
      this.#store.closed();
      return;
    }
    if (batch !== undefined) {
      await this.#calls.run();
    }
    await this.#setAlarm();
  }

  /** After every change: it may have ended, and others may begin. */
  #changed(): void {
    const batch = this.#store.read();
    if (batch === undefined) {
      return;
    }
    const now = Date.now();
    const isOpen = batch.sealedAt === undefined || !hasEnded(this.#store.counts());
    const { endedAt, ...kept } = batch;
    this.#store.write({
      ...kept,
      updatedAt: now,
      ...(isOpen ? {} : { endedAt: endedAt ?? now }),
    });
    if ((this.#calls.dueAt(now) ?? Infinity) <= now) {
      void this.ctx.storage.setAlarm(now + ALARM_MS);
      this.ctx.waitUntil(this.#run());
    }
  }

  async #run(): Promise<void> {
    try {
      await this.#calls.run();
      await this.#setAlarm();
    } catch (error) {
      log("ERROR", "a batch is left to its alarm", { reason: messageOf(error) });
    }
  }

  /** For the next call, or else for when nobody has asked about the batch for long. */
  async #setAlarm(): Promise<void> {
    const now = Date.now();
    const batch = this.#store.read();
    const kept = batch ?? this.#store.deleted;
    if (kept !== undefined) {
      const forgetAt = kept.updatedAt + clocks(this.env).documentTtlMs;
      const dueAt = batch === undefined ? undefined : this.#calls.dueAt(now);
      const next = dueAt === undefined ? forgetAt : Math.max(dueAt, now + ALARM_MS);
      await this.ctx.storage.setAlarm(Math.min(next, forgetAt));
    }
  }

  #ownedBy(owner: string): Batch | undefined {
    const batch = this.#store.read();
    return batch?.owner === owner ? batch : undefined;
  }

  #view(): BatchView {
    const batch = this.#store.read();
    if (batch === undefined) {
      throw new Error("the batch was just there");
    }
    const now = Date.now();
    const [counts, failures] = [this.#store.counts(), this.#store.failures()];
    return batchView(batch, { counts, failures, rate: this.#rate.perSecond(now) }, now);
  }
}

function outcomeOf(report: TaskReport): {
  readonly status: ItemStatus;
  readonly error?: ItemError;
} {
  if (isDeletedReport(report)) {
    return { status: "cancelled", error: { code: "deleted", message: "its task was deleted" } };
  }
  const { status, error } = report;
  if (!isTerminal(status)) {
    return { status: "processing" };
  }
  return {
    status: error?.code === "cancelled" ? "cancelled" : status,
    ...(error === undefined ? {} : { error }),
  };
}

async function itemView(
  batchId: string,
  { position, item, status, error }: StoredItem,
): Promise<ItemPage["items"][number]> {
  const { input, fileName } = item;
  return {
    position,
    taskId: await taskIdOf(batchId, position),
    status,
    ...input,
    ...(fileName === undefined ? {} : { fileName }),
    ...(error === undefined ? {} : { error }),
  };
}
