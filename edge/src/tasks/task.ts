import type { Channel } from "../events/routing.js";
import type { Submission } from "./submission.js";
import type { Summary, TaskError } from "./summary.js";

/** What is settled when a task is submitted. */
export interface NewTask {
  readonly taskId: string;
  readonly owner: string;
  readonly channel: Channel;
  readonly submission: Submission;
  readonly traceId: string;
  /** Of the edge's span, 16 hex digits; kept, so that a message published again is the same. */
  readonly spanId: string;
}

/** A coordinator's one task. Times are milliseconds since 1970. */
export interface Task extends NewTask {
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly summary: Summary;
  readonly overdue: boolean;
  readonly resultJson?: string;
  readonly error?: TaskError;
  /** The run whose `download` has stored the picture; a redrive never downloads it again. */
  readonly originalRun?: number;
  readonly outbox: Outbox;
}

/** What the coordinator still has to do; its alarm is the earliest of the three. */
export interface Outbox {
  /** When the first message is to be published; undefined: nothing is to be published. */
  readonly publishDueAt?: number;
  /** Failed attempts since it fell due. */
  readonly failures: number;
  /** When the task is overdue (again); undefined: it has ended. */
  readonly overdueAt?: number;
  /** When everything of the task is deleted; undefined: it has not ended. */
  readonly forgetAt?: number;
  /** How many times it was overdue in this run. */
  readonly overdueCount: number;
}

export function alarmOf(outbox: Outbox): number | undefined {
  const times = [outbox.publishDueAt, outbox.overdueAt, outbox.forgetAt].filter(
    (time) => time !== undefined,
  );
  return times.length === 0 ? undefined : Math.min(...times);
}
