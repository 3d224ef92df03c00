import { duration } from "./format.js";
import type { TaskState } from "./task-view.js";
import { lengthOf, STEPS, type StepName, type StepState, timeline, totalSpan } from "./timeline.js";

interface StepWords {
  readonly done: string;
  readonly running: string;
  readonly failed: string;
}

/** What a step is called once it is done (or pending), while it runs, and when it failed. */
const STEP_WORDS: Readonly<Record<StepName, StepWords>> = {
  submitted: { done: "Submitted", running: "Submitting", failed: "Not submitted" },
  download: { done: "Downloaded", running: "Downloading", failed: "Download failed" },
  metadata: { done: "Metadata read", running: "Reading metadata", failed: "Reading failed" },
  ai: { done: "Analysed", running: "Analysing", failed: "Analysis failed" },
  end: { done: "Completed", running: "Completing", failed: "Failed" },
};

const STATE_WORDS: Readonly<Record<StepState, string>> = {
  done: "done",
  running: "in progress",
  pending: "pending",
  failed: "failed",
  not_reached: "not reached",
};

/** A sign for each state, so that colour alone never carries meaning. */
export const MARKS: Readonly<Record<StepState, string>> = {
  done: "✓",
  running: "•",
  pending: "",
  failed: "✕",
  not_reached: "–",
};

/** How an image stands, in a word or three. */
export interface Status {
  readonly state: StepState;
  readonly text: string;
}

export function stepWord(name: StepName, state: StepState): string {
  const words = STEP_WORDS[name];
  return state === "running" || state === "failed" ? words[state] : words.done;
}

export function stateWord(state: StepState): string {
  return STATE_WORDS[state];
}

/** Why there is no analysis: a reason that is a code in words, any other as it is. */
export function skippedText(reason: string): string {
  return `Skipped: ${reason === "budget_exceeded" ? "the day's budget of analyses was used up." : reason}`;
}

export function statusOfTask(history: readonly TaskState[]): Status {
  const last = history.at(-1);
  const total = totalSpan(history);
  if (last === undefined) {
    return { state: "running", text: "Loading" };
  }
  if (total !== undefined) {
    return last.status === "completed"
      ? { state: "done", text: `Completed in ${duration(lengthOf(total))}` }
      : { state: "failed", text: "Failed" };
  }
  const running = timeline(history).find(({ state }) => state === "running")?.name;
  const text = stepWord(running ?? STEPS[0], "running");
  return { state: "running", text: last.overdue === true ? `${text}, overdue` : text };
}
