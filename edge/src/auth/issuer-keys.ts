import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import { isObject } from "../http/body.js";

/** The issuer did not answer, or not with keys: nothing is known about the token. */
export class IssuerUnavailable extends Error {
  override readonly name = "IssuerUnavailable";
}

const MAX_AGE_MS = 10 * 60_000;
/** A stranger can send any number of unknown key ids; the issuer is asked once in so long. */
const REFETCH_GAP_MS = 10_000;
const TIMEOUT_MS = 5_000;

interface Entry {
  readonly resolve: JWTVerifyGetKey;
  readonly fetchedAt: number;
  /** When an unknown key id last made us ask again. */
  refetchedAt: number;
}

/** By issuer; of this isolate. Holds keys and times only, never a promise of another request. */
const entries = new Map<string, Entry>();

/**
 * The issuer's signing keys, found by discovery (OpenID Connect Discovery 1.0) and kept for ten
 * minutes. An unknown key id means that the issuer may have rotated: its keys are read again.
 */
export function issuerKeys(issuer: string): JWTVerifyGetKey {
  return async (header, token) => {
    const now = Date.now();
    const known = entries.get(issuer);
    const entry =
      known !== undefined && now - known.fetchedAt < MAX_AGE_MS
        ? known
        : await refresh(issuer, known?.refetchedAt ?? 0);
    try {
      return await entry.resolve(header, token);
    } catch (error) {
      const mayRefetch = now - entry.refetchedAt >= REFETCH_GAP_MS;
      if (!(error instanceof errors.JWKSNoMatchingKey) || !mayRefetch) {
        throw error;
      }
      entry.refetchedAt = now;
      return await (await refresh(issuer, now)).resolve(header, token);
    }
  };
}

async function refresh(issuer: string, refetchedAt: number): Promise<Entry> {
  const discovery = await fetchObject(
    `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
  );
  if (discovery["issuer"] !== issuer || typeof discovery["jwks_uri"] !== "string") {
    throw new IssuerUnavailable(`the discovery document is not that of ${issuer}`);
  }
  const keySet = await fetchObject(discovery["jwks_uri"]);
  if (!isKeySet(keySet)) {
    throw new IssuerUnavailable(`${issuer} serves no key set`);
  }
  const entry = { resolve: createLocalJWKSet(keySet), fetchedAt: Date.now(), refetchedAt };
  entries.set(issuer, entry);
  return entry;
}

async function fetchObject(url: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const body: unknown = await response.json();
    if (response.ok && isObject(body)) {
      return body;
    }
    throw new IssuerUnavailable(`${url} answered ${response.status}`);
  } catch (error) {
    if (error instanceof IssuerUnavailable) {
      throw error;
    }
    throw new IssuerUnavailable(`${url} cannot be read`, { cause: error });
  }
}

function isKeySet(value: object): value is JSONWebKeySet {
  return "keys" in value && Array.isArray(value.keys) && value.keys.every(isObject);
}
