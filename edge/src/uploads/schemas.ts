import { z } from "@hono/zod-openapi";
import { limits } from "../generated/limits.js";
import { fileName, requestBody, requestObject, text, wholeNumber } from "../http/schemas.js";
import type { CompletedUpload } from "./upload.js";

/** RFC 9110's token, without parameters: it is signed and must come back letter by letter. */
const IMAGE_TYPE = /^[iI][mM][aA][gG][eE]\/[A-Za-z0-9!#$&^_.+-]{1,100}$/;

export const uploadRequest = requestObject(
  requestBody({
    contentType: text(IMAGE_TYPE, "an image type such as image/jpeg").openapi({
      description: `The image's: one of ${limits.imageTypes.join(", ")}`,
    }),
    size: wholeNumber(1).openapi({ maximum: limits.maxImageBytes }),
    fileName: fileName.optional().openapi({
      description:
        "As the file is named: of tasks that are submitted with this upload and name none",
    }),
  }),
).openapi("UploadRequest");

export const uploadSchema = z
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

export const completedUploadSchema = z
  .object({
    uploadId: z.string(),
    contentType: z.string(),
    size: z.int(),
    fileName: z.string().optional(),
    completedAt: z.iso.datetime().openapi({ description: "When it was confirmed first" }),
  })
  .openapi("CompletedUpload");

export const uploadParams = z.object({ uploadId: z.string() });

export function completedView(upload: CompletedUpload): z.input<typeof completedUploadSchema> {
  const { uploadId, contentType, size, fileName: name, completedAt } = upload;
  return {
    uploadId,
    contentType,
    size,
    ...(name === undefined ? {} : { fileName: name }),
    completedAt: new Date(completedAt).toISOString(),
  };
}
