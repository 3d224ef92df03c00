import type { StorageSettings } from "../config.js";
import { hex } from "../encoding.js";
import { sign } from "./service-account.js";

/** What a signed URL allows: one request of exactly this shape. */
export interface SignedRequest {
  readonly method: "GET" | "HEAD" | "PUT";
  readonly object: string;
  /** Headers, lower-case, that the client must send as they are. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the query, signed with it: how Storage is to answer. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly issuedAt: Date;
  readonly lifetimeSeconds: number;
}

/**
 * A V4 signed URL, path-style, signed with the service account's own key
 * (https://cloud.google.com/storage/docs/access-control/signing-urls-manually).
 */
export async function signedUrl(storage: StorageSettings, request: SignedRequest): Promise<string> {
  const time = basicTime(request.issuedAt);
  const scope = `${time.slice(0, 8)}/auto/storage/goog4_request`;
  const headers: [string, string][] = Object.entries({
    ...request.headers,
    host: storage.endpoint.host,
  }).sort(byName);
  const signedHeaders = headers.map(([name]) => name).join(";");
  const query = Object.entries({
    "X-Goog-Algorithm": "GOOG4-RSA-SHA256",
    "X-Goog-Credential": `${storage.key.email}/${scope}`,
    "X-Goog-Date": time,
    "X-Goog-Expires": String(request.lifetimeSeconds),
    "X-Goog-SignedHeaders": signedHeaders,
    ...request.parameters,
  })
    .map(([name, value]): [string, string] => [encode(name), encode(value)])
    .sort(byName)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const path = `/${[storage.bucket, ...request.object.split("/")].map(encode).join("/")}`;
  const canonicalRequest = [
    request.method,
    path,
    query,
    ...headers.map(([name, value]) => `${name}:${value}`),
    "",
    signedHeaders,
    "UNSIGNED-PAYLOAD",
  ].join("\n");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonicalRequest));
  const signature = await sign(
    storage.key,
    ["GOOG4-RSA-SHA256", time, scope, hex(digest)].join("\n"),
  );
  return `${storage.endpoint.origin}${path}?${query}&X-Goog-Signature=${hex(signature)}`;
}

/** By code point, as the canonical request requires. */
function byName([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `20260102T030405Z` */
function basicTime(date: Date): string {
  return date.toISOString().replaceAll(/[-:]|\.\d+/g, "");
}

/** RFC 3986: encodeURIComponent leaves a few characters that Storage requires encoded. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
