import type { Picture } from "../pictures/picture.js";
import type { TaskResult } from "../../src/generated/result.js";
import { el } from "../dom.js";
import { shownOrientation, type Size, uprightSize } from "./orientation.js";
import { overlay } from "./overlay.js";

/** Fetches a picture's bytes. */
export type Load = () => Promise<Blob>;

/** The picture itself, and what was found in it laid over it. */
export class Frame {
  readonly element: HTMLElement;
  readonly #canvas = el("div", { class: "canvas" });
  readonly #note = el("p", { class: "note", hidden: true });
  readonly #toggle = el("button", { type: "button", class: "quiet", "aria-pressed": "true" });
  readonly #image: HTMLImageElement;
  #result: TaskResult | undefined;
  #url: string | undefined;
  #settled = false;

  /** @param load is called when the frame comes near to what is seen of the page */
  constructor(
    picture: Picture,
    private readonly load: Load,
    private readonly signal: AbortSignal,
  ) {
    this.#image = el("img", { alt: `The picture ${picture.name}`, hidden: true });
    this.#toggle.append("Show what was found on the picture");
    this.#toggle.hidden = true;
    this.#toggle.addEventListener("click", () => this.#showFound(!this.#foundIsShown));
    this.#canvas.append(this.#image);
    this.element = el(
      "figure",
      { class: "frame" },
      this.#canvas,
      el("figcaption", {}, this.#note, this.#toggle),
    );
    this.#whenNear(() => void this.#open());
    signal.addEventListener("abort", () => this.#url && URL.revokeObjectURL(this.#url));
  }

  /** What was found, as soon as it is known. */
  found(result: TaskResult): void {
    this.#result = result;
    this.#draw();
  }

  async #open(): Promise<void> {
    try {
      this.#url = URL.createObjectURL(await this.load());
      this.#image.src = this.#url;
      await this.#image.decode();
      this.#image.hidden = false;
    } catch {
      if (this.signal.aborted) {
        return;
      }
      this.#note.textContent =
        this.#url === undefined
          ? "The picture itself could not be loaded."
          : "This browser cannot show this picture.";
      this.#note.hidden = false;
    }
    this.#settled = true;
    this.#draw();
  }

  #draw(): void {
    if (!this.#settled) {
      return;
    }
    const size = sizeOf(this.#result);
    // What cannot be shown, and nothing is known of, is left out.
    this.element.hidden = this.#image.hidden && this.#url !== undefined && size === undefined;
    if (this.#result === undefined || size === undefined) {
      return;
    }
    const stated = this.#result.metadata?.orientation ?? 1;
    const orientation = this.#image.hidden ? stated : this.#shownOrientation(size, stated);
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

  #shownOrientation(stored: Size, stated: number): number {
    const { naturalWidth, naturalHeight } = this.#image;
    return shownOrientation(stored, stated, { width: naturalWidth, height: naturalHeight });
  }

  get #foundIsShown(): boolean {
    return this.#toggle.getAttribute("aria-pressed") === "true";
  }

  #showFound(shown: boolean): void {
    this.#toggle.setAttribute("aria-pressed", String(shown));
    this.#canvas.classList.toggle("bare", !shown);
  }

  #whenNear(come: () => void): void {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) {
          observer.disconnect();
          come();
        }
      },
      { rootMargin: "600px" },
    );
    observer.observe(this.element);
    this.signal.addEventListener("abort", () => observer.disconnect());
  }
}

/** As stored. */
function sizeOf(result: TaskResult | undefined): Size | undefined {
  const { width, height } = result ?? {};
  return width === undefined || height === undefined ? undefined : { width, height };
}
