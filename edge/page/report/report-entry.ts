import { el } from "../dom.js";
import { failure } from "../result/failure.js";
import { ImageFrame, type ImageSource, ImageUnavailable } from "../result/image-frame.js";
import { ResultCard } from "../result/result-card.js";
import { timeline } from "../result/timeline.js";
import { type Outcome, outcomeOf, statusOf } from "./outcome.js";
import type { ReportImage, Thumbnail } from "./report-data.js";

/** Nothing is ever removed from a report. */
const NEVER = new AbortController().signal;

/** One image of the report. */
export class ReportEntry {
  readonly outcome: Outcome;
  #frame: ImageFrame | undefined;

  /**
   * @param number from 1, in the order of the inputs
   * @param name of the image, as short as it can be
   */
  constructor(
    readonly image: ReportImage,
    private readonly number: number,
    readonly name: string,
  ) {
    this.outcome = outcomeOf(image);
  }

  link(): HTMLAnchorElement {
    return el("a", { href: `#image-${this.number}`, title: this.image.input }, this.name);
  }

  card(): HTMLElement {
    const { taskId, result, error, history, thumbnail, input } = this.image;
    const card = new ResultCard(`image-${this.number}`, this.name, input);
    card.setStatus(statusOf(this.image), taskId === undefined ? [] : timeline(history));
    card.setResult(result, taskId, error && failure(error, taskId));
    if (thumbnail !== undefined) {
      this.#frame = new ImageFrame(this.name, sourceOf(thumbnail), NEVER);
      if (result !== undefined) {
        this.#frame.setResult(result);
      }
      card.setFrame(this.#frame);
    }
    return card.element;
  }

  /** Loads the image before it is scrolled to. */
  async loadImage(): Promise<void> {
    await this.#frame?.open();
  }
}

function sourceOf(thumbnail: Thumbnail): ImageSource {
  if ("unavailable" in thumbnail) {
    const reason = thumbnail.unavailable;
    return { load: () => Promise.reject(new ImageUnavailable(reason)) };
  }
  const { contentType, orientation, base64 } = thumbnail;
  return {
    load: () => Promise.resolve(`data:${contentType};base64,${base64}`),
    ...(orientation === undefined ? {} : { appliedOrientation: orientation }),
  };
}
