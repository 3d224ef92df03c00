import type { LibraryEntry } from "../generated/library.js";
import {
  type AdmissionRequest,
  type Admissions,
  type LeasesNeeded,
  needsLeases,
} from "../limits/admissions.js";
import { type Admission, CLOSED, isRefused } from "../limits/usage.js";
import type { TaskQueue } from "../queue/task-queue.js";
import type { AccountWebhooks } from "../webhooks/account-webhooks.js";
import type { AccountDeletion } from "./account-deletion.js";
import type { Feed } from "./feed.js";
import { entriesOf, type FeedEntry, indexedEntry } from "./feed-entry.js";
import type { Library } from "./library.js";
import { isDeletedReport, type TaskReport } from "./report.js";
import type { ReportAnswer } from "./report-answer.js";

/** What became of a coordinator's report. */
export interface TakenReport {
  /** New ones of the feed. */
  readonly entries: readonly FeedEntry[];
  readonly answer: ReportAnswer;
}

/**
 * Takes over what others report about tasks: usage, library, queue and feed change together, or, for a repeat, a late
 * report and a task that is refused, not at all. Every method is synchronous.
 */
export class TaskReports {
  constructor(
    private readonly admissions: Admissions,
    private readonly library: Library,
    private readonly feed: Feed,
    private readonly webhooks: AccountWebhooks,
    private readonly queue: TaskQueue,
    private readonly deletion: AccountDeletion,
  ) {}

  /** Takes over what a coordinator reports, unless something must be leased before. */
  take(report: TaskReport, now: number): TakenReport | LeasesNeeded {
    if (report.status === "submitted" && !this.library.knows(report) && this.deletion.isUnderWay) {
      return { entries: [], answer: { admission: CLOSED } };
    }
    const admission = this.#admit(report, now);
    if (admission !== undefined && needsLeases(admission)) {
      return admission;
    }
    const admitted: ReportAnswer = admission === undefined ? {} : { admission };
    if (admission !== undefined && isRefused(admission)) {
      return { entries: [], answer: admitted };
    }
    const { isNew, known } = this.library.apply(report, now, admission?.skipAnalysis);
    if (isNew) {
      this.queue.follow(report, now);
    }
    const answer = this.#isQueued(report) ? { ...admitted, isQueued: true as const } : admitted;
    if (!isNew) {
      return { entries: [], answer };
    }
    if (isDeletedReport(report)) {
      this.feed.removeTask(report.taskId);
    }
    const entries = this.feed.append(entriesOf(known, report), now);
    if (isDeletedReport(report)) {
      if (report.hasWebhook === true) {
        this.webhooks.removeTaskWebhook(entries);
      }
    } else if (report.webhookUrl !== undefined) {
      this.webhooks.addTaskWebhooks(entries, report.webhookUrl);
    }
    return { entries, answer };
  }

  /** What limits say of a task if it is known that they leave no room for it, and it is a new one; undefined else. */
  refusal(taskId: string, request: AdmissionRequest, now: number): Admission | undefined {
    return this.library.has(taskId) ? undefined : this.admissions.refusal(request, now);
  }

  /** Takes over what tag-indexer found. */
  index(
    taskId: string,
    entry: LibraryEntry,
    now: number,
  ): { readonly isReported: boolean; readonly entries: readonly FeedEntry[] } {
    const { isReported, isNew } = this.library.index(taskId, entry, now);
    // A library that is built again says nothing: its feed is lost, and nobody waits for it.
    const entries = isReported && isNew ? this.feed.append([indexedEntry(taskId, now)], now) : [];
    return { isReported, entries };
  }

  /** Asked only about tasks that wait to be released. */
  #isQueued(report: TaskReport): boolean {
    const mayWait = !isDeletedReport(report) && report.tasksInFlight !== undefined;
    return mayWait && this.queue.isWaiting(report.taskId);
  }

  #admit(report: TaskReport, now: number): Admission | LeasesNeeded | undefined {
    if (isDeletedReport(report) || report.demand === undefined) {
      return undefined;
    }
    if (!this.library.knows(report)) {
      return this.admissions.admit({ ...report, demand: report.demand }, now);
    }
    // The first answer may be lost: what it said of the analysis holds.
    const skipAnalysis = this.library.skipAnalysis(report.taskId);
    return skipAnalysis === undefined ? undefined : { rates: [], exceeded: [], skipAnalysis };
  }
}
