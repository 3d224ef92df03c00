import { ProblemError } from "../../client/src/problem-error.js";
import { el } from "../dom.js";
import type { Change } from "../edge/account-feed.js";
import type { Api, LibraryItem } from "../edge/api.js";
import { SubmittedImage } from "../images/submitted-image.js";
import { track } from "../images/track.js";
import { Listeners } from "../listeners.js";
import { confirmDeletion } from "./confirm-deletion.js";
import { ImageCard, type LoadImage } from "./image-card.js";
import { titleOf } from "./library-tile.js";

/** The card of an image of the library, kept up to date until it is closed. */
export class LibraryImage {
  /** Its task was deleted, here or elsewhere. */
  readonly deleted = new Listeners();
  readonly name: string;
  readonly #image: SubmittedImage;
  readonly #card: ImageCard;
  readonly #closing = new AbortController();

  constructor(
    private readonly api: Api,
    changes: Listeners<Change>,
    load: LoadImage,
    item: LibraryItem,
  ) {
    const { taskId } = item;
    this.name = titleOf(item);
    this.#image = new SubmittedImage(this.name);
    this.#image.accepted(taskId);
    const button = el(
      "button",
      { type: "button", class: "quiet", "aria-label": `Delete ${this.name}` },
      "Delete",
    );
    button.addEventListener("click", () => void this.#do(() => this.#delete(taskId)));
    this.#card = new ImageCard(this.#image, { load, button }, "viewed-heading");
    const { signal } = this.#closing;
    const report = this.#image.reported.bind(this.#image);
    void this.#do(() => track(api, changes, taskId, report, signal));
  }

  get element(): HTMLElement {
    return this.#card.element;
  }

  close(): void {
    this.#closing.abort();
    this.#card.close();
  }

  async #delete(taskId: string): Promise<void> {
    if (await confirmDeletion(this.name)) {
      // Once confirmed it is deleted, also when the card is closed meanwhile.
      await this.api.delete(taskId);
      this.#onDeleted();
    }
  }

  async #do(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.#closing.signal.aborted) {
        return;
      }
      if (!(error instanceof ProblemError)) {
        throw error;
      }
      if (error.code === "not_found") {
        this.#onDeleted();
      } else {
        this.#image.refused(error);
      }
    }
  }

  #onDeleted(): void {
    if (!this.#closing.signal.aborted) {
      this.deleted.notify();
    }
  }
}
