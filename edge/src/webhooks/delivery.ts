export const DELIVERY_STATUSES = ["pending", "delivered", "failed"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export const ATTEMPT_ERRORS = ["timeout", "unreachable", "url_not_allowed"] as const;
/** Why an attempt got no answer. */
export type AttemptError = (typeof ATTEMPT_ERRORS)[number];

export interface Attempt {
  readonly at: number;
  readonly durationMs: number;
  /** Undefined: there was no answer. */
  readonly status?: number;
  readonly error?: AttemptError;
}

/** One message on its way to one endpoint. Times are milliseconds since 1970. */
export interface Delivery {
  /** The value of `webhook-id`. */
  readonly id: string;
  readonly type: string;
  readonly taskId?: string;
  readonly body: string;
  readonly status: DeliveryStatus;
  readonly createdAt: number;
  /** When the next attempt is due; undefined: it has ended. */
  readonly dueAt?: number;
  readonly endedAt?: number;
  /** How many attempts of the schedule are used up; a resend begins it again. */
  readonly used: number;
  /** The latest, oldest first. */
  readonly attempts: readonly Attempt[];
}

/** The type of a test event, which is attempted once and counts for nothing. */
export const TEST_TYPE = "webhook.test";
