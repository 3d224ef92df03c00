import { type Admission, isRefused, type Usage, type Windows } from "../limits/usage.js";
import type { AccountWebhooks } from "../webhooks/account-webhooks.js";
import type { Feed } from "./feed.js";
import { entriesOf, type FeedEntry } from "./feed-entry.js";
import type { Library } from "./library.js";
import { isDeletedReport, type TaskReport } from "./report.js";

/** What became of a report. */
export interface TakenReport {
  /** New ones of the feed. */
  readonly entries: readonly FeedEntry[];
  /** Whether the owner's limits allow the task; undefined: none applies, or it was admitted before. */
  readonly admission?: Admission;
}

/**
 * Takes over what coordinators report: usage, library and feed change together, or, for a repeat, a late
 * report and a task that is refused, not at all. Every method is synchronous.
 */
export class TaskReports {
  constructor(
    private readonly usage: Usage,
    private readonly library: Library,
    private readonly feed: Feed,
    private readonly webhooks: AccountWebhooks,
  ) {}

  take(report: TaskReport, windows: Windows, now: number): TakenReport {
    const admission = this.#admit(report, windows, now);
    if (admission !== undefined && isRefused(admission)) {
      return { entries: [], admission };
    }
    const { isNew, known } = this.library.apply(report, now);
    if (!isNew) {
      return { entries: [] };
    }
    if (isDeletedReport(report)) {
      this.feed.removeTask(report.taskId);
    }
    const entries = this.feed.append(entriesOf(known, report), now);
    if (!isDeletedReport(report) && report.webhookUrl !== undefined) {
      this.webhooks.addTaskWebhooks(entries, report.webhookUrl);
    }
    return { entries, ...(admission === undefined ? {} : { admission }) };
  }

  #admit(report: TaskReport, windows: Windows, now: number): Admission | undefined {
    if (isDeletedReport(report) || report.demand === undefined || report.limits === undefined) {
      return undefined;
    }
    return this.library.knows(report)
      ? undefined
      : this.usage.admit(report.demand, report.limits, windows, now);
  }
}
