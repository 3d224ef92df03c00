/** The topology's durations that matter here, in milliseconds, divided by `IN_TIME_SCALE`. */
export interface Clocks {
  readonly overdueAfterMs: number;
  readonly documentTtlMs: number;
  readonly backoffMinimumMs: number;
  readonly backoffMaximumMs: number;
}
