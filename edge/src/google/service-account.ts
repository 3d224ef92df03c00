import { SignJWT } from "jose";
import { z } from "zod";

/** A service account's key, from the JSON file that Google hands out. */
export interface ServiceAccountKey {
  readonly email: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  readonly keyId: string;
}

const keyFile = z.object({
  client_email: z.string(),
  private_key: z.string(),
  private_key_id: z.string(),
});

/** Undefined: the text is not a key file. */
export function parseServiceAccountKey(json: string): ServiceAccountKey | undefined {
  let file: unknown;
  try {
    file = JSON.parse(json);
  } catch {
    return undefined;
  }
  const { data } = keyFile.safeParse(file);
  return (
    data && { email: data.client_email, privateKey: data.private_key, keyId: data.private_key_id }
  );
}

const LIFETIME_SECONDS = 3600; // Google's maximum
const RENEW_BEFORE_SECONDS = 300;

/** Tokens and imported keys of this isolate. At most one entry for each account and audience. */
const tokens = new Map<string, { readonly jwt: string; readonly expiresAt: number }>();
const keys = new Map<string, CryptoKey>();

/**
 * A JWT that the account signs for itself; Google's APIs accept it as a bearer token without an
 * exchange (https://google.aip.dev/auth/4111).
 *
 * @param audience of the API, such as `https://pubsub.googleapis.com/`
 */
export async function selfSignedJwt(key: ServiceAccountKey, audience: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const name = `${key.keyId} ${audience}`;
  const known = tokens.get(name);
  if (known !== undefined && known.expiresAt - RENEW_BEFORE_SECONDS > now) {
    return known.jwt;
  }
  const expiresAt = now + LIFETIME_SECONDS;
  const jwt = await new SignJWT()
    .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: key.keyId })
    .setIssuer(key.email)
    .setSubject(key.email)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(expiresAt)
    .sign(await signingKey(key));
  tokens.set(name, { jwt, expiresAt });
  return jwt;
}

/** RSASSA-PKCS1-v1_5 with SHA-256. */
export async function sign(key: ServiceAccountKey, text: string): Promise<ArrayBuffer> {
  const data = new TextEncoder().encode(text);
  return await crypto.subtle.sign("RSASSA-PKCS1-v1_5", await signingKey(key), data);
}

async function signingKey(key: ServiceAccountKey): Promise<CryptoKey> {
  const known = keys.get(key.privateKey);
  if (known !== undefined) {
    return known;
  }
  const base64 = key.privateKey.replaceAll(/-----[A-Z ]+-----|\s/g, "");
  const imported = await crypto.subtle.importKey(
    "pkcs8",
    Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)),
    { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
    false,
    ["sign"],
  );
  keys.set(key.privateKey, imported);
  return imported;
}
