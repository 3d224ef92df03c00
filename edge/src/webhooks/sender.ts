import type { AttemptError } from "./delivery.js";

/** What became of one attempt; never both a status and an error. */
export interface Outcome {
  readonly status?: number;
  /** What `Retry-After` asks for. */
  readonly retryAfterMs?: number;
  readonly error?: AttemptError;
}

export interface WebhookRequest {
  readonly url: string;
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
}

/** CloudEvents' structured content mode. */
const CONTENT_TYPE = "application/cloudevents+json; charset=utf-8";

/** Sends once. Never throws; nothing of an answer is read but its status and `Retry-After`. */
export async function send(request: WebhookRequest, timeoutMs: number): Promise<Outcome> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(request.url, {
      method: "POST",
      // An address is checked when it is registered: nobody is followed to another one.
      redirect: "manual",
      headers: {
        "content-type": CONTENT_TYPE,
        "user-agent": "iN-webhooks/1",
        "webhook-id": request.id,
        "webhook-timestamp": request.timestamp,
        "webhook-signature": request.signature,
      },
      body: request.body,
      signal,
    });
    response.body?.cancel().catch(() => undefined);
    const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"), Date.now());
    return { status: response.status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  } catch {
    return { error: signal.aborted ? "timeout" : "unreachable" };
  }
}

/** Seconds, or a date (RFC 9110, section 10.2.3); undefined: neither. */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) {
    return undefined;
  }
  if (/^\d{1,9}$/.test(value.trim())) {
    return Number(value) * 1000;
  }
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
