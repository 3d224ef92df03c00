import type { TaskResult } from "../../src/generated/result.js";
import { el } from "../dom.js";
import { factList } from "./facts.js";
import { findings } from "./findings.js";
import type { ImageFrame } from "./image-frame.js";
import { stepItems } from "./steps.js";
import type { Step } from "./timeline.js";
import { MARKS, type Status } from "./words.js";

/** One image: its name, how it stands, its steps, and in the end what was found. */
export class ResultCard {
  readonly element: HTMLElement;
  readonly #status = el("p", { class: "status" });
  readonly #steps = el("ol", { class: "steps", "aria-label": "Progress" });
  readonly #body = el("div", { class: "card-body" });
  readonly #found = el("div", { class: "found" });

  /**
   * @param id of the heading, unique in the document
   * @param title the whole name, where the heading has a shorter one
   * @param action a button beside the status
   */
  constructor(id: string, heading: string, title?: string, action?: HTMLElement) {
    this.#body.append(this.#found);
    this.element = el(
      "article",
      { class: "card", "aria-labelledby": id },
      el("header", {}, el("h3", { id, title }, heading), this.#status, action),
      this.#steps,
      this.#body,
    );
  }

  setStatus(status: Status, steps: readonly Step[]): void {
    this.#status.dataset["state"] = status.state;
    this.#status.replaceChildren(...statusText(status));
    this.#steps.replaceChildren(...stepItems(steps));
    this.#steps.hidden = steps.length === 0;
  }

  setFrame({ element }: ImageFrame): void {
    this.#body.prepend(element);
    this.#body.hidden = false;
  }

  /** @param failed why there is no (complete) result */
  setResult(
    result: TaskResult | undefined,
    taskId: string | undefined,
    failed: HTMLElement | undefined,
  ): void {
    const { analysis, contentType } = result ?? {};
    this.#found.replaceChildren(
      ...(failed === undefined ? [] : [failed]),
      ...(analysis === undefined ? [] : findings(analysis)),
      ...(result === undefined || contentType === undefined
        ? []
        : [el("section", {}, el("h4", {}, "About the image"), factList(result, taskId))]),
    );
    this.#body.hidden = this.#body.childElementCount === 1 && this.#found.childElementCount === 0;
  }
}

/** The mark and the words of a status. */
export function statusText({ state, text }: Status): readonly HTMLElement[] {
  return [el("span", { class: "mark", "aria-hidden": "true" }, MARKS[state]), el("span", {}, text)];
}
