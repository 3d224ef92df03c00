import { topology } from "../../src/generated/topology.js";
import { el, svg, whenNearViewport } from "../dom.js";
import type { LibraryItem } from "../edge/api.js";
import { ConcurrencyLimit } from "../images/concurrency-limit.js";
import { imageFormat } from "../result/format.js";

/** Fetches the bytes of a task's image. */
export type LoadTaskImage = (taskId: string, signal: AbortSignal) => Promise<Blob>;

/** Originals are fetched: so only a few at a time. */
const MAX_CONCURRENT_LOADS = 4;
const loads = new ConcurrencyLimit(MAX_CONCURRENT_LOADS);

/** Of the drawing that stays when the image itself is let go: twice a tile's. */
const SIZE = { width: 480, height: 360 };

/** A small drawing of an image, made when it comes near the visible part of the page. */
export class Preview {
  readonly element = el("span", { class: "preview" }, symbol());
  #item: LibraryItem | undefined;
  #isNear = false;
  #isLoading = false;

  constructor(
    private readonly load: LoadTaskImage,
    private readonly signal: AbortSignal,
  ) {
    const near = (): void => {
      this.#isNear = true;
      this.#show();
    };
    whenNearViewport(this.element, near, signal);
  }

  setItem(item: LibraryItem): void {
    this.#item = item;
    this.#show();
  }

  #show(): void {
    const item = this.#item;
    if (item !== undefined && this.#isNear && !this.#isLoading && isStored(item)) {
      this.#isLoading = true;
      void this.#draw(item);
    }
  }

  async #draw({ taskId, contentType }: LibraryItem): Promise<void> {
    let type = contentType;
    try {
      await loads.run(async () => {
        this.signal.throwIfAborted();
        const image = await this.load(taskId, this.signal);
        type ??= image.type;
        this.element.replaceChildren(await drawing(image));
      });
    } catch {
      if (!this.signal.aborted) {
        this.element.replaceChildren(...placeholder(type));
      }
    }
  }
}

/** Whether the bucket has the image: it is asked for only then. */
function isStored({ status, stage, error }: LibraryItem): boolean {
  switch (status) {
    case "completed":
      return true;
    case "failed":
      return (error?.stage ?? stage) !== topology.chain[0];
    case "submitted":
    case "processing_in_gcp":
      return stage !== undefined;
  }
}

/** The middle of the image, as large as it is at most. Rejects what the browser cannot display. */
async function drawing(blob: Blob): Promise<HTMLCanvasElement> {
  const image = el("img");
  image.src = URL.createObjectURL(blob);
  try {
    await image.decode();
    const { naturalWidth, naturalHeight } = image;
    const covering = Math.max(SIZE.width / naturalWidth, SIZE.height / naturalHeight);
    const scale = Math.min(covering, 1);
    const [width, height] = [naturalWidth * scale, naturalHeight * scale];
    const canvas = el("canvas", { ...SIZE, "aria-hidden": "true" });
    const pen = canvas.getContext("2d");
    if (pen !== null) {
      pen.imageSmoothingQuality = "high";
      pen.drawImage(image, (SIZE.width - width) / 2, (SIZE.height - height) / 2, width, height);
    }
    return canvas;
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

function placeholder(contentType: string | undefined): Node[] {
  const isImage = contentType?.startsWith("image/") ?? false;
  return isImage
    ? [
        el("span", { class: "format" }, imageFormat(contentType ?? "")),
        el("span", {}, "No preview in this browser"),
      ]
    : [symbol(), el("span", {}, "No preview")];
}

function symbol(): SVGSVGElement {
  return svg(
    "svg",
    { class: "symbol", viewBox: "0 0 24 24", "aria-hidden": "true" },
    svg("rect", { x: 3, y: 5, width: 18, height: 14, rx: 2 }),
    svg("circle", { cx: 8.5, cy: 10, r: 1.5 }),
    svg("path", { d: "M4 18l5.5-5 4 3.5 3-2.5 4 4" }),
  );
}
