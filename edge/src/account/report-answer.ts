import type { Admission } from "../limits/usage.js";

/** What an account answers to a report. */
export interface ReportAnswer {
  /** Whether limits allow the task; undefined: none applies, or it was admitted before as any other. */
  readonly admission?: Admission;
  /** The task is to wait until the account releases it. */
  readonly isQueued?: true;
}
