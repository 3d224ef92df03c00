import type { TaskError } from "../../src/tasks/summary.js";
import type { SubmittedImage } from "../images/submitted-image.js";
import { failure } from "../result/failure.js";
import { percent, shortened } from "../result/format.js";
import { ImageFrame } from "../result/image-frame.js";
import { ResultCard } from "../result/result-card.js";
import { type Step, timeline, unsubmitted } from "../result/timeline.js";
import { type Status, statusOfTask } from "../result/words.js";

/** Fetches an image's bytes. */
export type LoadImage = (image: SubmittedImage, signal: AbortSignal) => Promise<Blob>;

/** What a card does besides showing. */
export interface CardActions {
  readonly load: LoadImage;
  /** Submits the image again; undefined: this window cannot. */
  readonly retry?: () => void;
  /** Beside the status. */
  readonly button: HTMLButtonElement;
}

/** One image, from its submission on. */
export class ImageCard {
  readonly #card: ResultCard;
  readonly #closing = new AbortController();
  #frame: ImageFrame | undefined;

  constructor(
    private readonly image: SubmittedImage,
    private readonly actions: CardActions,
    id: string,
  ) {
    const { name } = image;
    this.#card = new ResultCard(id, shortened(name), name, actions.button);
    image.changes.add(() => this.#update());
    this.#update();
  }

  get element(): HTMLElement {
    return this.#card.element;
  }

  /** It was removed from the page. */
  close(): void {
    this.#closing.abort();
  }

  #update(): void {
    const { image } = this;
    this.#card.setStatus(statusOf(image), stepsOf(image));
    this.#updateFrame();
    const error = errorOf(image);
    const result = image.view?.result;
    const taskId = image.view?.taskId;
    this.#card.setResult(result, taskId, error && failure(error, taskId, this.actions.retry));
    if (result !== undefined) {
      this.#frame?.setResult(result);
    }
  }

  #updateFrame(): void {
    const { image } = this;
    if (this.#frame === undefined && isAvailable(image)) {
      this.#frame = new ImageFrame(image.name, { load: () => this.#load() }, this.#closing.signal);
      this.#card.setFrame(this.#frame);
    }
    if (image.state.phase === "refused") {
      this.#frame?.element.remove();
    }
  }

  async #load(): Promise<string> {
    const { signal } = this.#closing;
    const url = URL.createObjectURL(await this.actions.load(this.image, signal));
    signal.addEventListener("abort", () => URL.revokeObjectURL(url));
    return url;
  }
}

/** A file at once, an upload as soon as it is complete, a URL's image once it is downloaded. */
function isAvailable(image: SubmittedImage): boolean {
  const { place, view, state } = image;
  if (image.file !== undefined) {
    return true;
  }
  if (state.phase !== "accepted" || view === undefined) {
    return false;
  }
  return (
    image.request?.source.kind === "upload" ||
    place === "metadata" ||
    place === "ai" ||
    view.result?.contentType !== undefined
  );
}

function statusOf({ state }: SubmittedImage): Status {
  switch (state.phase) {
    case "submitting":
      return {
        state: "running",
        text: state.uploaded > 0 ? `Uploading, ${percent(state.uploaded)}` : "Submitting",
      };
    case "refused":
      return { state: "failed", text: "Rejected" };
    case "accepted":
      return statusOfTask(state.history);
  }
}

function stepsOf({ state }: SubmittedImage): readonly Step[] {
  switch (state.phase) {
    case "accepted":
      return state.history.length === 0 ? unsubmitted("pending") : timeline(state.history);
    case "submitting":
      return unsubmitted("running");
    case "refused":
      return unsubmitted("failed");
  }
}

function errorOf({ state, view }: SubmittedImage): TaskError | undefined {
  return state.phase === "refused"
    ? { code: state.refusal.code, message: state.refusal.detail }
    : view?.error;
}
