import type { Api } from "../edge/api.js";
import { Refusal } from "../edge/refusal.js";
import type { Turns } from "../edge/turns.js";
import { Listeners } from "../listeners.js";
import { Limit } from "./limit.js";
import type { AddressSource, Order, UploadSource } from "./order.js";
import { Picture } from "./picture.js";
import { RememberedTasks } from "./remembered.js";
import { upload } from "./upload.js";
import { watch } from "./watch.js";

const SUBMISSIONS_AT_A_TIME = 3;

/** One owner's pictures: takes orders, and sees each through to its end. */
export class Desk {
  readonly added = new Listeners<Picture>();
  readonly removed = new Listeners<Picture>();
  /** The edge does not know it any more; it is not in the list any more either. */
  readonly lost = new Listeners<Picture>();
  readonly #remembered: RememberedTasks;
  readonly #submissions = new Limit(SUBMISSIONS_AT_A_TIME);
  /** By picture: ends whatever is being done for it. */
  readonly #open = new Map<Picture, AbortController>();

  constructor(
    private readonly api: Api,
    private readonly turns: Turns,
    owner: string,
  ) {
    this.#remembered = new RememberedTasks(owner);
  }

  get pictures(): readonly Picture[] {
    return [...this.#open.keys()];
  }

  /** Takes up what was submitted before this page was loaded, the oldest first. */
  recall(): void {
    for (const { taskId, ...order } of this.#remembered.all().reverse()) {
      const picture = new Picture(order);
      picture.taken(taskId);
      this.#begin(picture, (signal) => this.#watch(picture, taskId, signal));
    }
  }

  send(order: Order): void {
    const picture = new Picture(order);
    this.#begin(picture, async (signal) => {
      const taskId = await this.#submissions.run(() => this.#submit(picture, signal));
      picture.taken(taskId);
      await this.#watch(picture, taskId, signal);
    });
  }

  /** Takes it off the list. What Google Cloud does with it goes on. */
  remove(picture: Picture): void {
    if (picture.state.phase === "taken") {
      this.#remembered.forget(picture.state.taskId);
    }
    this.#drop(picture);
  }

  /** Ends everything, and forgets nothing. */
  close(): void {
    this.pictures.forEach((picture) => this.#drop(picture));
  }

  #begin(picture: Picture, work: (signal: AbortSignal) => Promise<void>): void {
    const ending = new AbortController();
    this.#open.set(picture, ending);
    this.added.tell(picture);
    work(ending.signal).catch((error: unknown) => {
      if (ending.signal.aborted) {
        return;
      }
      if (!(error instanceof Refusal)) {
        throw error;
      }
      if (picture.state.phase === "taken" && error.code === "not_found") {
        this.remove(picture);
        this.lost.tell(picture);
      } else {
        picture.refused(error);
      }
    });
  }

  #drop(picture: Picture): void {
    this.#open.get(picture)?.abort();
    this.#open.delete(picture);
    this.removed.tell(picture);
  }

  async #submit(picture: Picture, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const { features } = picture;
    const source = await this.#reachable(picture, signal);
    const input =
      source.kind === "address" ? { imageUrl: source.url } : { uploadId: source.uploadId };
    const taskId = await this.api.submit({ ...input, features }, crypto.randomUUID(), signal);
    this.#remembered.add({ taskId, source, features });
    return taskId;
  }

  /** Where the chain can get the picture: a file is uploaded for that. */
  async #reachable(picture: Picture, signal: AbortSignal): Promise<AddressSource | UploadSource> {
    const { source } = picture.order;
    if (source.kind !== "file") {
      return source;
    }
    const { file } = source;
    const uploadId = await upload(this.api, file, (sent) => picture.sent(sent), signal);
    const uploaded: UploadSource = { kind: "upload", name: picture.name, uploadId };
    picture.uploaded(uploaded);
    return uploaded;
  }

  async #watch(picture: Picture, taskId: string, signal: AbortSignal): Promise<void> {
    await watch(this.api, this.turns.assign(), taskId, (view) => picture.told(view), signal);
  }
}
