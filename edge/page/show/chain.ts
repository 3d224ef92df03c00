import type { Desk } from "../pictures/desk.js";
import type { Picture, Place } from "../pictures/picture.js";
import { byId, el, unseen } from "../dom.js";

/** So many pictures are drawn as dots; more are counted. */
const MOST_DOTS = 4;

/** The small picture of the chain at the top: each picture is a dot, at the place where it is. */
export class Chain {
  readonly #places = byId("chain", HTMLOListElement).querySelectorAll<HTMLElement>("[data-place]");

  constructor(private readonly desk: Desk) {
    const show = (): void => this.#show();
    desk.added.add((picture) => {
      picture.changes.add(show);
      show();
    });
    desk.removed.add(show);
    show();
  }

  #show(): void {
    const { pictures } = this.desk;
    for (const element of this.#places) {
      const place = element.dataset["place"] as Place;
      const here = pictures.filter((picture) => picture.place === place);
      const traffic = element.querySelector(".traffic");
      element.classList.toggle("busy", here.length > 0 && place !== "end");
      traffic?.replaceChildren(...(here.length === 0 ? [] : dots(here)));
    }
  }
}

function dots(pictures: readonly Picture[]): Node[] {
  const drawn = pictures.slice(0, MOST_DOTS).map(({ view }) =>
    el("span", {
      class: view?.status === "failed" ? "dot failed" : "dot",
      "aria-hidden": "true",
    }),
  );
  const more = pictures.length - drawn.length;
  const count = el("span", { class: "more", "aria-hidden": "true" }, `+${more}`);
  const words =
    pictures.length === 1 ? "1 picture is here" : `${pictures.length} pictures are here`;
  return [...drawn, ...(more > 0 ? [count] : []), unseen(words)];
}
