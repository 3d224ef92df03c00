import { createRoute } from "@hono/zod-openapi";
import { forUsers, userSecurity } from "../auth/middleware.js";
import { storageSettings } from "../config.js";
import { randomId } from "../encoding.js";
import type { MediaUploadCompleted } from "../generated/events.js";
import { limits } from "../generated/limits.js";
import { objectMetadata, type ObjectMetadata } from "../google/object-metadata.js";
import { signedUrl } from "../google/signed-url.js";
import { newApi } from "../http/api.js";
import { jsonBody } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { FOR_BODIES, FOR_USERS, refusals } from "../http/refusals.js";
import { limitCodes, limitExceeded, rateLimitHeaders, rateLimits } from "../limits/answer.js";
import { isRefused } from "../limits/usage.js";
import { log, messageOf } from "../log.js";
import * as schemas from "./schemas.js";
import { isCompleted, type Upload, UPLOAD_URL_SECONDS, uploadObject } from "./upload.js";

const MAX_BODY_BYTES = 4 * 1024;

const common = { tags: ["tasks"], security: userSecurity("tasks:write") };

const create = createRoute({
  ...common,
  method: "post",
  path: "/v1/uploads",
  summary: "Get a signed URL to which one image can be uploaded, once",
  middleware: [forUsers("tasks:write"), ...jsonBody(MAX_BODY_BYTES)] as const,
  request: {
    body: { required: true, content: { "application/json": { schema: schemas.uploadRequest } } },
  },
  responses: {
    200: {
      description: "Where to upload the image, and how",
      content: { "application/json": { schema: schemas.uploadSchema } },
      headers: rateLimits,
    },
    ...refusals(
      ...FOR_USERS,
      ...FOR_BODIES,
      "account_deleting",
      "unsupported_type",
      ...limitCodes("uploadsPerDay", "storedBytes"),
    ),
  },
});

const complete = createRoute({
  ...common,
  method: "post",
  path: "/v1/uploads/{uploadId}/complete",
  summary:
    "Confirm that an image was uploaded as declared, within a day; tasks need no confirmation",
  middleware: [forUsers("tasks:write")] as const,
  request: { params: schemas.uploadParams },
  responses: {
    200: {
      description: "It was, and this is announced once; a repeat is answered the same",
      content: { "application/json": { schema: schemas.completedUploadSchema } },
    },
    ...refusals(...FOR_USERS, "upload_not_found", "upload_missing", "upload_mismatch"),
  },
});

export const uploads = newApi()
  .openapi(create, async (c) => {
    const { owner, user } = c.var;
    const { size, fileName, ...declared } = c.req.valid("json");
    const contentType = supportedType(declared.contentType);
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
      object: uploadObject(owner, uploadId),
      headers,
      issuedAt,
      lifetimeSeconds: UPLOAD_URL_SECONDS,
    });
    const expiresAt = issuedAt.getTime() + UPLOAD_URL_SECONDS * 1000;
    const { name: channel, limits: allowed } = user.channel;
    const named = fileName === undefined ? {} : { fileName };
    const admission = await c.env.ACCOUNTS.getByName(owner).addUpload(
      { uploadId, channel, contentType, size, ...named, expiresAt },
      allowed,
    );
    if (isRefused(admission)) {
      throw limitExceeded(admission, Date.now());
    }
    const method = "PUT" as const;
    const body = { uploadId, url, method, headers, expiresAt: new Date(expiresAt).toISOString() };
    return c.json(body, 200, {
      "cache-control": "no-store",
      ...rateLimitHeaders(admission.rates),
    });
  })
  .openapi(complete, async (c) => {
    const { uploadId } = c.req.valid("param");
    const account = c.env.ACCOUNTS.getByName(c.var.owner);
    const upload = known(await account.upload(uploadId));
    const completed = isCompleted(upload)
      ? upload
      : known(
          await account.completeUpload(
            uploadId,
            await objectAsDeclared(c.var.owner, upload, c.env),
          ),
        );
    return c.json(schemas.completedView(completed), 200);
  });

/** The type as it is signed, or a problem. Media types are case-insensitive. */
function supportedType(declared: string): string {
  const type = declared.toLowerCase();
  if (!limits.imageTypes.some((supported) => supported === type)) {
    const supported = limits.imageTypes.join(", ");
    throw new Problem("unsupported_type", `${type} is not one of ${supported}`);
  }
  return type;
}

/** The object that was uploaded, or a problem. */
async function objectAsDeclared(
  owner: string,
  { uploadId, contentType, size }: Upload,
  env: Env,
): Promise<MediaUploadCompleted["object"]> {
  const name = uploadObject(owner, uploadId);
  const found = await metadataOf(name, env);
  if (found === undefined) {
    throw new Problem("upload_missing", "nothing was uploaded to the signed URL");
  }
  if (found.contentType !== contentType || found.size !== size) {
    const there = `${found.size} bytes of ${found.contentType}`;
    const declared = `${size} bytes of ${contentType}`;
    throw new Problem("upload_mismatch", `${there} were uploaded, ${declared} declared`);
  }
  return { bucket: storageSettings(env).bucket, name, generation: found.generation };
}

async function metadataOf(name: string, env: Env): Promise<ObjectMetadata | undefined> {
  const storage = storageSettings(env);
  try {
    return await objectMetadata(storage, name);
  } catch (error) {
    log("ERROR", "reading an upload's metadata failed", { name, reason: messageOf(error) });
    throw new Problem("unavailable", "Storage does not answer at the moment");
  }
}

function known<T extends Upload>(upload: T | undefined): T {
  if (upload === undefined) {
    throw new Problem("upload_not_found", "there is no such upload, or it is too long ago");
  }
  return upload;
}
