import { storageSettings } from "../config.js";
import { randomId } from "../encoding.js";
import { signedUrl } from "../google/signed-url.js";
import { readJsonObject } from "../http/body.js";
import { Fields } from "../http/fields.js";
import { Problem } from "../http/problem.js";
import type { Call } from "../http/router.js";

const MAX_BODY_BYTES = 4 * 1024;
const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;
const LIFETIME_SECONDS = 15 * 60;
/** RFC 9110's token, without parameters: it is signed and must come back letter by letter. */
const IMAGE_TYPE = /^image\/[a-z0-9!#$&^_.+-]{1,100}$/i;

/** A URL to which the client can put one picture, of that type and length, once. */
export async function createUpload({ request, env }: Call): Promise<Response> {
  const fields = new Fields(await readJsonObject(request, MAX_BODY_BYTES));
  const contentType = fields.text("contentType", IMAGE_TYPE, "an image type such as image/jpeg");
  const size = fields.integer("size", 1);
  if (size > MAX_UPLOAD_BYTES) {
    throw new Problem("too_large", `a picture may have at most ${MAX_UPLOAD_BYTES} bytes`);
  }
  const uploadId = randomId();
  const headers = {
    "content-type": contentType,
    "x-goog-content-length-range": `${size},${size}`,
    // Creates only: a second upload to the same URL is refused.
    "x-goog-if-generation-match": "0",
  };
  const issuedAt = new Date();
  const url = await signedUrl(storageSettings(env), {
    method: "PUT",
    object: `uploads/${uploadId}`,
    headers,
    issuedAt,
    lifetimeSeconds: LIFETIME_SECONDS,
  });
  const expiresAt = new Date(issuedAt.getTime() + LIFETIME_SECONDS * 1000).toISOString();
  return Response.json(
    { uploadId, url, method: "PUT", headers, expiresAt },
    { headers: { "cache-control": "no-store" } },
  );
}
