import type { LibraryEntry } from "../generated/library.js";
import type { Demand, OwnerLimits } from "../limits/owner-limits.js";
import { type Admission, isRefused, type Usage } from "../limits/usage.js";
import type { AccountWebhooks } from "../webhooks/account-webhooks.js";
import type { Feed } from "./feed.js";
import { entriesOf, type FeedEntry, indexedEntry } from "./feed-entry.js";
import type { Library } from "./library.js";
import { isDeletedReport, type TaskReport } from "./report.js";

/** What became of a coordinator's report. */
export interface TakenReport {
  /** New ones of the feed. */
  readonly entries: readonly FeedEntry[];
  /** Whether the owner's limits allow the task; undefined: none applies, or it was admitted before. */
  readonly admission?: Admission;
}

/**
 * Takes over what others report about tasks: usage, library and feed change together, or, for a repeat, a late
 * report and a task that is refused, not at all. Every method is synchronous.
 */
export class TaskReports {
  constructor(
    private readonly usage: Usage,
    private readonly library: Library,
    private readonly feed: Feed,
    private readonly webhooks: AccountWebhooks,
  ) {}

  /** Takes over what a coordinator reports. */
  take(report: TaskReport, now: number): TakenReport {
    const admission = this.#admit(report, now);
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

  /** What the owner's limits say of a task if they leave no room for it and it is not known; undefined else. */
  refusal(taskId: string, demand: Demand, limits: OwnerLimits, now: number): Admission | undefined {
    return this.library.has(taskId) ? undefined : this.usage.refusal(demand, limits, now);
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

  #admit(report: TaskReport, now: number): Admission | undefined {
    if (isDeletedReport(report) || report.demand === undefined || report.limits === undefined) {
      return undefined;
    }
    return this.library.knows(report)
      ? undefined
      : this.usage.admit(report.demand, report.limits, now);
  }
}
