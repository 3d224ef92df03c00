import type { ProblemError } from "../../client/src/problem-error.js";
import { isTerminal } from "../../src/tasks/summary.js";
import { Listeners } from "../listeners.js";
import type { TaskView } from "../result/task-view.js";
import { timeline } from "../result/timeline.js";
import type { ImageRequest, UploadSource } from "./image-request.js";

export type State =
  /** Not yet accepted by the edge; the uploaded part of a file, 0 to 1. */
  | { readonly phase: "submitting"; readonly uploaded: number }
  /** Accepted by the edge; everything it has reported, oldest first. */
  | { readonly phase: "accepted"; readonly taskId: string; readonly history: readonly TaskView[] }
  /** Refused by the edge or by this page. */
  | { readonly phase: "refused"; readonly refusal: ProblemError };

/** Where an image is: on its way to the edge, in a stage of the chain, or at its end. */
export type Place = "edge" | "download" | "metadata" | "ai" | "end";

/** An image that was submitted, in this window or anywhere. */
export class SubmittedImage {
  readonly changes = new Listeners();
  /** The file, where this page has it. */
  readonly file: File | undefined;
  #request: ImageRequest | undefined;
  #state: State = { phase: "submitting", uploaded: 0 };

  /** @param request undefined: it was not submitted in this window */
  constructor(
    readonly name: string,
    request?: ImageRequest,
  ) {
    this.file = request?.source.kind === "file" ? request.source.file : undefined;
    this.#request = request;
  }

  get state(): State {
    return this.#state;
  }

  /** What submits it again. */
  get request(): ImageRequest | undefined {
    return this.#request;
  }

  /** The latest that the edge has reported. */
  get view(): TaskView | undefined {
    return this.#state.phase === "accepted" ? this.#state.history.at(-1) : undefined;
  }

  get place(): Place {
    if (this.#state.phase === "submitting") {
      return "edge";
    }
    const { view } = this;
    if (this.#state.phase === "refused" || (view !== undefined && isTerminal(view.status))) {
      return "end";
    }
    const { history } = this.#state;
    const running = history.length === 0 ? undefined : timeline(history);
    const step = running?.find(({ state }) => state === "running")?.name;
    return step === undefined || step === "submitted" ? "edge" : step;
  }

  setUploaded(fraction: number): void {
    this.#become({ phase: "submitting", uploaded: fraction });
  }

  /** Its file is in the bucket now. */
  setSource(source: UploadSource): void {
    this.#request = this.#request && { ...this.#request, source };
  }

  accepted(taskId: string): void {
    this.#become({ phase: "accepted", taskId, history: [] });
  }

  reported(view: TaskView): void {
    const history = this.#state.phase === "accepted" ? this.#state.history : [];
    this.#become({ phase: "accepted", taskId: view.taskId, history: [...history, view] });
  }

  refused(refusal: ProblemError): void {
    this.#become({ phase: "refused", refusal });
  }

  #become(state: State): void {
    this.#state = state;
    this.changes.notify();
  }
}
