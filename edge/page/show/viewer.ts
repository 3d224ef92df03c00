import { byId, el } from "../dom.js";
import type { Change } from "../edge/account-feed.js";
import type { Api, LibraryItem } from "../edge/api.js";
import { Refusal } from "../edge/refusal.js";
import { SubmittedImage } from "../images/submitted-image.js";
import { track } from "../images/track.js";
import type { Listeners } from "../listeners.js";
import type { TaskView } from "../result/task-view.js";
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
    const opener = document.activeElement;
    const viewing = new AbortController();
    this.#viewing = viewing;
    const { signal } = viewing;
    const { taskId } = item;
    const name = titleOf(item);
    const image = new SubmittedImage(name);
    const deleted = (): void => {
      if (!signal.aborted) {
        this.announce(`${name} was deleted.`);
        this.close();
      }
    };
    const failed = (error: unknown): void => {
      if (signal.aborted) {
        return;
      }
      if (!(error instanceof Refusal)) {
        throw error;
      }
      if (error.code === "not_found") {
        deleted();
      } else {
        image.refused(error);
      }
    };
    const button = el(
      "button",
      { type: "button", class: "quiet", "aria-label": `Delete ${name}` },
      "Delete",
    );
    const remove = async (): Promise<void> => {
      if (await confirmDeletion(name)) {
        // Once confirmed it is deleted, also when this dialog is closed meanwhile.
        await this.api.delete(taskId, new AbortController().signal);
        deleted();
      }
    };
    button.addEventListener("click", () => void remove().catch(failed));
    const card = new ImageCard(image, { load: this.load, button }, "viewed-heading");
    signal.addEventListener("abort", () => {
      card.close();
      // The browser returns the focus to the tile, unless that is gone.
      if (opener?.isConnected !== true) {
        byId("images-heading", HTMLElement).focus();
      }
    });
    image.accepted(taskId);
    this.#content.replaceChildren(card.element);
    this.#dialog.showModal();
    const report = (view: TaskView): void => image.reported(view);
    track(this.api, this.changes, taskId, report, signal).catch(failed);
  }

  close(): void {
    this.#dialog.close();
  }

  #clear(): void {
    this.#viewing?.abort();
    this.#viewing = undefined;
    this.#content.replaceChildren();
  }
}
