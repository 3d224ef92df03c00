/** The topology's durations that matter here, in milliseconds, divided by `IN_TIME_SCALE`. */
export interface Clocks {
  readonly overdueAfterMs: number;
  readonly documentTtlMs: number;
  readonly backoffMinimumMs: number;
  readonly backoffMaximumMs: number;
}

/** Of an account, in milliseconds, divided by `IN_TIME_SCALE`. */
export interface AccountClocks {
  /** How long the feed is kept. */
  readonly feedHistoryMs: number;
  /** How long a task that has ended is kept: as long as its coordinator. */
  readonly endedTaskMs: number;
  /** How often what is too old is dropped. */
  readonly sweepMs: number;
}
