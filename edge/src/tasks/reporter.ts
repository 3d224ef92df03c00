import { clocks } from "../config.js";
import { log, messageOf } from "../log.js";
import { withinTimeout } from "../within-timeout.js";
import type { PendingReport, ReportTable } from "./report-table.js";

/** Reports to the task's account what is pending, each until it is acknowledged. */
export class Reporter {
  /** The attempt under way in this instance; a second one would only repeat it. */
  #running: Promise<void> | undefined;

  /** @param onChange after every attempt: the alarm is to be set anew, and the task may go on */
  constructor(
    private readonly env: Env,
    private readonly reports: () => ReportTable,
    private readonly onChange: (acknowledged: boolean) => void,
  ) {}

  /** Never fails: what fails comes again by alarm. */
  deliver(): Promise<void> {
    this.#running ??= this.#deliverAll().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #deliverAll(): Promise<void> {
    for (;;) {
      const next = this.reports().next();
      if (next === undefined || !(await this.#attempt(next))) {
        return;
      }
    }
  }

  async #attempt(pending: PendingReport): Promise<boolean> {
    const { owner, report, failures } = pending;
    try {
      await withinTimeout(this.env.ACCOUNTS.getByName(owner).report(report));
    } catch (error) {
      const { backoffMinimumMs, backoffMaximumMs } = clocks(this.env);
      const backoff = Math.min(backoffMinimumMs * 2 ** failures, backoffMaximumMs);
      // Up to a fifth more, so that tasks that failed together do not come back together.
      const dueAt = Math.ceil(Date.now() + backoff * (1 + Math.random() / 5));
      const details = { taskId: report.taskId, failures: failures + 1, reason: messageOf(error) };
      log("ERROR", "reporting to the account failed", details);
      this.reports().failed(pending, dueAt);
      this.onChange(false);
      return false;
    }
    this.reports().acknowledged(pending);
    this.onChange(true);
    return true;
  }
}
