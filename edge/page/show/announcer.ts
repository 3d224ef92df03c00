import type { Desk } from "../pictures/desk.js";
import type { Picture } from "../pictures/picture.js";
import { sentencesOf } from "./failures.js";
import { byId, el } from "../dom.js";

const KEPT = 10;

/**
 * Says in words, for those who do not see the page, what matters of what happens: taken, completed,
 * failed. It waits politely for its turn, and leaves out the steps between.
 */
export class Announcer {
  /** By this browser's clock; the edge's may differ a little. */
  readonly #since = Date.now();
  readonly #log = byId("announcements", HTMLElement);

  say(text: string): void {
    this.#log.append(el("p", {}, text));
    while (this.#log.childElementCount > KEPT) {
      this.#log.firstElementChild?.remove();
    }
  }

  follow(desk: Desk): void {
    desk.added.add((picture) => this.#follow(picture));
    desk.lost.add(({ name }) =>
      this.say(`iN does not know ${name} any more; it was taken off the list.`),
    );
  }

  #follow(picture: Picture): void {
    // What was recalled after a reload is told from its beginning again: that is no news.
    const recalled = picture.state.phase === "taken";
    let said = "";
    const tell = (): void => {
      const words = newsOf(picture);
      const old = recalled && Date.parse(picture.view?.updatedAt ?? "") < this.#since;
      if (words !== said && !old) {
        this.say(words);
      }
      said = words;
    };
    picture.changes.add(tell);
    if (!recalled) {
      tell();
    }
  }
}

function newsOf(picture: Picture): string {
  const { name, state, view } = picture;
  if (state.phase === "sending") {
    return `${name} is being sent.`;
  }
  const code = state.phase === "refused" ? state.refusal.code : view?.error?.code;
  if (code !== undefined) {
    return `${name} failed. ${sentencesOf(code).happened}`;
  }
  return view?.status === "completed" ? `${name} is completed.` : `${name} is in the chain.`;
}
