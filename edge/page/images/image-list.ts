import type { Api } from "../edge/api.js";
import { Refusal } from "../edge/refusal.js";
import type { StreamSlots } from "../edge/stream-slots.js";
import { Listeners } from "../listeners.js";
import { ConcurrencyLimit } from "./concurrency-limit.js";
import type { ImageRequest, UploadSource, UrlSource } from "./image-request.js";
import { SavedTasks } from "./saved-tasks.js";
import { SubmittedImage } from "./submitted-image.js";
import { upload } from "./upload.js";
import { watch } from "./watch.js";

const MAX_CONCURRENT_SUBMISSIONS = 3;

/** One owner's images: submits them and follows each to its end. */
export class ImageList {
  readonly added = new Listeners<SubmittedImage>();
  readonly removed = new Listeners<SubmittedImage>();
  /** The edge does not know its task any more; it has been removed. */
  readonly expired = new Listeners<SubmittedImage>();
  readonly #saved: SavedTasks;
  readonly #submissions = new ConcurrencyLimit(MAX_CONCURRENT_SUBMISSIONS);
  /** By image: ends whatever is being done for it. */
  readonly #open = new Map<SubmittedImage, AbortController>();

  constructor(
    private readonly api: Api,
    private readonly slots: StreamSlots,
    owner: string,
  ) {
    this.#saved = new SavedTasks(owner);
  }

  get images(): readonly SubmittedImage[] {
    return [...this.#open.keys()];
  }

  /** Resumes what was submitted before this page was loaded, the oldest first. */
  restore(): void {
    for (const { taskId, ...request } of this.#saved.all().reverse()) {
      const image = new SubmittedImage(request);
      image.accepted(taskId);
      this.#begin(image, (signal) => this.#watch(image, taskId, signal));
    }
  }

  submit(request: ImageRequest): void {
    const image = new SubmittedImage(request);
    this.#begin(image, async (signal) => {
      const taskId = await this.#submissions.run(() => this.#submit(image, signal));
      image.accepted(taskId);
      await this.#watch(image, taskId, signal);
    });
  }

  /** Removes it from the list. Its processing goes on. */
  remove(image: SubmittedImage): void {
    if (image.state.phase === "accepted") {
      this.#saved.remove(image.state.taskId);
    }
    this.#drop(image);
  }

  /** Stops following all; nothing is removed from what is saved. */
  close(): void {
    this.images.forEach((image) => this.#drop(image));
  }

  #begin(image: SubmittedImage, work: (signal: AbortSignal) => Promise<void>): void {
    const ending = new AbortController();
    this.#open.set(image, ending);
    this.added.notify(image);
    work(ending.signal).catch((error: unknown) => {
      if (ending.signal.aborted) {
        return;
      }
      if (!(error instanceof Refusal)) {
        throw error;
      }
      if (image.state.phase === "accepted" && error.code === "not_found") {
        this.remove(image);
        this.expired.notify(image);
      } else {
        image.refused(error);
      }
    });
  }

  #drop(image: SubmittedImage): void {
    this.#open.get(image)?.abort();
    this.#open.delete(image);
    this.removed.notify(image);
  }

  async #submit(image: SubmittedImage, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const { features } = image;
    const source = await this.#reachable(image, signal);
    const input = source.kind === "url" ? { imageUrl: source.url } : { uploadId: source.uploadId };
    const taskId = await this.api.submit({ ...input, features }, crypto.randomUUID(), signal);
    this.#saved.add({ taskId, source, features });
    return taskId;
  }

  /** Where the chain can read the image: a file is uploaded first. */
  async #reachable(image: SubmittedImage, signal: AbortSignal): Promise<UrlSource | UploadSource> {
    const { source } = image.request;
    if (source.kind !== "file") {
      return source;
    }
    const { file } = source;
    const uploadId = await upload(this.api, file, (part) => image.setUploaded(part), signal);
    const uploaded: UploadSource = { kind: "upload", name: image.name, uploadId };
    image.setSource(uploaded);
    return uploaded;
  }

  async #watch(image: SubmittedImage, taskId: string, signal: AbortSignal): Promise<void> {
    await watch(this.api, this.slots.assign(), taskId, (view) => image.reported(view), signal);
  }
}
