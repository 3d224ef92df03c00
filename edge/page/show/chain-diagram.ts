import { byId, el, unseen } from "../dom.js";
import type { ImageList } from "../images/image-list.js";
import type { Place, SubmittedImage } from "../images/submitted-image.js";

/** So many images are drawn as dots; the rest is counted. */
const MAX_DOTS = 4;

/** The diagram of the chain at the top: each image is a dot, in the stage where it is. */
export class ChainDiagram {
  readonly #places = byId("chain", HTMLOListElement).querySelectorAll<HTMLElement>("[data-place]");

  constructor(private readonly list: ImageList) {
    const update = (): void => this.#update();
    list.added.add((image) => {
      image.changes.add(update);
      update();
    });
    list.removed.add(update);
    update();
  }

  #update(): void {
    const { images } = this.list;
    for (const element of this.#places) {
      const place = element.dataset["place"] as Place;
      const here = images.filter((image) => image.place === place);
      const traffic = element.querySelector(".traffic");
      element.classList.toggle("busy", here.length > 0 && place !== "end");
      traffic?.replaceChildren(...(here.length === 0 ? [] : dots(here)));
    }
  }
}

function dots(images: readonly SubmittedImage[]): Node[] {
  const drawn = images.slice(0, MAX_DOTS).map(({ view }) =>
    el("span", {
      class: view?.status === "failed" ? "dot failed" : "dot",
      "aria-hidden": "true",
    }),
  );
  const more = images.length - drawn.length;
  const count = el("span", { class: "more", "aria-hidden": "true" }, `+${more}`);
  const words = images.length === 1 ? "1 image is here" : `${images.length} images are here`;
  return [...drawn, ...(more > 0 ? [count] : []), unseen(words)];
}
