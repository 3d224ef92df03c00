import type { BatchPlace } from "../batches/batch.js";
import type { Priority } from "../events/routing.js";
import type { OwnerLimits } from "../limits/owner-limits.js";
import type { Pool } from "../limits/pools.js";
import type { Operation, PendingCommand } from "./commands.js";
import type { Submission } from "./submission.js";
import { isTerminal, type Summary, type TaskError } from "./summary.js";

/** What is fixed when a task is submitted. */
export interface NewTask {
  readonly taskId: string;
  readonly owner: string;
  readonly channel: string;
  readonly submission: Submission;
  /** As its upload was declared. It may be forgotten by when the same is submitted again. */
  readonly uploadFileName?: string;
  /** Its owner's, where the channel has any: the account counts it against them before it is released. */
  readonly limits?: OwnerLimits;
  /** What its owner shares with others: counted as `limits` are. */
  readonly pools?: readonly Pool[];
  /** How many tasks its owner may have in flight; what is above waits. */
  readonly tasksInFlight?: number;
  /** Of which batch it is an item; undefined: of none. */
  readonly batch?: BatchPlace;
  readonly traceId: string;
  /** Of the edge's span, 16 hex digits; kept, so that a message published again is the same. */
  readonly spanId: string;
}

/** A coordinator's one task. Times are milliseconds since 1970. */
export interface Task extends NewTask {
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When the summary's run began. */
  readonly runStartedAt: number;
  readonly summary: Summary;
  /** It was never released: its account has not acknowledged it, or lets it wait. */
  readonly waiting?: true;
  /** It waits for its turn: its account has acknowledged it, and releases it later. */
  readonly queued?: true;
  /** Why it is not analysed, as its account has said; undefined: it is. */
  readonly skipAnalysis?: string;
  readonly overdue: boolean;
  readonly resultJson?: string;
  readonly error?: TaskError;
  /** The run whose `download` has stored the image; a redrive never downloads it again. */
  readonly originalRun?: number;
  /** What opened this run, until something is reported about it. */
  readonly redrive?: PendingCommand;
  /** The latest operations, so that a repeated one is recognized. */
  readonly operations?: readonly Operation[];
  readonly outbox: Outbox;
}

/** What is kept of a deleted task: that its id is used, and what is still to be published. */
export interface DeletedTask {
  readonly deleted: true;
  readonly taskId: string;
  /** The run in which it was deleted. */
  readonly run: number;
  readonly traceId: string;
  readonly spanId: string;
  /** For the attributes of pending messages; undefined once they are published. */
  readonly routing?: Routing | undefined;
  readonly outbox: Outbox;
}

export interface Routing {
  readonly owner: string;
  readonly channel: string;
  readonly priority: Priority;
}

/** Whether nothing is published yet, because its account has not released it. */
export function isWaiting({ waiting, summary }: Task): boolean {
  return waiting === true && !isTerminal(summary.status);
}

/** Whether its account did not answer yet. */
export function isUnanswered(task: StoredTask | undefined): boolean {
  return task !== undefined && !isDeleted(task) && isWaiting(task) && task.queued !== true;
}

/** Whether the same is submitted again. */
export function isSameTask(known: Task, again: NewTask): boolean {
  return (
    known.owner === again.owner &&
    JSON.stringify(known.submission) === JSON.stringify(again.submission)
  );
}

export type StoredTask = Task | DeletedTask;

export function isDeleted(stored: StoredTask): stored is DeletedTask {
  return "deleted" in stored;
}

/** A message that is to be published. */
export type Pending = { readonly type: "download.requested" } | PendingCommand;

export const REQUEST: Pending = { type: "download.requested" };

/** What the coordinator still has to do; its alarm is the earliest of these and of its reports. */
export interface Outbox {
  /** In this order; each leaves when Pub/Sub has accepted it. */
  readonly pending: readonly Pending[];
  /** When the next attempt to publish is due; undefined: nothing is pending. */
  readonly publishDueAt?: number;
  /** Failed attempts since it became due. */
  readonly failures: number;
  /** When the task is overdue (again); undefined: it has ended. */
  readonly overdueAt?: number;
  /** When everything of the task is deleted; undefined: it has not ended. */
  readonly forgetAt?: number;
  /** How many times it was overdue in this run. */
  readonly overdueCount: number;
}

/** @param reportDueAt when the account is to be reported to; undefined: nothing is pending */
export function alarmOf(outbox: Outbox, reportDueAt?: number): number | undefined {
  const { publishDueAt, overdueAt, forgetAt } = outbox;
  // Nothing is deleted while a message or a report is pending.
  const deleteAt = publishDueAt === undefined && reportDueAt === undefined ? forgetAt : undefined;
  const times = [publishDueAt, overdueAt, deleteAt, reportDueAt].filter(
    (time) => time !== undefined,
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

type OlderTask = Partial<Omit<Task, "outbox">> & { readonly outbox: Partial<Outbox> };

/** Reads a row. Those written before there were commands lack `pending` and `runStartedAt`. */
export function parseStoredTask(row: string): StoredTask {
  const stored = JSON.parse(row) as StoredTask;
  if (isDeleted(stored)) {
    return stored;
  }
  const older: OlderTask = stored;
  const pending =
    older.outbox.pending ?? (older.outbox.publishDueAt === undefined ? [] : [REQUEST]);
  const runStartedAt = older.runStartedAt ?? stored.createdAt;
  return { ...stored, runStartedAt, outbox: { ...stored.outbox, pending } };
}

/** What every log line about a task carries. */
export function logIds({ taskId, traceId }: StoredTask): Readonly<Record<string, string>> {
  return { taskId, traceId };
}
