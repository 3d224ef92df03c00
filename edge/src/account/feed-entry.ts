import { z } from "@hono/zod-openapi";
import { PRIORITIES } from "../events/routing.js";
import { isTerminal, STATUSES } from "../tasks/summary.js";
import { isDeletedReport, type ReportedTask, type TaskReport } from "./report.js";

/** What an owner can be notified of. The set is open. */
export const FEED_TYPES = [
  "task.submitted",
  "task.progress",
  "task.completed",
  "task.failed",
  "task.redriven",
  "task.indexed",
  "task.deleted",
] as const;
export type FeedType = (typeof FEED_TYPES)[number];

/** What is appended to a feed. */
export interface NewFeedEntry {
  readonly type: FeedType;
  readonly taskId?: string;
  /** When it happened, milliseconds since 1970. */
  readonly timestamp: number;
  /** As JSON text. */
  readonly data: string;
}

/** One entry of a feed. */
export interface FeedEntry {
  /** Grows with every entry of the account: the one cursor of everything that reads the feed. */
  readonly seq: number;
  readonly type: string;
  readonly taskId?: string;
  readonly timestamp: number;
  readonly data: string;
}

/** {@link FeedEntry} as JSON, as every reader receives it. */
export const feedEntrySchema = z
  .object({
    seq: z.int().openapi({ description: "Grows with every entry; the cursor to resume after it" }),
    type: z.string().openapi({ description: "The set is open", examples: [...FEED_TYPES] }),
    taskId: z.string().optional(),
    batchId: z.string().optional(),
    timestamp: z.iso.datetime().openapi({ description: "When it happened" }),
    data: z
      .object({
        taskId: z.string(),
        status: z.enum(STATUSES).optional(),
        stage: z.string().optional(),
        priority: z.enum(PRIORITIES).optional(),
        createdAt: z.iso.datetime().optional(),
        updatedAt: z.iso.datetime().optional(),
        error: z
          .object({ code: z.string(), message: z.string(), stage: z.string().optional() })
          .optional(),
      })
      .openapi({
        description:
          "Of a task what `GET /v1/tasks/{taskId}` said at that time, without `result`; of " +
          "`task.indexed` and `task.deleted` its id alone",
      }),
  })
  .openapi("FeedEntry");

export function feedEntryJson({ seq, type, taskId, timestamp, data }: FeedEntry): string {
  const head = { seq, type, taskId, timestamp: new Date(timestamp).toISOString() };
  // The data is JSON already: nobody in between parses it.
  return `${JSON.stringify(head).slice(0, -1)},"data":${data}}`;
}

/** What an account knew of a task before a report. */
export interface KnownTask {
  readonly run: number;
  readonly status: string;
  readonly stage?: string;
}

/**
 * What a report adds to the feed. Reports of a run replace each other on their way, so what must
 * never be missing (that a task was submitted, redriven, has ended) follows from any later one too.
 *
 * @param known undefined: nothing was reported about the task before
 */
export function entriesOf(known: KnownTask | undefined, report: TaskReport): NewFeedEntry[] {
  const { taskId } = report;
  if (isDeletedReport(report)) {
    const data = JSON.stringify({ taskId });
    return [{ type: "task.deleted", taskId, timestamp: report.updatedAt, data }];
  }
  const entries: NewFeedEntry[] = [];
  const add = (type: FeedType, then: ReportedTask): void => {
    entries.push({ type, taskId, timestamp: then.updatedAt, data: dataOf(then) });
  };
  if (known === undefined) {
    add("task.submitted", begun(report, "submitted", report.createdAt));
  }
  const run = known?.run ?? 1;
  if (report.run > run) {
    add("task.redriven", begun(report, "processing_in_gcp", report.runStartedAt));
  }
  const before = {
    status: known === undefined ? "submitted" : known.status,
    stage: known?.stage,
  };
  if (isTerminal(report.status)) {
    if (report.run > run || before.status !== report.status) {
      add(report.status === "completed" ? "task.completed" : "task.failed", report);
    }
  } else if (
    report.run > run
      ? report.stage !== undefined
      : before.status !== report.status || before.stage !== report.stage
  ) {
    add("task.progress", report);
  }
  return entries;
}

/** The library has other findings of the task than before. */
export function indexedEntry(taskId: string, now: number): NewFeedEntry {
  return { type: "task.indexed", taskId, timestamp: now, data: JSON.stringify({ taskId }) };
}

/** The task as it stood when it, or its run, began. */
function begun(report: ReportedTask, status: ReportedTask["status"], at: number): ReportedTask {
  const { error: _error, stage: _stage, ...kept } = report;
  return { ...kept, status, updatedAt: at };
}

function dataOf({
  taskId,
  status,
  stage,
  priority,
  createdAt,
  updatedAt,
  error,
}: ReportedTask): string {
  return JSON.stringify({
    taskId,
    status,
    stage,
    priority,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    error,
  });
}
