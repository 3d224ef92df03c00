import type { Task } from "./task.js";

/** The body of `GET /v1/tasks/{taskId}` and the data of its events, as JSON text. */
export type ViewJson = string;

export function viewJson(task: Task): ViewJson {
  const { summary } = task;
  return JSON.stringify({
    taskId: task.taskId,
    status: summary.status,
    stage: summary.stage,
    priority: task.submission.priority,
    createdAt: new Date(task.createdAt).toISOString(),
    updatedAt: new Date(task.updatedAt).toISOString(),
    overdue: task.overdue ? true : undefined,
    result: task.resultJson === undefined ? undefined : (JSON.parse(task.resultJson) as unknown),
    error: task.error,
  });
}
