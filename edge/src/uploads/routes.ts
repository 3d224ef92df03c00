import { createRoute, z } from "@hono/zod-openapi";
import { forUsers, userSecurity } from "../auth/middleware.js";
import { storageSettings } from "../config.js";
import { randomId } from "../encoding.js";
import { signedUrl } from "../google/signed-url.js";
import { newApi } from "../http/api.js";
import { jsonBody } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { FOR_BODIES, FOR_USERS, refusals } from "../http/refusals.js";
import { requestBody, requestObject, text, wholeNumber } from "../http/schemas.js";
import { limits } from "../generated/limits.js";

const MAX_BODY_BYTES = 4 * 1024;
const LIFETIME_SECONDS = 15 * 60;
/** RFC 9110's token, without parameters: it is signed and must come back letter by letter. */
const IMAGE_TYPE = /^[iI][mM][aA][gG][eE]\/[A-Za-z0-9!#$&^_.+-]{1,100}$/;

const uploadRequest = requestObject(
  requestBody({
    contentType: text(IMAGE_TYPE, "an image type such as image/jpeg"),
    size: wholeNumber(1).openapi({ maximum: limits.maxImageBytes }),
  }),
).openapi("UploadRequest");

const upload = z
  .object({
    uploadId: z.string(),
    url: z.url(),
    method: z.literal("PUT"),
    headers: z
      .record(z.string(), z.string())
      .openapi({ description: "What the client must send, exactly" }),
    expiresAt: z.iso.datetime(),
  })
  .openapi("Upload");

const route = createRoute({
  method: "post",
  path: "/v1/uploads",
  tags: ["tasks"],
  summary: "Get a signed URL to which one image can be uploaded, once",
  security: userSecurity("tasks:write"),
  middleware: [forUsers("tasks:write"), ...jsonBody(MAX_BODY_BYTES)] as const,
  request: {
    body: { required: true, content: { "application/json": { schema: uploadRequest } } },
  },
  responses: {
    200: {
      description: "Where to upload the image, and how",
      content: { "application/json": { schema: upload } },
    },
    ...refusals(...FOR_USERS, ...FOR_BODIES),
  },
});

export const uploads = newApi().openapi(route, async (c) => {
  const { contentType, size } = c.req.valid("json");
  if (size > limits.maxImageBytes) {
    throw new Problem("too_large", `an image may have at most ${limits.maxImageBytes} bytes`);
  }
  const uploadId = randomId();
  const headers = {
    "content-type": contentType,
    "x-goog-content-length-range": `${size},${size}`,
    // Creates only: a second upload to the same URL is refused.
    "x-goog-if-generation-match": "0",
  };
  const issuedAt = new Date();
  const url = await signedUrl(storageSettings(c.env), {
    method: "PUT",
    object: `uploads/${uploadId}`,
    headers,
    issuedAt,
    lifetimeSeconds: LIFETIME_SECONDS,
  });
  const expiresAt = new Date(issuedAt.getTime() + LIFETIME_SECONDS * 1000).toISOString();
  return c.json({ uploadId, url, method: "PUT" as const, headers, expiresAt }, 200, {
    "cache-control": "no-store",
  });
});
