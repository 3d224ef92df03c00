import type { ReportAnswer } from "../account/report-answer.js";
import { clocks } from "../config.js";
import { type Admission, isRefused } from "../limits/usage.js";
import { log, messageOf } from "../log.js";
import { withinTimeout } from "../within-timeout.js";
import {
  batchOf,
  type PendingReport,
  type ReportTable,
  type ReportTarget,
} from "./report-table.js";

/** Reports to the task's account, and its batch, what is pending, each until it is acknowledged. */
export class Reporter {
  /** The attempt under way in this instance; a second one would only repeat it. */
  #running: Promise<Admission | undefined> | undefined;

  /**
   * @param onChange after every attempt, with the account's answer, undefined where it failed: the alarm is to be
   *     set anew, and the task may go on
   * @param onRefused the account does not admit the task
   */
  constructor(
    private readonly env: Env,
    private readonly reports: () => ReportTable,
    private readonly onChange: (answer?: ReportAnswer) => void,
    private readonly onRefused: () => Promise<void>,
  ) {}

  /**
   * Never fails: what fails comes again by alarm.
   *
   * @returns what the account says to a task that waits to be admitted; undefined: nothing
   */
  deliver(): Promise<Admission | undefined> {
    this.#running ??= this.#deliverAll().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #deliverAll(): Promise<Admission | undefined> {
    let admission: Admission | undefined;
    for (const target of this.reports().targets()) {
      admission ??= await this.#deliverTo(target);
      if (admission !== undefined && isRefused(admission)) {
        await this.onRefused();
        return admission;
      }
    }
    return admission;
  }

  async #deliverTo(target: ReportTarget): Promise<Admission | undefined> {
    let admission: Admission | undefined;
    for (;;) {
      const next = this.reports().next(target);
      if (next === undefined) {
        return admission;
      }
      const answer = await this.#attempt(next);
      if (answer === undefined) {
        return admission;
      }
      admission ??= answer.admission;
      if (admission !== undefined && isRefused(admission)) {
        return admission;
      }
      if (answer.isQueued === true) {
        // Should its account lose it, the task comes again by itself.
        this.reports().postponed(next, Math.ceil(Date.now() + clocks(this.env).overdueAfterMs));
      } else {
        this.reports().acknowledged(next);
      }
      this.onChange(answer);
      if (this.reports().next(target)?.version === next.version) {
        return admission;
      }
    }
  }

  async #attempt(pending: PendingReport): Promise<ReportAnswer | undefined> {
    const { target, owner, report, failures } = pending;
    const batch = batchOf(target);
    try {
      if (batch === undefined) {
        return await withinTimeout(this.env.ACCOUNTS.getByName(owner).report(report));
      }
      const { batchId, position } = batch;
      await withinTimeout(this.env.BATCHES.getByName(batchId).report(owner, position, report));
      return {};
    } catch (error) {
      const { backoffMinimumMs, backoffMaximumMs } = clocks(this.env);
      const backoff = Math.min(backoffMinimumMs * 2 ** failures, backoffMaximumMs);
      // Up to a fifth more, so that tasks that failed together do not come back together.
      const dueAt = Math.ceil(Date.now() + backoff * (1 + Math.random() / 5));
      const details = { taskId: report.taskId, failures: failures + 1, reason: messageOf(error) };
      log("ERROR", "reporting to the account or the batch failed", details);
      this.reports().failed(pending, dueAt);
      this.onChange();
      return undefined;
    }
  }
}
