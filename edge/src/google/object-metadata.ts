import type { StorageSettings } from "../config.js";
import { signedUrl } from "./signed-url.js";

const TIMEOUT_MS = 5_000;
const URL_LIFETIME_SECONDS = 60;

/** What Cloud Storage says of an object without its content. */
export interface ObjectMetadata {
  readonly generation: number;
  readonly contentType: string;
  /** As it is stored, in bytes. */
  readonly size: number;
}

/**
 * Undefined: there is no such object. Throws if Storage does not answer in time, or with an error
 * (https://cloud.google.com/storage/docs/xml-api/head-object).
 */
export async function objectMetadata(
  storage: StorageSettings,
  object: string,
): Promise<ObjectMetadata | undefined> {
  const method = "HEAD";
  const url = await signedUrl(storage, {
    method,
    object,
    issuedAt: new Date(),
    lifetimeSeconds: URL_LIFETIME_SECONDS,
  });
  const { ok, status, headers } = await fetch(url, {
    method,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  // Who may not list a bucket may get 403 where there is no object; uploads are signed by the same account.
  if (status === 404 || status === 403) {
    return undefined;
  }
  if (!ok) {
    throw new Error(`Storage answered ${status}`);
  }
  return {
    generation: numberIn(headers, "x-goog-generation"),
    contentType: headers.get("content-type") ?? "",
    // The length of the content is another one where the answer is decompressed.
    size: numberIn(headers, "x-goog-stored-content-length"),
  };
}

function numberIn(headers: Headers, name: string): number {
  const text = headers.get(name);
  if (text === null || !/^\d+$/.test(text)) {
    throw new Error(`Storage answered without ${name}`);
  }
  return Number(text);
}
