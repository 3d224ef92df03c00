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
    // What is recalled after a reload is no news until it moves on.
    let said = picture.state.phase === "taken" ? undefined : "";
    picture.changes.add(() => {
      const words = newsOf(picture);
      if (words !== said && said !== undefined) {
        this.say(words);
      }
      said = words;
    });
    if (said === "") {
      said = newsOf(picture);
      this.say(said);
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
