import { byId } from "../dom.js";
import type { LibraryItem } from "../edge/api.js";
import type { LibraryImage } from "./library-image.js";

/** The dialog that shows one image of the library. */
export class Viewer {
  readonly #dialog = byId("viewer", HTMLDialogElement);
  readonly #content = byId("viewed", HTMLElement);
  #closed: () => void = () => undefined;

  constructor(private readonly imageOf: (item: LibraryItem) => LibraryImage) {
    byId("close-viewer", HTMLButtonElement).onclick = () => this.close();
    this.#dialog.onclose = () => this.#closed();
  }

  open(item: LibraryItem): void {
    const opener = document.activeElement;
    const image = this.imageOf(item);
    this.#closed = () => {
      this.#closed = () => undefined;
      image.close();
      this.#content.replaceChildren();
      // The browser returns the focus to the tile, unless that is gone.
      if (opener?.isConnected !== true) {
        byId("images-heading", HTMLElement).focus();
      }
    };
    image.deleted.add(() => this.close());
    this.#content.replaceChildren(image.element);
    this.#dialog.showModal();
  }

  close(): void {
    this.#dialog.close();
    // The browser's own event comes later.
    this.#closed();
  }
}
