import type { Api, UploadPlace } from "../edge/api.js";
import { Refusal, Unreachable } from "../edge/refusal.js";
import { contentTypeOf } from "./file-types.js";

/** What Storage answers when the picture is there already: an earlier answer was lost. */
const PRECONDITION_FAILED = 412;
const MAX_BYTES = 50 * 1024 * 1024;

/** Sends the file straight to the bucket and tells how much of it was sent, 0 to 1. */
export async function upload(
  api: Api,
  file: File,
  sent: (fraction: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const contentType = check(file);
  return await api.withBucket(async () => {
    const place = await api.createUpload(contentType, file.size, signal);
    await put(place, file, sent, signal);
    return place.uploadId;
  }, signal);
}

/** What would surely fail is not even sent. */
function check(file: File): string {
  const contentType = contentTypeOf(file);
  if (file.size === 0) {
    throw new Refusal("input_empty", `${file.name} has no bytes.`);
  }
  if (file.size > MAX_BYTES) {
    throw new Refusal("source_too_large", `${file.name} has ${file.size} bytes.`);
  }
  if (contentType === undefined) {
    throw new Refusal("unsupported_type", `${file.name} does not look like a picture.`);
  }
  return contentType;
}

/** By XMLHttpRequest, since fetch does not tell how far it has come. */
function put(
  place: UploadPlace,
  file: File,
  sent: (fraction: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    request.open(place.method, place.url);
    for (const [name, value] of Object.entries(place.headers)) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = ({ loaded, total }) => sent(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      if (
        (request.status >= 200 && request.status < 300) ||
        request.status === PRECONDITION_FAILED
      ) {
        resolve();
      } else if (request.status >= 500 || request.status === 429) {
        reject(new Unreachable(`the storage answered ${request.status}`));
      } else {
        reject(new Refusal("storage_refused", `The storage answered ${request.status}.`));
      }
    };
    request.onerror = () => reject(new Unreachable("the storage did not answer"));
    request.onabort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
