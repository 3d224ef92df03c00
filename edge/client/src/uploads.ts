import type { CompletedUpload, Upload, UploadRequest } from "./generated/api.js";
import { ProblemError, UnreachableError } from "./problem-error.js";
import type { Retry } from "./retry.js";
import type { CallOptions, Transport } from "./transport.js";

/** The bytes of an image. */
export type ImageData = Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;

export interface UploadOptions extends CallOptions {
  /** Left out: that of the blob. */
  readonly contentType?: string | undefined;
  /** Left out: that of the file. */
  readonly fileName?: string | undefined;
}

/** Storage's answer when the object exists already: an earlier answer was lost. */
const PRECONDITION_FAILED = 412;

export class Uploads {
  constructor(
    private readonly transport: Transport,
    private readonly retry: Retry,
  ) {}

  /** Where one image can be uploaded. */
  create(body: UploadRequest, options?: CallOptions): Promise<Upload> {
    return this.transport.call("POST /v1/uploads", { body }, options);
  }

  /** Confirms that it was uploaded as declared. */
  complete(uploadId: string, options?: CallOptions): Promise<CompletedUpload> {
    const input = { path: { uploadId } };
    return this.transport.call("POST /v1/uploads/{uploadId}/complete", input, options);
  }

  /** Uploads it straight to the bucket; answers its `uploadId`. A stream is read to its end first. */
  async upload(data: ImageData, options: UploadOptions = {}): Promise<string> {
    const { signal = new AbortController().signal } = options;
    const blob = data instanceof Blob ? data : await new Response(data).blob();
    const contentType = options.contentType ?? blob.type;
    if (contentType === "") {
      throw new TypeError("contentType is needed: the data does not say it");
    }
    const fileName = options.fileName ?? (blob instanceof File ? blob.name : undefined);
    const body = { contentType, size: blob.size, fileName };
    const place = await this.create(body, { signal });
    await this.retry.retry(() => this.#put(place, blob, signal), signal);
    return place.uploadId;
  }

  async #put({ url, method, headers }: Upload, body: Blob, signal: AbortSignal): Promise<void> {
    const status = await this.transport.putElsewhere(url, { method, headers, body, signal });
    if (status === 429 || status >= 500) {
      throw new UnreachableError(`Storage answered ${status}`);
    }
    if (status >= 300 && status !== PRECONDITION_FAILED) {
      throw new ProblemError("storage_refused", `Storage answered ${status}.`);
    }
  }
}
