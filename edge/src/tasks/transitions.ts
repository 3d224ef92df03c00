import type { Clocks } from "../clocks.js";
import { type Operation, pendingCommand, withOperation } from "./commands.js";
import { provesOriginal } from "./image-object.js";
import type { StatusUpdate } from "./status-update.js";
import { isTerminal, type Summary } from "./summary.js";
import {
  type DeletedTask,
  isDeleted,
  type NewTask,
  type Outbox,
  type Pending,
  REQUEST,
  type StoredTask,
  type Task,
} from "./task.js";

// What happens to a task, as pure functions: the task before ▸ the task after.

/** A new task. It waits for its account: nothing is published, and nothing can be overdue. */
export function submitted(task: NewTask, now: number): Task {
  return {
    ...task,
    createdAt: now,
    updatedAt: now,
    runStartedAt: now,
    summary: { status: "submitted", run: 1 },
    waiting: true,
    overdue: false,
    outbox: { pending: [], failures: 0, overdueCount: 0 },
  };
}

/** The account lets it wait for its turn. */
export function queued(task: Task): Task {
  return { ...task, queued: true };
}

/** It ends before anything was published about it: nobody else knows that there is such a task. */
export function cancelledWaiting(
  task: Task,
  operation: Operation,
  now: number,
  clocks: Clocks,
): Task {
  return {
    ...task,
    updatedAt: now,
    summary: { ...task.summary, status: "failed" },
    error: { code: "cancelled", message: "cancelled before it began" },
    operations: withOperation(task.operations, operation),
    outbox: ended(task.outbox, now, clocks),
  };
}

/**
 * The account knows the task: its first message is due. The alarm comes a little later than the
 * attempt that is made at once, and takes over if that one is interrupted.
 *
 * @param skipAnalysis kept, so that a message published again is the same
 */
export function released(task: Task, now: number, clocks: Clocks, skipAnalysis?: string): Task {
  const { waiting: _waiting, queued, ...kept } = task;
  const run = newRun(task.outbox.pending, now, clocks);
  return {
    ...kept,
    // The chain's deadline counts from here, not from when it was submitted.
    ...(queued === undefined ? {} : { runStartedAt: now }),
    ...(skipAnalysis === undefined ? {} : { skipAnalysis }),
    outbox: withPending(run, REQUEST, now, clocks),
  };
}

/** The attempt failed: the next one comes later, forever. */
export function attemptFailed<T extends StoredTask>(
  task: T,
  now: number,
  clocks: Clocks,
  random: number,
): T {
  const { failures } = task.outbox;
  const backoff = Math.min(clocks.backoffMinimumMs * 2 ** failures, clocks.backoffMaximumMs);
  // Up to a fifth more, so that tasks that failed together do not come back together.
  const publishDueAt = Math.round(now + backoff * (1 + random / 5));
  return { ...task, outbox: { ...task.outbox, publishDueAt, failures: failures + 1 } };
}

/** Pub/Sub has accepted the message. */
export function published(task: StoredTask, message: Pending, now: number): StoredTask {
  const outbox = keepPending(task.outbox, (pending) => !isSame(pending, message));
  if (isDeleted(task)) {
    return { ...task, outbox, routing: outbox.pending.length === 0 ? undefined : task.routing };
  }
  const { summary } = task;
  // Published again when overdue, the task stays where it was.
  const first = message.type === "download.requested" && summary.status === "submitted";
  return first
    ? { ...task, updatedAt: now, summary: { ...summary, status: "processing_in_gcp" }, outbox }
    : { ...task, outbox };
}

/** A status update that moves the summary forward (see {@link movesForward}). */
export function updated(task: Task, update: StatusUpdate, now: number, clocks: Clocks): Task {
  const {
    resultJson: _result,
    error: _error,
    redrive: _redrive,
    waiting: _waiting,
    queued: _queued,
    ...kept
  } = task;
  const terminal = isTerminal(update.status);
  const reopened = update.run > task.summary.run;
  const summary: Summary = {
    status: update.status,
    run: update.run,
    since: update.timestamp,
    ...(update.stage === undefined ? {} : { stage: update.stage }),
  };
  const originalRun = task.originalRun ?? (provesOriginal(update) ? update.run : undefined);
  // What was reported shows that these messages have arrived, or came too late.
  const outbox = keepPending(
    task.outbox,
    ({ type }) => type === "task.delete" || (type === "task.cancel" && !terminal),
  );
  return {
    ...kept,
    ...(originalRun === undefined ? {} : { originalRun }),
    updatedAt: now,
    runStartedAt: reopened ? now : task.runStartedAt,
    summary,
    overdue: task.overdue && !terminal && !reopened,
    ...(update.resultJson === undefined ? {} : { resultJson: update.resultJson }),
    ...(update.error === undefined ? {} : { error: update.error }),
    outbox: terminal
      ? ended(outbox, now, clocks)
      : reopened
        ? newRun(outbox.pending, now, clocks)
        : outbox,
  };
}

