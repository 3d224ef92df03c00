import { clocks } from "../config.js";
import { type Admission, isRefused } from "../limits/usage.js";
import { log, messageOf } from "../log.js";
import { withinTimeout } from "../within-timeout.js";
import type { PendingReport, ReportTable } from "./report-table.js";

/** What the account says to a task that waits to be admitted; undefined: nothing. */
export type ReportAnswer = Admission | "failed" | undefined;

/** Reports to the task's account what is pending, each until it is acknowledged. */
export class Reporter {
  /** The attempt under way in this instance; a second one would only repeat it. */
  #running: Promise<Admission | undefined> | undefined;

  /**
   * @param onChange after every attempt: the alarm is to be set anew, and the task may go on
   * @param onRefused the account does not admit the task
   */
  constructor(
    private readonly env: Env,
    private readonly reports: () => ReportTable,
    private readonly onChange: (answer: ReportAnswer) => void,
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
    for (;;) {
      const next = this.reports().next();
      if (next === undefined) {
        return admission;
      }
      const answer = await this.#attempt(next);
      if (answer === "failed") {
        return admission;
      }
      admission ??= answer;
      if (admission !== undefined && isRefused(admission)) {
        await this.onRefused();
        return admission;
      }
      this.reports().acknowledged(next);
      this.onChange(answer);
    }
  }

  async #attempt(pending: PendingReport): Promise<ReportAnswer> {
    const { owner, report, failures } = pending;
    try {
      return await withinTimeout(this.env.ACCOUNTS.getByName(owner).report(report));
    } catch (error) {
      const { backoffMinimumMs, backoffMaximumMs } = clocks(this.env);
      const backoff = Math.min(backoffMinimumMs * 2 ** failures, backoffMaximumMs);
      // Up to a fifth more, so that tasks that failed together do not come back together.
      const dueAt = Math.ceil(Date.now() + backoff * (1 + Math.random() / 5));
      const details = { taskId: report.taskId, failures: failures + 1, reason: messageOf(error) };
      log("ERROR", "reporting to the account failed", details);
      this.reports().failed(pending, dueAt);
      this.onChange("failed");
      return "failed";
    }
  }
}
