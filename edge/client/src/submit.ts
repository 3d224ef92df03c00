import type { AcceptedTask, Submission } from "./generated/api.js";
import type { CreateOptions, Tasks } from "./tasks.js";
import type { ImageData, UploadOptions, Uploads } from "./uploads.js";

/** An image: where it is, or its bytes. */
export type ImageSource = string | URL | ImageData;

export type SubmitOptions = Omit<Submission, "imageUrl" | "uploadId"> &
  CreateOptions &
  Pick<UploadOptions, "contentType">;

/** Submits an image by its URL, or uploads it first. */
export async function submit(
  tasks: Tasks,
  uploads: Uploads,
  source: ImageSource,
  { idempotencyKey, contentType, signal, ...submission }: SubmitOptions,
): Promise<AcceptedTask> {
  const input =
    typeof source === "string" || source instanceof URL
      ? { imageUrl: String(source) }
      : {
          uploadId: await uploads.upload(source, {
            contentType,
            fileName: submission.fileName,
            signal,
          }),
        };
  return await tasks.create({ ...submission, ...input }, { idempotencyKey, signal });
}
