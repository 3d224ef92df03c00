import { base64Url, hex } from "../encoding.js";

/** By which whoever finds one knows what it is; no ID token begins like it. */
const PREFIX = "in-key";
const SECRET_BYTES = 32;
const API_KEY = /^in-key\.([A-Za-z0-9_-]{1,64})\.[A-Za-z0-9_-]{43}$/;

/** Whether this bearer token is meant as an API key. */
export function isApiKey(token: string): boolean {
  return token.startsWith(`${PREFIX}.`);
}

/** A new key of this owner. Nobody can guess it, so a plain hash hides it. */
export function newApiKey(owner: string): string {
  const secret = base64Url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
  return `${PREFIX}.${owner}.${secret}`;
}

/** Whose key it claims to be; undefined: it is not a key. */
export function ownerOfApiKey(key: string): string | undefined {
  return API_KEY.exec(key)?.[1];
}

/** By which an account knows the key; the key itself is not kept. */
export async function hashOfApiKey(key: string): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key)));
}
