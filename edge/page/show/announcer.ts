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
  readonly #log = byId("announcements", HTMLElement);

  announce(text: string): void {
    this.#log.append(el("p", {}, text));
    while (this.#log.childElementCount > MAX_ENTRIES) {
      this.#log.firstElementChild?.remove();
    }
  }

  follow(list: ImageList): void {
    list.added.add((image) => this.#follow(image));
    list.deleted.add(({ name }) => this.announce(`${name} was deleted.`));
  }

  #follow(image: SubmittedImage): void {
    let last = "";
    const update = (): void => {
      const news = newsOf(image);
      if (news !== last) {
        this.announce(news);
      }
      last = news;
    };
    image.changes.add(update);
    update();
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
