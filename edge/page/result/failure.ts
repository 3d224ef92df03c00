import type { TaskError } from "../../src/tasks/summary.js";
import { el } from "../dom.js";
import { sentencesFor } from "./failure-sentences.js";

/**
 * Why there is no (complete) result, and what to do about it.
 *
 * @param retry submits the image again; undefined: that is not possible here
 */
export function failure(
  error: TaskError,
  taskId: string | undefined,
  retry?: () => void,
): HTMLElement {
  const { happened, advice, tryAgain } = sentencesFor(error.code);
  const where = error.stage === undefined ? "" : ` in ${error.stage}`;
  const task = taskId === undefined ? "" : ` Task ${taskId}.`;
  return el(
    "div",
    { class: "failure" },
    el("p", { class: "happened" }, happened),
    el("p", {}, advice),
    el("p", { class: "detail" }, el("code", {}, error.code), `${where}. ${error.message}${task}`),
    tryAgain && retry !== undefined ? retryButton(retry) : undefined,
  );
}

function retryButton(retry: () => void): HTMLButtonElement {
  const button = el("button", { type: "button" }, "Try again");
  button.addEventListener("click", retry);
  return button;
}
