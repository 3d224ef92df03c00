import type { TaskResult } from "../../src/generated/result.js";
import type { Status, TaskError } from "../../src/tasks/summary.js";

/** One reported state of a task; all of them in order are its history. */
export interface TaskState {
  readonly status: Status;
  /** While it is processed: the last completed stage. Of a failed task: the stage that failed. */
  readonly stage?: string;
  /** ISO 8601, by the edge's clock, as is `updatedAt`. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly overdue?: boolean;
  readonly error?: TaskError;
}

/** The body of `GET /v1/tasks/{taskId}`, as far as it is shown here (docs/contract.md). */
export interface TaskView extends TaskState {
  readonly taskId: string;
  readonly result?: TaskResult;
}
