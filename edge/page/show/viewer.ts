import { byId, el } from "../dom.js";
import type { Change } from "../edge/account-feed.js";
import type { Api, LibraryItem } from "../edge/api.js";
import { Refusal } from "../edge/refusal.js";
import { SubmittedImage } from "../images/submitted-image.js";
import { track } from "../images/track.js";
import type { Listeners } from "../listeners.js";
import { confirmDeletion } from "./confirm-deletion.js";
import { ImageCard, type LoadImage } from "./image-card.js";
import { titleOf } from "./library-tile.js";

/** Shows one image of the library in a dialog, live. */
export class Viewer {
  readonly #dialog = byId("viewer", HTMLDialogElement);
  readonly #content = byId("viewed", HTMLElement);
  #viewing: AbortController | undefined;

  constructor(
    private readonly api: Api,
    private readonly changes: Listeners<Change>,
    private readonly load: LoadImage,
    private readonly announce: (text: string) => void,
  ) {
    byId("close-viewer", HTMLButtonElement).onclick = () => this.close();
    this.#dialog.onclose = () => this.#clear();
  }

  open(item: LibraryItem): void {
    this.#clear();
    const viewing = new AbortController();
    this.#viewing = viewing;
    const { signal } = viewing;
    const { taskId } = item;
    const name = titleOf(item);
    const button = el("button", { type: "button", "aria-label": `Delete ${name}` }, "Delete");
    button.addEventListener("click", () => void this.#delete(taskId, name));
    const image = new SubmittedImage(name);
    image.accepted(taskId);
    const card = new ImageCard(image, { load: this.load, button }, "viewed-heading");
    signal.addEventListener("abort", () => card.close());
    this.#content.replaceChildren(card.element);
    this.#dialog.showModal();
    track(this.api, this.changes, taskId, (view) => image.reported(view), signal).catch(
      (error: unknown) => {
        if (signal.aborted) {
          return;
        }
        if (!(error instanceof Refusal)) {
          throw error;
        }
        if (error.code === "not_found") {
          this.announce(`${name} was deleted.`);
          this.close();
        } else {
          image.refused(error);
        }
      },
    );
  }

  close(): void {
    this.#dialog.close();
  }

  async #delete(taskId: string, name: string): Promise<void> {
    if (await confirmDeletion(name)) {
      // Beyond this dialog: it may be closed meanwhile.
      await this.api.delete(taskId, new AbortController().signal);
    }
  }

  #clear(): void {
    this.#viewing?.abort();
    this.#viewing = undefined;
    this.#content.replaceChildren();
  }
}
