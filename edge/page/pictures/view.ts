import type { TaskResult } from "../../src/generated/result.js";
import type { Status, TaskError } from "../../src/tasks/summary.js";

/** The body of `GET /v1/tasks/{taskId}`, as far as it is shown here (docs/contract.md). */
export interface View {
  readonly taskId: string;
  readonly status: Status;
  /** While it goes on: the last stage that ended. Of a failure: the stage that failed. */
  readonly stage?: string;
  /** ISO 8601, by the edge's clock, as is `updatedAt`. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly overdue?: boolean;
  readonly result?: TaskResult;
  readonly error?: TaskError;
}
