import type { Picture } from "../pictures/picture.js";
import type { TaskError } from "../../src/tasks/summary.js";
import { el } from "../dom.js";
import { sentencesOf } from "./failures.js";

/** Why there is no (whole) result, and what can be done about it. */
export function failure(picture: Picture, again: () => void): HTMLElement | undefined {
  const error = errorOf(picture);
  if (error === undefined) {
    return undefined;
  }
  const { happened, advice, tryAgain } = sentencesOf(error.code);
  const button = el("button", { type: "button" }, "Try again");
  button.addEventListener("click", again);
  const where = error.stage === undefined ? "" : ` in ${error.stage}`;
  const task = picture.state.phase === "taken" ? ` Task ${picture.state.taskId}.` : "";
  return el(
    "div",
    { class: "failure" },
    el("p", { class: "happened" }, happened),
    el("p", {}, advice),
    el("p", { class: "detail" }, el("code", {}, error.code), `${where}. ${error.message}${task}`),
    tryAgain ? button : undefined,
  );
}

function errorOf({ state }: Picture): TaskError | undefined {
  switch (state.phase) {
    case "sending":
      return undefined;
    case "taken":
      return state.views.at(-1)?.error;
    case "refused":
      return { code: state.refusal.code, message: state.refusal.detail };
  }
}
