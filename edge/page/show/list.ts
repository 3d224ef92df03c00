import type { Desk } from "../pictures/desk.js";
import type { Picture } from "../pictures/picture.js";
import { Card, type CardActions } from "./card.js";
import { byId, el } from "../dom.js";

/** The list of an owner's pictures, the newest first. */
export class List {
  readonly #list = byId("pictures", HTMLUListElement);
  readonly #heading = byId("pictures-heading", HTMLHeadingElement);
  readonly #empty = byId("empty", HTMLElement);
  readonly #clear = byId("clear", HTMLButtonElement);
  readonly #cards = new Map<Picture, { readonly card: Card; readonly item: HTMLLIElement }>();
  #count = 0;

  constructor(
    private readonly desk: Desk,
    private readonly load: CardActions["load"],
  ) {
    desk.added.add((picture) => this.#add(picture));
    desk.removed.add((picture) => this.#remove(picture));
    this.#clear.onclick = () => this.#removeEnded();
    this.#show();
  }

  #add(picture: Picture): void {
    const actions: CardActions = {
      load: this.load,
      again: ({ order }) => this.desk.send(order),
      remove: () => this.desk.remove(picture),
    };
    this.#count++;
    const card = new Card(picture, actions, `picture-${this.#count}`);
    const item = el("li", {}, card.element);
    this.#cards.set(picture, { card, item });
    this.#list.prepend(item);
    picture.changes.add(() => this.#show());
    this.#show();
  }

  #remove(picture: Picture): void {
    const removed = this.#cards.get(picture);
    if (removed === undefined) {
      return;
    }
    const { card, item } = removed;
    const hadFocus = item.contains(document.activeElement);
    const neighbour = item.nextElementSibling ?? item.previousElementSibling;
    card.close();
    item.remove();
    this.#cards.delete(picture);
    this.#show();
    if (hadFocus) {
      this.#focus(neighbour);
    }
  }

  /** Whoever uses the keyboard goes on where they were. */
  #focus(item: Element | null): void {
    const next = [...this.#cards.values()].find((card) => card.item === item);
    (next?.card.removeButton ?? this.#heading).focus();
  }

  #removeEnded(): void {
    for (const picture of this.desk.pictures) {
      if (picture.place === "end") {
        this.desk.remove(picture);
      }
    }
    this.#heading.focus();
  }

  #show(): void {
    const pictures = this.desk.pictures;
    this.#empty.hidden = this.#cards.size > 0;
    this.#clear.hidden = !pictures.some(({ place }) => place === "end");
  }
}
