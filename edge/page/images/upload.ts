import type { Upload } from "../../client/src/generated/api.js";
import { ProblemError, UnreachableError } from "../../client/src/problem-error.js";
import { limits } from "../../src/generated/limits.js";
import type { Api } from "../edge/api.js";
import { contentTypeOf } from "./file-types.js";

/** Storage's answer when the object exists already: an earlier response was lost. */
const PRECONDITION_FAILED = 412;

/** Uploads the file straight to the bucket and reports the uploaded part of it, 0 to 1. */
export async function upload(
  api: Api,
  file: File,
  progress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const contentType = check(file);
  return await api.withBucket(async () => {
    const body = { contentType, size: file.size };
    const place = await api.client.uploads.create(body, { signal });
    await put(place, file, progress, signal);
    return place.uploadId;
  }, signal);
}

/** What would certainly fail is not even uploaded. */
function check(file: File): string {
  const contentType = contentTypeOf(file);
  if (file.size === 0) {
    throw new ProblemError("input_empty", `${file.name} is empty.`);
  }
  if (file.size > limits.maxImageBytes) {
    throw new ProblemError("source_too_large", `${file.name} has ${file.size} bytes.`);
  }
  if (contentType === undefined) {
    throw new ProblemError("unsupported_type", `${file.name} does not look like an image.`);
  }
  return contentType;
}

/** By XMLHttpRequest, since fetch does not report its progress. */
function put(
  place: Upload,
  file: File,
  progress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    request.open(place.method, place.url);
    for (const [name, value] of Object.entries(place.headers)) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      if (
        (request.status >= 200 && request.status < 300) ||
        request.status === PRECONDITION_FAILED
      ) {
        resolve();
      } else if (request.status >= 500 || request.status === 429) {
        reject(new UnreachableError(`Storage answered ${request.status}`));
      } else {
        reject(new ProblemError("storage_refused", `Storage answered ${request.status}.`));
      }
    };
    request.onerror = () => reject(new UnreachableError("Storage did not answer"));
    request.onabort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
