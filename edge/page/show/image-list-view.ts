import { byId, el } from "../dom.js";
import type { ImageList } from "../images/image-list.js";
import type { SubmittedImage } from "../images/submitted-image.js";
import { type CardActions, ImageCard, type LoadImage } from "./image-card.js";

/** An owner's images as cards, the newest first. */
export class ImageListView {
  readonly #element = byId("images", HTMLUListElement);
  readonly #heading = byId("images-heading", HTMLHeadingElement);
  readonly #empty = byId("empty", HTMLElement);
  readonly #clear = byId("clear", HTMLButtonElement);
  readonly #cards = new Map<
    SubmittedImage,
    { readonly card: ImageCard; readonly item: HTMLLIElement }
  >();
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
    const actions: CardActions = {
      load: this.load,
      retry: ({ request }) => this.list.submit(request),
      remove: () => this.list.remove(image),
    };
    this.#count++;
    const card = new ImageCard(image, actions, `image-${this.#count}`);
    const item = el("li", {}, card.element);
    this.#cards.set(image, { card, item });
    this.#element.prepend(item);
    image.changes.add(() => this.#update());
    this.#update();
  }

  #remove(image: SubmittedImage): void {
    const removed = this.#cards.get(image);
    if (removed === undefined) {
      return;
    }
    const { card, item } = removed;
    const hadFocus = item.contains(document.activeElement);
    const neighbour = item.nextElementSibling ?? item.previousElementSibling;
    card.close();
    item.remove();
    this.#cards.delete(image);
    this.#update();
    if (hadFocus) {
      this.#focus(neighbour);
    }
  }

  /** Keyboard users continue where they were. */
  #focus(item: Element | null): void {
    const next = [...this.#cards.values()].find((card) => card.item === item);
    (next?.card.removeButton ?? this.#heading).focus();
  }

  #removeEnded(): void {
    for (const image of this.list.images) {
      if (image.place === "end") {
        this.list.remove(image);
      }
    }
    this.#heading.focus();
  }

  #update(): void {
    this.#empty.hidden = this.#cards.size > 0;
    this.#clear.hidden = !this.list.images.some(({ place }) => place === "end");
  }
}
