import { isTerminal } from "../../src/tasks/summary.js";
import type { Refusal } from "../edge/refusal.js";
import { Listeners } from "../listeners.js";
import { nameOf, type Order, type Source, type UploadSource } from "./order.js";
import { timeline } from "./timeline.js";
import type { View } from "./view.js";

export type State =
  /** Not yet with the edge; how much of a file was sent, 0 to 1. */
  | { readonly phase: "sending"; readonly sent: number }
  /** With the edge; all that was told of it, oldest first. */
  | { readonly phase: "taken"; readonly taskId: string; readonly views: readonly View[] }
  /** Neither the edge nor this page takes it. */
  | { readonly phase: "refused"; readonly refusal: Refusal };

/** Where a picture is: on its way to the edge, in a stage of the chain, or at its end. */
export type Place = "sending" | "download" | "metadata" | "ai" | "end";

/** One picture of the list. */
export class Picture {
  readonly changes = new Listeners();
  readonly name: string;
  readonly features: readonly string[];
  /** The file, where this page has it. */
  readonly file: File | undefined;
  #source: Source;
  #state: State = { phase: "sending", sent: 0 };

  constructor({ source, features }: Order) {
    this.name = nameOf(source);
    this.features = features;
    this.file = source.kind === "file" ? source.file : undefined;
    this.#source = source;
  }

  get state(): State {
    return this.#state;
  }

  get order(): Order {
    return { source: this.#source, features: this.features };
  }

  /** What was last told of it. */
  get view(): View | undefined {
    return this.#state.phase === "taken" ? this.#state.views.at(-1) : undefined;
  }

  get place(): Place {
    if (this.#state.phase === "sending") {
      return "sending";
    }
    const { view } = this;
    if (this.#state.phase === "refused" || (view !== undefined && isTerminal(view.status))) {
      return "end";
    }
    const running = this.#state.views.length === 0 ? undefined : timeline(this.#state.views);
    const step = running?.find(({ state }) => state === "running")?.name;
    return step === undefined || step === "submitted" ? "sending" : step;
  }

  sent(fraction: number): void {
    this.#become({ phase: "sending", sent: fraction });
  }

  /** Its file is in the bucket now. */
  uploaded(source: UploadSource): void {
    this.#source = source;
  }

  taken(taskId: string): void {
    this.#become({ phase: "taken", taskId, views: [] });
  }

  told(view: View): void {
    const views = this.#state.phase === "taken" ? this.#state.views : [];
    this.#become({ phase: "taken", taskId: view.taskId, views: [...views, view] });
  }

  refused(refusal: Refusal): void {
    this.#become({ phase: "refused", refusal });
  }

  #become(state: State): void {
    this.#state = state;
    this.changes.tell();
  }
}
