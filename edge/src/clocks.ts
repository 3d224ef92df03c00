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
  /** How long the link that confirms a mail address works. */
  readonly confirmationMs: number;
  /** Within how long only so many such links are sent. */
  readonly confirmationWindowMs: number;
  /** How long an upload is known after its signed URL has expired. */
  readonly uploadKeptMs: number;
  /** How long a task waits for its turn before it may come before higher priorities. */
  readonly agedAfterMs: number;
  /** How long a task is in flight before its coordinator is asked whether it still is. */
  readonly checkAfterMs: number;
}

/** Durations of webhooks, in milliseconds, divided by `IN_TIME_SCALE`. */
export interface WebhookClocks {
  /** How long an endpoint may take to answer. */
  readonly timeoutMs: number;
  /** Before the second attempt, the third, … */
  readonly retryDelaysMs: readonly number[];
  /** How long an endpoint that asks for less is left alone if it does not say. */
  readonly throttleMs: number;
  /** How long every attempt must fail for the endpoint to be disabled. */
  readonly disabledAfterMs: number;
  /** Without an attempt for so long, earlier failures no longer count. */
  readonly failingForgottenAfterMs: number;
  /** How long a secret signs beside its successor. */
  readonly secretOverlapMs: number;
  /** How long a removed endpoint is remembered: longer than any call to it is under way. */
  readonly removalMs: number;
  /** How long ended deliveries are kept. */
  readonly historyMs: number;
  /** What our own transient failures wait for: doubling, from and to. */
  readonly backoffMinimumMs: number;
  readonly backoffMaximumMs: number;
}
