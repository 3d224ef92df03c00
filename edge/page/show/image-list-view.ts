import { byId, el } from "../dom.js";
import type { ImageList } from "../images/image-list.js";
import type { SubmittedImage } from "../images/submitted-image.js";
import { ImageCard, type LoadImage } from "./image-card.js";

interface Shown {
  readonly card: ImageCard;
  readonly item: HTMLLIElement;
  readonly removeButton: HTMLButtonElement;
}

/** The images of this window as cards, the newest first. */
export class ImageListView {
  readonly #section = byId("submitted-section", HTMLElement);
  readonly #element = byId("submitted", HTMLUListElement);
  readonly #heading = byId("submitted-heading", HTMLHeadingElement);
  readonly #library = byId("images-heading", HTMLHeadingElement);
  readonly #clear = byId("clear", HTMLButtonElement);
  readonly #shown = new Map<SubmittedImage, Shown>();
  #count = 0;

  constructor(
    private readonly list: ImageList,
    private readonly load: LoadImage,
  ) {
    list.added.add((image) => this.#add(image));
    list.removed.add((image) => this.#remove(image));
    this.#clear.onclick = () => this.#removeEnded();
    this.#update();
  }

  #add(image: SubmittedImage): void {
    const button = el(
      "button",
      { type: "button", class: "quiet", "aria-label": `Remove ${image.name} from this list` },
      "Remove",
    );
    button.addEventListener("click", () => this.list.remove(image));
    const retry = (): void => {
      if (image.request !== undefined) {
        this.list.submit(image.request);
      }
    };
    this.#count++;
    const card = new ImageCard(
      image,
      { load: this.load, retry, button },
      `submitted-${this.#count}`,
    );
    const item = el("li", {}, card.element);
    this.#shown.set(image, { card, item, removeButton: button });
    this.#element.prepend(item);
    image.changes.add(() => this.#update());
    this.#update();
  }

  #remove(image: SubmittedImage): void {
    const removed = this.#shown.get(image);
    if (removed === undefined) {
      return;
    }
    const { card, item } = removed;
    const hadFocus = item.contains(document.activeElement);
    const neighbour = item.nextElementSibling ?? item.previousElementSibling;
    card.close();
    item.remove();
    this.#shown.delete(image);
    this.#update();
    if (hadFocus) {
      this.#focus(neighbour);
    }
  }

  /** Keyboard users continue where they were. */
  #focus(item: Element | null): void {
    const next = [...this.#shown.values()].find((shown) => shown.item === item);
    (next?.removeButton ?? this.#library).focus();
  }

  #removeEnded(): void {
    for (const image of this.list.images) {
      if (image.place === "end") {
        this.list.remove(image);
      }
    }
    (this.#section.hidden ? this.#library : this.#heading).focus();
  }

  #update(): void {
    this.#section.hidden = this.#shown.size === 0;
    this.#clear.hidden = !this.list.images.some(({ place }) => place === "end");
  }
}
