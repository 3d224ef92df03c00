import type { Clocks } from "../config.js";
import { provesOriginal } from "./image-object.js";
import type { StatusUpdate } from "./status-update.js";
import { isTerminal, type Summary } from "./summary.js";
import type { NewTask, Outbox, Task } from "./task.js";

// What happens to a task, as pure functions: the task before ▸ the task after.

/**
 * A new task, its first message due. The alarm comes a little later than the attempt that is made
 * at once, and takes over where that one was cut off.
 */
export function submitted(task: NewTask, now: number, clocks: Clocks): Task {
  return {
    ...task,
    createdAt: now,
    updatedAt: now,
    summary: { status: "submitted", run: 1 },
    overdue: false,
    outbox: {
      publishDueAt: now + clocks.backoffMinimumMs,
      failures: 0,
      overdueAt: now + clocks.overdueAfterMs,
      overdueCount: 0,
    },
  };
}

/** The attempt failed: the next one comes later, forever. */
export function attemptFailed(task: Task, now: number, clocks: Clocks, random: number): Task {
  const { failures } = task.outbox;
  const backoff = Math.min(clocks.backoffMinimumMs * 2 ** failures, clocks.backoffMaximumMs);
  // Up to a fifth more, so that tasks that failed together do not come back together.
  const publishDueAt = Math.round(now + backoff * (1 + random / 5));
  return { ...task, outbox: { ...task.outbox, publishDueAt, failures: failures + 1 } };
}

/** Pub/Sub has the first message. */
export function published(task: Task, now: number): Task {
  const { summary } = task;
  return {
    ...task,
    // Published again when overdue, it stays where it was.
    ...(summary.status === "submitted"
      ? { updatedAt: now, summary: { ...summary, status: "processing_in_gcp" } }
      : {}),
    outbox: nothingToPublish(task.outbox),
  };
}

/** Sync's word, when it moves the summary forward (see {@link movesForward}). */
export function updated(task: Task, update: StatusUpdate, now: number, clocks: Clocks): Task {
  const { resultJson: _result, error: _error, ...kept } = task;
  const terminal = isTerminal(update.status);
  const reopened = update.run > task.summary.run;
  const summary: Summary = {
    status: update.status,
    run: update.run,
    since: update.timestamp,
    ...(update.stage === undefined ? {} : { stage: update.stage }),
  };
  const originalRun = task.originalRun ?? (provesOriginal(update) ? update.run : undefined);
  return {
    ...kept,
    ...(originalRun === undefined ? {} : { originalRun }),
    updatedAt: now,
    summary,
    overdue: task.overdue && !terminal && !reopened,
    ...(update.resultJson === undefined ? {} : { resultJson: update.resultJson }),
    ...(update.error === undefined ? {} : { error: update.error }),
    outbox: outboxAfter(task.outbox, { terminal, reopened }, now, clocks),
  };
}

/** Nothing was heard for too long: marked, and the first message is due again. */
export function overdue(task: Task, now: number, clocks: Clocks): Task {
  const overdueCount = task.outbox.overdueCount + 1;
  return {
    ...task,
    updatedAt: now,
    overdue: true,
    outbox: {
      publishDueAt: now,
      failures: 0,
      overdueAt: now + clocks.overdueAfterMs * 2 ** Math.min(overdueCount, MAX_DOUBLINGS),
      overdueCount,
    },
  };
}

/** The gaps between publishing an overdue task again: 14 h, 28 h, … about nine days. */
const MAX_DOUBLINGS = 5;

function nothingToPublish({ publishDueAt: _due, ...outbox }: Outbox): Outbox {
  return { ...outbox, failures: 0 };
}

/** Google Cloud has spoken, so the first message arrived. */
function outboxAfter(
  outbox: Outbox,
  { terminal, reopened }: { readonly terminal: boolean; readonly reopened: boolean },
  now: number,
  clocks: Clocks,
): Outbox {
  if (terminal) {
    return {
      failures: 0,
      forgetAt: now + clocks.documentTtlMs,
      overdueCount: outbox.overdueCount,
    };
  }
  return reopened
    ? { failures: 0, overdueAt: now + clocks.overdueAfterMs, overdueCount: 0 }
    : nothingToPublish(outbox);
}
