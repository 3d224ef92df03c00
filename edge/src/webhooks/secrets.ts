import { base64 } from "../encoding.js";

/** What an endpoint's owner verifies with: `whsec_` and 32 random bytes in base64. */
export type Secret = string;

/** The current secret first; then older ones, each until its time is up. */
export type Secrets = readonly SecretEntry[];

interface SecretEntry {
  readonly secret: Secret;
  /** Until when it signs beside its successors; undefined: the current one. */
  readonly until?: number;
}

const PREFIX = "whsec_";
const SECRET_BYTES = 32;
/** Each adds a signature to the header; who rotates faster loses the oldest early. */
const MAX_SECRETS = 5;

export function newSecrets(): Secrets {
  return [{ secret: newSecret() }];
}

export function currentSecret([current]: Secrets): Secret {
  if (current === undefined) {
    throw new Error("an endpoint always has a secret");
  }
  return current.secret;
}

/** A new secret; the one before signs, too, for that long. */
export function rotated(secrets: Secrets, now: number, overlapMs: number): Secrets {
  const older = secrets
    .filter(({ until }) => until === undefined || until > now)
    .map(({ secret, until }) => ({ secret, until: until ?? now + overlapMs }));
  return [{ secret: newSecret() }, ...older].slice(0, MAX_SECRETS);
}

/**
 * The value of `webhook-signature` by Standard Webhooks: one `v1,BASE64` for each secret that signs at
 * that time, HMAC-SHA256 over `id.timestamp.body`.
 */
export async function signature(
  secrets: Secrets,
  now: number,
  message: { readonly id: string; readonly timestamp: string; readonly body: string },
): Promise<string> {
  const text = `${message.id}.${message.timestamp}.${message.body}`;
  const data = new TextEncoder().encode(text);
  const valid = secrets.filter(({ until }) => until === undefined || until > now);
  const signatures = valid.map(async ({ secret }) => `v1,${base64(await hmac(secret, data))}`);
  return (await Promise.all(signatures)).join(" ");
}

async function hmac(secret: Secret, data: BufferSource): Promise<Uint8Array> {
  const bytes = Uint8Array.from(atob(secret.slice(PREFIX.length)), (char) => char.charCodeAt(0));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, data));
}

function newSecret(): Secret {
  return PREFIX + base64(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}
