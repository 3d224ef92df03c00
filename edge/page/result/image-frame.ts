import type { TaskResult } from "../../src/generated/result.js";
import { el, whenNearViewport } from "../dom.js";
import { shownOrientation, type Size, uprightSize } from "./orientation.js";
import { overlay } from "./overlay.js";

/** Where an image's pixels come from. */
export interface ImageSource {
  /** Its URL for an `<img>`; rejects with an `ImageUnavailable` where users should read why. */
  readonly load: () => Promise<string>;
  /** The EXIF orientation by which it was turned upright already; undefined: the browser does that. */
  readonly appliedOrientation?: number;
}

/** There is nothing to show; the message says why. */
export class ImageUnavailable extends Error {
  override readonly name = "ImageUnavailable";
}

/** An image, with what was found in it drawn over it. */
export class ImageFrame {
  readonly element: HTMLElement;
  readonly #canvas = el("div", { class: "canvas" });
  readonly #note = el("p", { class: "note", hidden: true });
  readonly #toggle = el("button", { type: "button", class: "quiet", "aria-pressed": "true" });
  readonly #image: HTMLImageElement;
  #result: TaskResult | undefined;
  #opened = false;
  #loaded = false;

  /** The source is asked when the frame comes near the visible part of the page. */
  constructor(
    name: string,
    private readonly source: ImageSource,
    private readonly signal: AbortSignal,
  ) {
    this.#image = el("img", { alt: `Image ${name}`, decoding: "async", hidden: true });
    this.#toggle.append("Show findings on the image");
    this.#toggle.hidden = true;
    this.#toggle.addEventListener("click", () => this.#showFindings(!this.#findingsAreShown));
    this.#canvas.append(this.#image);
    this.element = el(
      "figure",
      { class: "frame" },
      this.#canvas,
      el("figcaption", {}, this.#note, this.#toggle),
    );
    whenNearViewport(this.element, () => void this.open(), signal);
  }

  /** What was found, as soon as it is known. */
  setResult(result: TaskResult): void {
    this.#result = result;
    this.#draw();
  }

  /** Loads the image, wherever the frame is. */
  async open(): Promise<void> {
    if (this.#opened) {
      return;
    }
    this.#opened = true;
    try {
      this.#image.src = await this.source.load();
      this.#loaded = true;
      await this.#image.decode();
      this.#image.hidden = false;
    } catch (error) {
      if (this.signal.aborted) {
        return;
      }
      this.#note.textContent = this.#loaded
        ? "This browser cannot display this image."
        : error instanceof ImageUnavailable
          ? error.message
          : "The image could not be loaded.";
      this.#note.hidden = false;
      this.#loaded ||= error instanceof ImageUnavailable;
    }
    this.#draw();
  }

  #draw(): void {
    if (!this.#opened || (this.#image.hidden && this.#note.hidden)) {
      return;
    }
    const size = sizeOf(this.#result);
    // What cannot be displayed, and nothing is known of, is left out.
    this.element.hidden = this.#image.hidden && this.#loaded && size === undefined;
    if (this.#result === undefined || size === undefined) {
      return;
    }
    const orientation = this.#orientation(size, this.#result.metadata?.orientation ?? 1);
    if (this.#image.hidden) {
      const { width, height } = uprightSize(size, orientation);
      this.#canvas.classList.add("blank");
      this.#canvas.style.aspectRatio = `${width} / ${height}`;
    }
    const found = overlay(this.#result, orientation);
    this.#canvas.querySelector(".overlay")?.remove();
    this.#canvas.append(...(found === undefined ? [] : [found]));
    this.#toggle.hidden = found === undefined;
  }

  /** In which the image is shown; `stated` is what its file says. */
  #orientation(stored: Size, stated: number): number {
    if (this.#image.hidden) {
      return stated;
    }
    const { naturalWidth, naturalHeight } = this.#image;
    return (
      this.source.appliedOrientation ??
      shownOrientation(stored, stated, { width: naturalWidth, height: naturalHeight })
    );
  }

  get #findingsAreShown(): boolean {
    return this.#toggle.getAttribute("aria-pressed") === "true";
  }

  #showFindings(shown: boolean): void {
    this.#toggle.setAttribute("aria-pressed", String(shown));
    this.#canvas.classList.toggle("bare", !shown);
  }
}

/** As stored. */
function sizeOf(result: TaskResult | undefined): Size | undefined {
  const { width, height } = result ?? {};
  return width === undefined || height === undefined ? undefined : { width, height };
}
