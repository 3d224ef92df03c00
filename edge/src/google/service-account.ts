import { SignJWT } from "jose";
import { isObject } from "../http/body.js";

/** A service account's key, of the JSON file that Google hands out. */
export interface ServiceAccountKey {
  readonly email: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  readonly keyId: string;
}

export function parseServiceAccountKey(json: string): ServiceAccountKey | undefined {
  let file: unknown;
  try {
    file = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isObject(file)) {
    return undefined;
  }
  const { client_email: email, private_key: privateKey, private_key_id: keyId } = file;
  return typeof email === "string" && typeof privateKey === "string" && typeof keyId === "string"
    ? { email, privateKey, keyId }
    : undefined;
}

const LIFETIME_SECONDS = 3600; // the most Google takes
const RENEW_BEFORE_SECONDS = 300;

/** Tokens and imported keys of this isolate. At most one entry for each account and audience. */
const tokens = new Map<string, { readonly jwt: string; readonly expiresAt: number }>();
const keys = new Map<string, CryptoKey>();

/**
 * A JWT that the account signs for itself; Google's APIs take it as a bearer token without an
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
