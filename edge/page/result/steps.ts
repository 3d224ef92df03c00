import { el, unseen } from "../dom.js";
import { duration } from "./format.js";
import { lengthOf, type Step } from "./timeline.js";
import { MARKS, stateWord, stepWord } from "./words.js";

/** A task's steps through the chain, with how long each took. */
export function stepItems(steps: readonly Step[]): HTMLElement[] {
  return steps.map(({ name, state, span }) =>
    el(
      "li",
      { class: "step", "data-state": state, "aria-current": state === "running" && "step" },
      el("span", { class: "mark", "aria-hidden": "true" }, MARKS[state]),
      el("span", { class: "step-name" }, stepWord(name, state)),
      unseen(`, ${stateWord(state)}${span === undefined ? "" : ","} `),
      span === undefined ? undefined : el("span", { class: "time" }, duration(lengthOf(span))),
    ),
  );
}