/** Nothing was reported for too long: marked, and the chain is nudged by this run's messages. */
export function overdue(task: Task, now: number, clocks: Clocks): Task {
  const overdueCount = task.outbox.overdueCount + 1;
  const next = now + clocks.overdueAfterMs * 2 ** Math.min(overdueCount, MAX_DOUBLINGS);
  const expiry = expiresAt(task, clocks);
  const nudge = [...(task.redrive === undefined ? [] : [task.redrive]), REQUEST];
  const others = task.outbox.pending.filter(
    (pending) => !nudge.some((one) => isSame(one, pending)),
  );
  return {
    ...task,
    updatedAt: now,
    overdue: true,
    outbox: {
      pending: [...others, ...nudge],
      publishDueAt: now,
      failures: 0,
      overdueAt: expiry > now ? Math.min(next, expiry) : next,
      overdueCount,
    },
  };
}

/** The gaps between publishing an overdue task again: 14 h, 28 h, … about nine days. */
const MAX_DOUBLINGS = 5;

/**
 * Whether the run is older than its document can be. Nothing can report about it any more, and a
 * message would only create the document again.
 */
export function isExpired(task: Task, now: number, clocks: Clocks): boolean {
  return task.summary.status === "processing_in_gcp" && now >= expiresAt(task, clocks);
}

export function timedOut(task: Task, now: number, clocks: Clocks): Task {
  return {
    ...task,
    updatedAt: now,
    summary: { ...task.summary, status: "failed" },
    overdue: false,
    error: { code: "timed_out", message: "nothing was reported about the task for too long" },
    outbox: ended(
      keepPending(task.outbox, () => false),
      now,
      clocks,
    ),
  };
}

/** A failed task's new run, which users see at once. */
export function redriven(task: Task, operation: Operation, now: number, clocks: Clocks): Task {
  const { resultJson: _result, error: _error, waiting, queued: _queued, ...kept } = task;
  const redrive = pendingCommand(operation, now);
  // What was cancelled before it began has no document that could be redriven: the run makes it.
  const opening = waiting === true ? REQUEST : redrive;
  return {
    ...kept,
    updatedAt: now,
    runStartedAt: now,
    summary: { status: "processing_in_gcp", run: operation.run },
    overdue: false,
    ...(waiting === true ? {} : { redrive }),
    operations: withOperation(task.operations, operation),
    outbox: withPending(newRun(task.outbox.pending, now, clocks), opening, now, clocks),
  };
}

/**
 * The task goes on until `recovery` has cancelled it and that is reported. Of several cancels of a
 * run the first is published alone: they are one event, and that has one content.
 */
export function cancelling(task: Task, operation: Operation, now: number, clocks: Clocks): Task {
  const isCancelled = task.operations?.some(
    ({ command, run }) => command === "cancel" && run === operation.run,
  );
  return {
    ...task,
    operations: withOperation(task.operations, operation),
    outbox:
      isCancelled === true
        ? task.outbox
        : withPending(task.outbox, pendingCommand(operation, now), now, clocks),
  };
}

/** Nothing personal is left, but what the message that is pending says. */
export function deleted(
  task: Task,
  operation: Operation,
  now: number,
  clocks: Clocks,
): DeletedTask {
  const { taskId, traceId, spanId, owner, channel, submission } = task;
  const upload = "uploadId" in submission.input ? { uploadId: submission.input.uploadId } : {};
  const outbox = {
    pending: [],
    failures: 0,
    overdueCount: 0,
    forgetAt: now + clocks.documentTtlMs,
  };
  return {
    deleted: true,
    taskId,
    run: operation.run,
    traceId,
    spanId,
    routing: { owner, channel, priority: submission.priority },
    outbox: withPending(outbox, { ...pendingCommand(operation, now), ...upload }, now, clocks),
  };
}

function expiresAt(task: Task, clocks: Clocks): number {
  return task.runStartedAt + clocks.documentTtlMs;
}

function newRun(pending: readonly Pending[], now: number, clocks: Clocks): Outbox {
  return {
    pending,
    ...(pending.length === 0 ? {} : { publishDueAt: now }),
    failures: 0,
    overdueAt: now + clocks.overdueAfterMs,
    overdueCount: 0,
  };
}

function ended(outbox: Outbox, now: number, clocks: Clocks): Outbox {
  const { overdueAt: _overdue, ...kept } = outbox;
  return { ...kept, forgetAt: now + clocks.documentTtlMs };
}

/** Due a little later than the attempt that is made at once. */
function withPending(outbox: Outbox, message: Pending, now: number, clocks: Clocks): Outbox {
  return {
    ...outbox,
    pending: [...outbox.pending, message],
    publishDueAt: now + clocks.backoffMinimumMs,
    failures: 0,
  };
}

function keepPending(outbox: Outbox, keep: (pending: Pending) => boolean): Outbox {
  const { publishDueAt, ...kept } = outbox;
  const pending = outbox.pending.filter(keep);
  return pending.length === 0 || publishDueAt === undefined
    ? { ...kept, pending, failures: 0 }
    : { ...kept, pending, publishDueAt };
}

export function isSame(one: Pending, other: Pending): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
