import { ProblemError } from "../../client/src/problem-error.js";
import type { Change } from "../edge/account-feed.js";
import type { Api } from "../edge/api.js";
import { Listeners } from "../listeners.js";
import { ConcurrencyLimit } from "./concurrency-limit.js";
import {
  fileNameOf,
  type ImageRequest,
  nameOf,
  type UploadSource,
  type UrlSource,
} from "./image-request.js";
import { SubmittedImage } from "./submitted-image.js";
import { track } from "./track.js";
import { upload } from "./upload.js";

const MAX_CONCURRENT_SUBMISSIONS = 3;

/** The images of this window: submits them and follows each to its end. */
export class ImageList {
  readonly added = new Listeners<SubmittedImage>();
  readonly removed = new Listeners<SubmittedImage>();
  /** Its task was deleted; the image has been removed. */
  readonly deleted = new Listeners<SubmittedImage>();
  readonly #submissions = new ConcurrencyLimit(MAX_CONCURRENT_SUBMISSIONS);
  /** By image: ends whatever is being done for it. */
  readonly #open = new Map<SubmittedImage, AbortController>();

  constructor(
    private readonly api: Api,
    private readonly changes: Listeners<Change>,
  ) {}

  get images(): readonly SubmittedImage[] {
    return [...this.#open.keys()];
  }

  submit(request: ImageRequest): void {
    const image = new SubmittedImage(nameOf(request.source), request);
    const ending = new AbortController();
    const { signal } = ending;
    this.#open.set(image, ending);
    this.added.notify(image);
    this.#process(image, request, signal).catch((error: unknown) => {
      if (signal.aborted) {
        return;
      }
      if (!(error instanceof ProblemError)) {
        throw error;
      }
      if (image.state.phase === "accepted" && error.code === "not_found") {
        this.remove(image);
        this.deleted.notify(image);
      } else {
        image.refused(error);
      }
    });
  }

  /** Removes it from the list. Its processing goes on. */
  remove(image: SubmittedImage): void {
    this.#open.get(image)?.abort();
    this.#open.delete(image);
    this.removed.notify(image);
  }

  close(): void {
    this.images.forEach((image) => this.remove(image));
  }

  async #process(image: SubmittedImage, request: ImageRequest, signal: AbortSignal) {
    const taskId = await this.#submissions.run(() => this.#submit(image, request, signal));
    image.accepted(taskId);
    await track(this.api, this.changes, taskId, (view) => image.reported(view), signal);
  }

  async #submit(
    image: SubmittedImage,
    request: ImageRequest,
    signal: AbortSignal,
  ): Promise<string> {
    signal.throwIfAborted();
    const { features } = request;
    const source = await this.#reachable(image, request, signal);
    const input = source.kind === "url" ? { imageUrl: source.url } : { uploadId: source.uploadId };
    const fileName = fileNameOf(source);
    const task = { ...input, features, ...(fileName === undefined ? {} : { fileName }) };
    return (await this.api.client.tasks.create(task, { signal })).taskId;
  }

  /** Where the chain can read the image: a file is uploaded first. */
  async #reachable(
    image: SubmittedImage,
    { source }: ImageRequest,
    signal: AbortSignal,
  ): Promise<UrlSource | UploadSource> {
    if (source.kind !== "file") {
      return source;
    }
    const { file } = source;
    const uploadId = await upload(this.api, file, (part) => image.setUploaded(part), signal);
    const uploaded: UploadSource = { kind: "upload", name: image.name, uploadId };
    image.setSource(uploaded);
    return uploaded;
  }
}
