import type { Picture } from "../pictures/picture.js";
import { STEPS, type StepName, type StepState, timeline, totalMs } from "../pictures/timeline.js";
import type { View } from "../pictures/view.js";
import { duration, percent } from "./format.js";

interface StepWords {
  readonly done: string;
  readonly running: string;
  readonly failed: string;
}

/** What a step is called once it is done (or is still to come), while it runs, and when it failed. */
const STEP_WORDS: Readonly<Record<StepName, StepWords>> = {
  submitted: { done: "Submitted", running: "Submitting", failed: "Not submitted" },
  download: { done: "Downloaded", running: "Downloading", failed: "Download failed" },
  metadata: { done: "Metadata read", running: "Reading metadata", failed: "Reading failed" },
  ai: { done: "Analysed", running: "Analysing", failed: "Analysis failed" },
  end: { done: "Completed", running: "Completing", failed: "Failed" },
};

const STATE_WORDS: Readonly<Record<StepState, string>> = {
  done: "done",
  running: "under way",
  waiting: "to come",
  failed: "failed",
  never: "not reached",
};

export function stepWord(name: StepName, state: StepState): string {
  const words = STEP_WORDS[name];
  return state === "running" || state === "failed" ? words[state] : words.done;
}

export function stateWord(state: StepState): string {
  return STATE_WORDS[state];
}

/** How a picture stands, in a word or three. */
export function statusOf({ state }: Picture): { readonly mark: StepState; readonly words: string } {
  switch (state.phase) {
    case "sending":
      return {
        mark: "running",
        words: state.sent > 0 ? `Sending, ${percent(state.sent)}` : "Sending",
      };
    case "refused":
      return { mark: "failed", words: "Not taken" };
    case "taken":
      return statusOfTask(state.views);
  }
}

function statusOfTask(views: readonly View[]): {
  readonly mark: StepState;
  readonly words: string;
} {
  const last = views.at(-1);
  const total = totalMs(views);
  if (last === undefined) {
    return { mark: "running", words: "Asking iN" };
  }
  if (total !== undefined) {
    return last.status === "completed"
      ? { mark: "done", words: `Completed in ${duration(total)}` }
      : { mark: "failed", words: "Failed" };
  }
  const running = timeline(views).find(({ state }) => state === "running")?.name;
  const words = stepWord(running ?? STEPS[0], "running");
  return { mark: "running", words: last.overdue === true ? `${words}, late` : words };
}
