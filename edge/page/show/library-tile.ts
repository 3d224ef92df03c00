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
    this.button = el("button", { type: "button" }, this.#preview.element, this.#text);
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
    const labels = [...(item.labels ?? []), ...(item.keywords ?? [])].slice(0, MAX_LABELS);
    this.#text.replaceChildren(
      el("span", { class: "name" }, titleOf(item)),
      el("span", { class: "status", "data-state": status.state }, ...statusText(status)),
      el("span", { class: "about" }, aboutOf(item)),
      ...(labels.length === 0 ? [] : [el("span", { class: "about" }, labels.join(", "))]),
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

function aboutOf({ contentType, width, height, createdAt }: LibraryItem): string {
  const format = contentType === undefined ? [] : [imageFormat(contentType)];
  const size = width === undefined || height === undefined ? [] : [`${width} × ${height}`];
  return [...format, ...size, moment(createdAt)].join(" · ");
}
