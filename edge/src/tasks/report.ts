import type { DeletedReport, ReportedTask } from "../account/report.js";
import { admissionRequest } from "./admission.js";
import { isWaiting, type Task } from "./task.js";

/** What the account is to know of a task. */
export function reportOf(task: Task, version: number): ReportedTask {
  const { summary, submission, error, tasksInFlight } = task;
  const fileName = submission.fileName ?? task.uploadFileName;
  return {
    taskId: task.taskId,
    createdAt: task.createdAt,
    version,
    updatedAt: task.updatedAt,
    status: summary.status,
    ...(summary.stage === undefined ? {} : { stage: summary.stage }),
    run: summary.run,
    runStartedAt: task.runStartedAt,
    priority: submission.priority,
    ...(fileName === undefined ? {} : { fileName }),
    ...(error === undefined ? {} : { error }),
    ...(submission.webhookUrl === undefined ? {} : { webhookUrl: submission.webhookUrl }),
    ...(isWaiting(task) ? admissionRequest(task) : {}),
    ...(isWaiting(task) && tasksInFlight !== undefined ? { tasksInFlight } : {}),
  };
}

export function deletedReportOf(task: Task, version: number, now: number): DeletedReport {
  const { taskId, createdAt, submission } = task;
  return {
    ...{ taskId, createdAt, version, updatedAt: now, status: "deleted" },
    ...(submission.webhookUrl === undefined ? {} : { hasWebhook: true }),
  };
}
