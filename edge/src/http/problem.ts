/** Everything the edge refuses or fails with, by the name clients can rely on. */
const kinds = {
  invalid_request: [400, "The request is not valid"],
  unauthorized: [401, "Authentication is required"],
  forbidden: [403, "Not allowed"],
  insufficient_scope: [403, "Not within what this user or key may do"],
  not_found: [404, "Not found"],
  unknown_task: [404, "No coordinator has this task"],
  upload_not_found: [404, "No such upload"],
  method_not_allowed: [405, "Method not allowed"],
  account_deleting: [409, "The account is being deleted"],
  idempotency_key_conflict: [409, "The idempotency key was used for another request"],
  batch_deleted: [409, "The batch was deleted"],
  batch_ended: [409, "The batch has ended"],
  batch_sealed: [409, "The batch is sealed"],
  operation_conflict: [409, "The operation id was used for another command"],
  task_deleted: [409, "The task was deleted"],
  task_ended: [409, "The task has ended"],
  task_not_failed: [409, "The task has not failed"],
  upload_missing: [409, "Nothing was uploaded"],
  webhook_disabled: [409, "The webhook is disabled"],
  cursor_expired: [410, "The cursor is older than the history"],
  too_large: [413, "Too large"],
  unsupported_media_type: [415, "Unsupported media type"],
  address_required: [422, "An address is required"],
  expiry_not_allowed: [422, "A key cannot expire then"],
  too_many_keys: [422, "Too many API keys"],
  too_many_webhooks: [422, "Too many webhooks"],
  unsupported_type: [422, "Not an image in a supported format"],
  upload_mismatch: [422, "The upload is not as declared"],
  url_not_allowed: [422, "Nothing is sent to this URL"],
  upgrade_required: [426, "Upgrade required"],
  too_many_confirmations: [429, "Too many confirmations"],
  too_many_requests: [429, "Too many requests from this address"],
  submissions_per_minute_exceeded: [429, "Too many submissions this minute"],
  submissions_per_day_exceeded: [429, "Too many submissions today"],
  units_per_day_exceeded: [429, "Too many units of analysis today"],
  channel_submissions_per_day_exceeded: [429, "Too many submissions of this channel today"],
  channel_units_per_day_exceeded: [429, "Too many units of analysis of this channel today"],
  uploads_per_day_exceeded: [429, "Too many uploads today"],
  stored_bytes_exceeded: [429, "Too many bytes of uploads are stored"],
  internal: [500, "Something went wrong here"],
  misconfigured: [500, "The edge is not configured"],
  unavailable: [503, "Not available at the moment"],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof kinds;

export function statusOf(code: ProblemCode): number {
  return kinds[code][0];
}

export function titleOf(code: ProblemCode): string {
  return kinds[code][1];
}

/** Thrown anywhere below a route, which answers it as `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${code}: ${detail}`);
  }

  toResponse(): Response {
    const status = statusOf(this.code);
    const body = {
      type: `urn:in:problem:${this.code}`,
      title: titleOf(this.code),
      status,
      detail: this.detail,
      code: this.code,
    };
    return new Response(JSON.stringify(body), {
      status,
      headers: { ...this.headers, "content-type": "application/problem+json" },
    });
  }
}
