import { el } from "../dom.js";
import type { LibraryItem } from "../edge/api.js";
import { imageFormat, moment } from "../result/format.js";
import { statusText } from "../result/result-card.js";
import { type Status, statusOfTask } from "../result/words.js";
import { type LoadTaskImage, Preview } from "./preview.js";

const MAX_LABELS = 4;

/** An image of the library: a button with its preview, name and status, which opens it. */
export class LibraryTile {
  readonly element: HTMLLIElement;
  readonly button: HTMLButtonElement;
  readonly #closing = new AbortController();
  readonly #preview: Preview;
  readonly #text = el("span", { class: "tile-text" });
  #shown = "";

  constructor(open: () => void, load: LoadTaskImage) {
    this.#preview = new Preview(load, this.#closing.signal);
    this.button = el(
      "button",
      { type: "button", "aria-haspopup": "dialog" },
      this.#preview.element,
      this.#text,
    );
    this.button.addEventListener("click", open);
    this.element = el("li", { class: "tile" }, this.button);
  }

  setItem(item: LibraryItem): void {
    const json = JSON.stringify(item);
    if (json === this.#shown) {
      return;
    }
    this.#shown = json;
    this.#preview.setItem(item);
    const status = statusOf(item);
    const about = [moment(item.createdAt), fileOf(item), labelsOf(item)];
    this.#text.replaceChildren(
      el("span", { class: "name" }, titleOf(item)),
      el("span", { class: "status", "data-state": status.state }, ...statusText(status)),
      ...about.filter((line) => line !== "").map((line) => el("span", { class: "about" }, line)),
    );
  }

  /** It is no longer shown. */
  close(): void {
    this.#closing.abort();
    this.element.remove();
  }
}

/** What users call it. */
export function titleOf({ fileName, taskId }: LibraryItem): string {
  return fileName ?? `Image ${taskId}`;
}

function statusOf(item: LibraryItem): Status {
  switch (item.status) {
    case "completed":
      return { state: "done", text: "Completed" };
    case "failed":
      return { state: "failed", text: "Failed" };
    case "submitted":
    case "processing_in_gcp":
      return statusOfTask([{ ...item, updatedAt: item.createdAt }]);
  }
}

/** `PNG · 960 × 640`, as far as it is known. */
function fileOf({ contentType, width, height }: LibraryItem): string {
  const format = contentType === undefined ? [] : [imageFormat(contentType)];
  const size = width === undefined || height === undefined ? [] : [`${width} × ${height}`];
  return [...format, ...size].join(" · ");
}

function labelsOf({ labels = [], keywords = [] }: LibraryItem): string {
  return [...new Set([...labels, ...keywords])].slice(0, MAX_LABELS).join(", ");
}
