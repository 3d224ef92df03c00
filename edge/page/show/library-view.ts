import { byId } from "../dom.js";
import type { LibraryItem } from "../edge/api.js";
import type { Library } from "../library/library.js";
import { sentencesFor } from "../result/failure-sentences.js";
import { LibraryTile } from "./library-tile.js";
import type { LoadTaskImage } from "./preview.js";

/** The owner's images as tiles, the newest first. */
export class LibraryView {
  readonly #element = byId("images", HTMLUListElement);
  readonly #heading = byId("images-heading", HTMLHeadingElement);
  readonly #note = byId("images-note", HTMLElement);
  readonly #error = byId("query-error", HTMLElement);
  readonly #query = byId("query", HTMLInputElement);
  readonly #more = byId("more", HTMLButtonElement);
  /** By task. */
  readonly #tiles = new Map<string, LibraryTile>();

  constructor(
    private readonly library: Library,
    private readonly load: LoadTaskImage,
    private readonly open: (item: LibraryItem) => void,
  ) {
    library.updates.add(() => this.#update());
    this.#more.onclick = () => library.showMore();
    this.#update();
  }

  close(): void {
    this.#tiles.forEach((tile) => tile.close());
    this.#tiles.clear();
    this.#more.hidden = true;
  }

  #update(): void {
    const { items, hasMore, refusal } = this.library;
    const neighbour = this.#removeOthers(new Set(items.map(({ taskId }) => taskId)));
    const added = this.#showInOrder(items);
    const moreHadFocus = document.activeElement === this.#more;
    this.#more.hidden = !hasMore;
    this.#note.textContent = this.#noteText();
    const problem = refusal === undefined ? "" : problemText(refusal);
    if (this.#error.textContent !== problem) {
      this.#error.textContent = problem;
    }
    this.#query.toggleAttribute("aria-invalid", refusal?.code === "invalid_request");
    // Keyboard users continue where they were.
    if (neighbour !== undefined) {
      (neighbour ?? this.#heading).focus();
    } else if (moreHadFocus && !hasMore) {
      (added ?? this.#heading).focus();
    }
  }

  /**
   * Removes the tiles of all other tasks; answers what is beside the removed one that had the focus,
   * null for nothing, undefined if none had it.
   */
  #removeOthers(kept: ReadonlySet<string>): HTMLButtonElement | null | undefined {
    const focused = [...this.#tiles.values()].find(
      ({ button }) => button === document.activeElement,
    );
    const inOrder = [...this.#element.querySelectorAll("button")];
    const after = [...this.#tiles]
      .filter(([taskId]) => kept.has(taskId))
      .map(([, { button }]) => button);
    let neighbour: HTMLButtonElement | null | undefined;
    if (focused !== undefined && !after.includes(focused.button)) {
      const place = inOrder.indexOf(focused.button);
      neighbour =
        inOrder.slice(place + 1).find((button) => after.includes(button)) ??
        inOrder.slice(0, place).findLast((button) => after.includes(button)) ??
        null;
    }
    for (const [taskId, tile] of this.#tiles) {
      if (!kept.has(taskId)) {
        tile.close();
        this.#tiles.delete(taskId);
      }
    }
    return neighbour;
  }

  /** Answers the first button that is new. What is there already stays where it is. */
  #showInOrder(items: readonly LibraryItem[]): HTMLButtonElement | undefined {
    let added: HTMLButtonElement | undefined;
    let next = this.#element.firstElementChild;
    for (const item of items) {
      const tile = this.#tiles.get(item.taskId) ?? this.#add(item);
      tile.setItem(item);
      if (tile.element === next) {
        next = next.nextElementSibling;
      } else {
        this.#element.insertBefore(tile.element, next);
        added ??= tile.button;
      }
    }
    return added;
  }

  #add(item: LibraryItem): LibraryTile {
    const tile = new LibraryTile(() => this.open(item), this.load);
    this.#tiles.set(item.taskId, tile);
    return tile;
  }

  #noteText(): string {
    const { items, hasMore, isLoaded, isFiltered } = this.library;
    if (!isLoaded) {
      return "Loading";
    }
    if (items.length === 0) {
      return isFiltered ? "No image matches." : "No images yet. The newest will appear first.";
    }
    const count = items.length === 1 ? "1 image" : `${items.length} images`;
    return hasMore ? `The newest ${count}` : count;
  }
}

function problemText({ code, detail }: { readonly code: string; readonly detail: string }): string {
  return code === "invalid_request"
    ? `This search cannot be understood: ${detail.replace(/^q:? /, "")}.`
    : `${sentencesFor(code).happened} ${detail}`;
}
