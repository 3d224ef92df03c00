import { byId, el } from "../dom.js";
import type { ImageList } from "../images/image-list.js";
import type { SubmittedImage } from "../images/submitted-image.js";
import { sentencesFor } from "../result/failure-sentences.js";

const MAX_ENTRIES = 10;

/**
 * A polite live region for screen readers: an image was submitted, completed, failed. The steps
 * between are left out.
 */
export class Announcer {
  /** By this browser's clock; the edge's may differ a little. */
  readonly #since = Date.now();
  readonly #log = byId("announcements", HTMLElement);

  announce(text: string): void {
    this.#log.append(el("p", {}, text));
    while (this.#log.childElementCount > MAX_ENTRIES) {
      this.#log.firstElementChild?.remove();
    }
  }

  follow(list: ImageList): void {
    list.added.add((image) => this.#follow(image));
    list.expired.add(({ name }) =>
      this.announce(`iN no longer knows ${name}; it was removed from the list.`),
    );
  }

  #follow(image: SubmittedImage): void {
    // After a reload the history of a restored image is reported again: that is no news.
    const restored = image.state.phase === "accepted";
    let last = "";
    const update = (): void => {
      const news = newsOf(image);
      const old = restored && Date.parse(image.view?.updatedAt ?? "") < this.#since;
      if (news !== last && !old) {
        this.announce(news);
      }
      last = news;
    };
    image.changes.add(update);
    if (!restored) {
      update();
    }
  }
}

function newsOf(image: SubmittedImage): string {
  const { name, state, view } = image;
  if (state.phase === "submitting") {
    return `${name} is being submitted.`;
  }
  const code = state.phase === "refused" ? state.refusal.code : view?.error?.code;
  if (code !== undefined) {
    return `${name} failed. ${sentencesFor(code).happened}`;
  }
  return view?.status === "completed" ? `${name} is completed.` : `${name} is being processed.`;
}
