import type { Picture } from "../pictures/picture.js";
import { type Step, STEPS, type StepState, timeline } from "../pictures/timeline.js";
import { el, unseen } from "../dom.js";
import { duration } from "./format.js";
import { stateWord, stepWord } from "./words.js";

/** A sign for each state, so that nothing is told by colour alone. */
export const MARKS: Readonly<Record<StepState, string>> = {
  done: "✓",
  running: "•",
  waiting: "",
  failed: "✕",
  never: "–",
};

/** A picture's way through the chain, with how long each step took. */
export function steps(picture: Picture): HTMLElement[] {
  return stepsOf(picture).map(({ name, state, durationMs }) =>
    el(
      "li",
      { class: "step", "data-state": state, "aria-current": state === "running" && "step" },
      el("span", { class: "mark", "aria-hidden": "true" }, MARKS[state]),
      el("span", { class: "step-name" }, stepWord(name, state)),
      unseen(`, ${stateWord(state)}${durationMs === undefined ? "" : ","} `),
      durationMs === undefined ? undefined : el("span", { class: "time" }, duration(durationMs)),
    ),
  );
}

function stepsOf({ state }: Picture): readonly Step[] {
  switch (state.phase) {
    case "taken":
      return state.views.length === 0 ? beforeAll("waiting") : timeline(state.views);
    case "sending":
      return beforeAll("running");
    case "refused":
      return beforeAll("failed");
  }
}

function beforeAll(submitted: StepState): readonly Step[] {
  const later = submitted === "failed" ? "never" : "waiting";
  return STEPS.map((name, index) => ({ name, state: index === 0 ? submitted : later }));
}
