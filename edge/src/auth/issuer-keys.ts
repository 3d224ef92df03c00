import { createLocalJWKSet, errors, type JWK, type JWTVerifyGetKey } from "jose";
import { z } from "zod";

/** The issuer did not answer, or not with keys: nothing is known about the token. */
export class IssuerUnavailable extends Error {
  override readonly name = "IssuerUnavailable";
}

const MAX_AGE_MS = 10 * 60_000;
/** A stranger can send any number of unknown key ids: they make us ask the issuer only this often. */
const REFETCH_GAP_MS = 10_000;
const TIMEOUT_MS = 5_000;

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.string() });
/** The keys themselves are for jose to check. */
const keySetSchema = z.object({
  keys: z.array(z.custom<JWK>((key) => typeof key === "object" && key !== null)),
});

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
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const discovery = await fetchJson(url, discoverySchema);
  if (discovery.issuer !== issuer) {
    throw new IssuerUnavailable(`the discovery document is not that of ${issuer}`);
  }
  const keySet = await fetchJson(discovery.jwks_uri, keySetSchema);
  const entry = { resolve: createLocalJWKSet(keySet), fetchedAt: Date.now(), refetchedAt };
  entries.set(issuer, entry);
  return entry;
}

async function fetchJson<T>(url: string, schema: z.ZodType<T>): Promise<T> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const body: unknown = await response.json();
    if (!response.ok) {
      throw new IssuerUnavailable(`${url} answered ${response.status}`);
    }
    return schema.parse(body);
  } catch (error) {
    if (error instanceof IssuerUnavailable) {
      throw error;
    }
    throw new IssuerUnavailable(`${url} cannot be read`, { cause: error });
  }
}
