import type { Priority } from "../events/routing.js";
import type { Demand, OwnerLimits } from "../limits/owner-limits.js";
import type { Pool } from "../limits/pools.js";
import type { Status, TaskError } from "../tasks/summary.js";

/**
 * What an account is to know of one of its tasks: its whole state, so that a report replaces every
 * earlier one. Repeats and late ones are recognized by `createdAt` and `version`. Times are
 * milliseconds since 1970.
 */
export type TaskReport = ReportedTask | DeletedReport;

interface Reported {
  readonly taskId: string;
  /** An id can be used again long after its task was deleted: the later task is the one that counts. */
  readonly createdAt: number;
  /** Grows with everything that happens to the task. */
  readonly version: number;
  readonly updatedAt: number;
}

export interface ReportedTask extends Reported {
  readonly status: Status;
  readonly stage?: string;
  readonly run: number;
  readonly runStartedAt: number;
  readonly priority: Priority;
  readonly fileName?: string;
  readonly error?: TaskError;
  /** Where the task's end is sent, too. */
  readonly webhookUrl?: string;
  /** Of a task that waits to be admitted: what is counted against which limits. */
  readonly demand?: Demand;
  readonly limits?: OwnerLimits;
  readonly pools?: readonly Pool[];
  /** Of a task that waits to be released: how many the owner may have in flight. */
  readonly tasksInFlight?: number;
}

export interface DeletedReport extends Reported {
  readonly status: "deleted";
  /** Whether the task had a webhook of its own: its object goes, too. */
  readonly hasWebhook?: true;
}

export function isDeletedReport(report: TaskReport): report is DeletedReport {
  return report.status === "deleted";
}
