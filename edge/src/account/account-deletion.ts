import type { AccountBatches } from "../batches/account-batches.js";
import { clocks } from "../config.js";
import type { KeyStore } from "../keys/key-store.js";
import { log, messageOf } from "../log.js";
import type { TaskQueue } from "../queue/task-queue.js";
import type { AccountUploads } from "../uploads/account-uploads.js";
import type { AccountWebhooks } from "../webhooks/account-webhooks.js";
import { withinTimeout } from "../within-timeout.js";
import type { Outbox } from "./account-alarm.js";
import type { EventOutbox } from "./event-outbox.js";
import type { Feed } from "./feed.js";
import type { FeedSockets } from "./feed-sockets.js";
import type { Library } from "./library.js";
import type { LibrarySearch } from "./library-search.js";
import type { Mail } from "./mail.js";

/** For the account's migrations. */
export const DELETION_TABLE = `
  CREATE TABLE account_deletion (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    deletion TEXT NOT NULL
  ) STRICT;`;

/** So many batches, or coordinators, are called at once. */
const AT_ONCE = 10;
/** How soon it is looked again whether the endpoints' objects are removed. */
const WEBHOOKS_RETRY_MS = 1_000;

/** What nobody may do while an account is being deleted is refused with this message. */
export const ACCOUNT_DELETING = "account_deleting";

/** How far the deletion of an account is. Times are milliseconds since 1970. */
export interface Deletion {
  readonly operationId: string;
  readonly requestedAt: number;
  /** Undefined: it goes on. */
  readonly finishedAt?: number;
  /** How many tasks there were. */
  readonly tasks: number;
}

interface StoredDeletion extends Deletion {
  readonly dueAt: number;
  readonly failures: number;
}

/** What is deleted. */
export interface DeletedParts {
  readonly batches: AccountBatches;
  readonly feed: Feed;
  readonly keys: KeyStore;
  readonly library: Library;
  readonly mail: Mail;
  readonly queue: TaskQueue;
  readonly search: LibrarySearch;
  readonly sockets: FeedSockets;
  readonly uploads: AccountUploads;
  readonly webhooks: AccountWebhooks;
}

/**
 * Deletes an account: at once what only the account has, then its batches, so that they submit nothing more, then
 * each task through its coordinator, and at last it is announced. Where it is follows from the tables alone, so that it goes on after a crash at any point.
 */
export class AccountDeletion implements Outbox {
  #running: Promise<void> | undefined;

  constructor(
    private readonly env: Env,
    private readonly owner: string,
    private readonly sql: SqlStorage,
    private readonly events: EventOutbox,
    private readonly parts: DeletedParts,
  ) {}

  /** Begins it, unless one is under way or this one was done: that one is answered. */
  begin(operationId: string, now: number): Deletion {
    const known = this.#read();
    if (known !== undefined && (this.isUnderWay || known.operationId === operationId)) {
      return known;
    }
    const { keys, mail, queue, sockets, uploads, webhooks } = this.parts;
    keys.clear();
    mail.clear();
    queue.clear();
    uploads.clear();
    webhooks.removeAll();
    sockets.closeAll();
    const counts = Object.values(this.parts.library.counts());
    const tasks = counts.reduce((sum, count) => sum + count, 0);
    const begun = { operationId, requestedAt: now, tasks, dueAt: now, failures: 0 };
    this.#write(begun);
    return begun;
  }

  /** Undefined: none was ever begun, or that was long ago. */
  get current(): Deletion | undefined {
    return this.#read();
  }

  get isUnderWay(): boolean {
    const deletion = this.#read();
    return deletion !== undefined && deletion.finishedAt === undefined;
  }

  /** Throws where something new is asked for while the account is being deleted. */
  requireOpen(): void {
    if (this.isUnderWay) {
      throw new Error(ACCOUNT_DELETING);
    }
  }

  forgetFinishedBefore(time: number): void {
    if ((this.#read()?.finishedAt ?? Infinity) < time) {
      this.sql.exec("DELETE FROM account_deletion");
    }
  }

  dueAt(): number | undefined {
    return this.isUnderWay ? this.#read()?.dueAt : undefined;
  }

  run(): Promise<void> {
    this.#running ??= this.#runAll().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #runAll(): Promise<void> {
    for (let due; (due = this.#due()) !== undefined;) {
      try {
        await this.#step(due);
      } catch (error) {
        this.#failed(messageOf(error));
      }
    }
  }

  #due(): StoredDeletion | undefined {
    const deletion = this.#read();
    return this.isUnderWay && deletion !== undefined && deletion.dueAt <= Date.now()
      ? deletion
      : undefined;
  }

  async #step(deletion: StoredDeletion): Promise<void> {
    const batchIds = this.parts.batches.some(AT_ONCE);
    const taskIds = this.parts.search.undeleted(AT_ONCE);
    if (batchIds.length > 0) {
      await Promise.all(batchIds.map((batchId) => this.#deleteBatch(batchId)));
      this.#change((before) => ({ ...before, failures: 0 }));
    } else if (taskIds.length > 0) {
      await Promise.all(taskIds.map((taskId) => this.#deleteTask(taskId, deletion.operationId)));
      this.#change((before) => ({ ...before, failures: 0 }));
    } else if (this.parts.webhooks.isRemoving) {
      this.#change((before) => ({ ...before, dueAt: Date.now() + WEBHOOKS_RETRY_MS }));
    } else {
      this.#finish(Date.now());
    }
  }

  async #deleteBatch(batchId: string): Promise<void> {
    await withinTimeout(this.env.BATCHES.getByName(batchId).remove(this.owner));
    this.parts.batches.remove(batchId);
  }

  /**
   * Whatever the coordinator answers, nothing of the task is left there. What it reports of that comes by
   * itself, and finds the task deleted here.
   */
  async #deleteTask(taskId: string, operationId: string): Promise<void> {
    await withinTimeout(this.env.TASKS.getByName(taskId).remove(this.owner, operationId));
    this.parts.library.markDeleted(taskId, Date.now());
  }

  #finish(now: number): void {
    this.parts.feed.clear();
    const { operationId, tasks } = this.#change((before) => ({ ...before, finishedAt: now }));
    const payload = { operationId, tasks };
    const about = { eventType: "account.deleted", id: operationId, channel: "" } as const;
    this.events.add({ ...about, run: 1, timestamp: now, payload }, now);
    log("INFO", "an account is deleted", { operationId, tasks });
  }

  #failed(reason: string): void {
    const { backoffMinimumMs, backoffMaximumMs } = clocks(this.env);
    const { operationId, failures } = this.#change((before) => ({
      ...before,
      failures: before.failures + 1,
      dueAt:
        Date.now() + Math.ceil(Math.min(backoffMinimumMs * 2 ** before.failures, backoffMaximumMs)),
    }));
    log("ERROR", "deleting an account failed, and goes on later", {
      ...{ operationId, failures, reason },
    });
  }

  #change(change: (before: StoredDeletion) => StoredDeletion): StoredDeletion {
    const before = this.#read();
    if (before === undefined) {
      throw new Error("no deletion is under way");
    }
    const after = change(before);
    this.#write(after);
    return after;
  }

  #read(): StoredDeletion | undefined {
    const [row] = this.sql
      .exec<{ deletion: string }>("SELECT deletion FROM account_deletion")
      .toArray();
    return row && (JSON.parse(row.deletion) as StoredDeletion);
  }

  #write(deletion: StoredDeletion): void {
    this.sql.exec(
      "INSERT OR REPLACE INTO account_deletion (id, deletion) VALUES (1, ?)",
      JSON.stringify(deletion),
    );
  }
}
