import type { FeedEntry } from "./generated/api.js";

/** How far a clock may be off. */
const TOLERANCE_SECONDS = 5 * 60;
const PREFIX = "whsec_";

/** The body of a webhook: a CloudEvent. */
export interface WebhookEvent {
  /** The same in every attempt: ignore one that you have seen. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** The task. */
  readonly subject?: string;
  /** ISO 8601. */
  readonly time: string;
  /** Grows with what happens in the account. */
  readonly sequence?: string;
  readonly data: FeedEntry["data"];
}

/** The request did not come from the edge, or not now. */
export class WebhookVerificationError extends Error {
  override readonly name = "WebhookVerificationError";
}

export interface VerificationOptions {
  readonly toleranceSeconds?: number;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

/**
 * Verifies a webhook's request (https://www.standardwebhooks.com/) and answers its event.
 *
 * @param body as it came, byte by byte
 * @param secret `whsec_…`, or several of which one signs
 */
export async function verifyWebhook(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>,
  secret: string | readonly string[],
  { toleranceSeconds = TOLERANCE_SECONDS, now = Date.now() }: VerificationOptions = {},
): Promise<WebhookEvent> {
  const header = (name: string): string => headerOf(headers, name);
  const timestamp = header("webhook-timestamp");
  if (!/^\d+$/.test(timestamp) || Math.abs(now / 1_000 - Number(timestamp)) > toleranceSeconds) {
    throw new WebhookVerificationError("the timestamp is too far off");
  }
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  const signed = new TextEncoder().encode(`${header("webhook-id")}.${timestamp}.${text}`);
  const signatures = header("webhook-signature")
    .split(" ")
    .flatMap((one) => (one.startsWith("v1,") ? [one.slice("v1,".length)] : []));
  for (const one of typeof secret === "string" ? [secret] : secret) {
    const key = await keyOf(one);
    for (const signature of signatures) {
      // Compares in constant time.
      if (await crypto.subtle.verify("HMAC", key, bytesOf(signature), signed)) {
        return JSON.parse(text) as WebhookEvent;
      }
    }
  }
  throw new WebhookVerificationError("no signature is by this secret");
}

function headerOf(
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>,
  name: string,
): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  if (typeof value !== "string") {
    throw new WebhookVerificationError(`the header ${name} is missing`);
  }
  return value;
}

function keyOf(secret: string): Promise<CryptoKey> {
  const base64 = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  const hmac = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", bytesOf(base64), hmac, false, ["verify"]);
}

/** Empty: this is not base64. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
