import type { Picture } from "../pictures/picture.js";
import { el } from "../dom.js";
import { failure } from "./failure.js";
import { findings } from "./findings.js";
import { shortened } from "./format.js";
import { Frame, type Load } from "./frame.js";
import { metadataList } from "./metadata.js";
import { MARKS, steps } from "./steps.js";
import { statusOf } from "./words.js";

/** What a card can have done. */
export interface CardActions {
  readonly load: (picture: Picture, signal: AbortSignal) => ReturnType<Load>;
  readonly again: (picture: Picture) => void;
  readonly remove: (picture: Picture) => void;
}

/** One picture in the list: its name, how it stands, its way, and in the end what was found. */
export class Card {
  readonly element: HTMLElement;
  readonly removeButton: HTMLButtonElement;
  readonly #status = el("p", { class: "status" });
  readonly #steps = el("ol", { class: "steps", "aria-label": "Progress" });
  readonly #body = el("div", { class: "card-body" });
  readonly #found = el("div", { class: "found" });
  readonly #closing = new AbortController();
  #frame: Frame | undefined;

  constructor(
    private readonly picture: Picture,
    private readonly actions: CardActions,
    id: string,
  ) {
    const { name } = picture;
    this.removeButton = el(
      "button",
      { type: "button", class: "quiet", "aria-label": `Remove ${name} from this list` },
      "Remove",
    );
    this.removeButton.addEventListener("click", () => actions.remove(picture));
    this.#body.append(this.#found);
    this.element = el(
      "article",
      { class: "card", "aria-labelledby": id },
      el(
        "header",
        {},
        el("h3", { id, title: name }, shortened(name)),
        this.#status,
        this.removeButton,
      ),
      this.#steps,
      this.#body,
    );
    picture.changes.add(() => this.#show());
    this.#show();
  }

  /** It was taken off the page. */
  close(): void {
    this.#closing.abort();
  }

  #show(): void {
    const { mark, words } = statusOf(this.picture);
    this.#status.dataset["state"] = mark;
    this.#status.replaceChildren(
      el("span", { class: "mark", "aria-hidden": "true" }, MARKS[mark]),
      el("span", {}, words),
    );
    this.#steps.replaceChildren(...steps(this.picture));
    this.#showPicture();
    this.#showFound();
  }

  #showPicture(): void {
    if (this.#frame === undefined && canBeShown(this.picture)) {
      const { signal } = this.#closing;
      const load = (): Promise<Blob> => this.actions.load(this.picture, signal);
      this.#frame = new Frame(this.picture, load, signal);
      this.#body.prepend(this.#frame.element);
    }
    if (this.picture.state.phase === "refused") {
      this.#frame?.element.remove();
    }
  }

  #showFound(): void {
    const result = this.picture.view?.result;
    const failed = failure(this.picture, () => this.actions.again(this.picture));
    this.#found.replaceChildren(
      ...(failed === undefined ? [] : [failed]),
      ...(result?.analysis === undefined ? [] : findings(result.analysis)),
      ...(result?.contentType === undefined
        ? []
        : [el("section", {}, el("h4", {}, "About the picture"), metadataList(result))]),
    );
    this.#body.hidden = this.#body.childElementCount === 1 && this.#found.childElementCount === 0;
    if (result !== undefined) {
      this.#frame?.found(result);
    }
  }
}

/** A file at once, what was uploaded as soon as it is there, and the rest once download has it. */
function canBeShown(picture: Picture): boolean {
  const { place, view, state } = picture;
  if (picture.file !== undefined) {
    return true;
  }
  if (state.phase !== "taken" || view === undefined) {
    return false;
  }
  return (
    picture.order.source.kind === "upload" ||
    place === "metadata" ||
    place === "ai" ||
    view.result?.contentType !== undefined
  );
}
