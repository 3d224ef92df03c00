import { duration } from "../result/format.js";
import { lengthOf, totalSpan } from "../result/timeline.js";
import type { Status } from "../result/words.js";
import type { ReportImage } from "./report-data.js";

/** How an input ended, in the order in which the report lists them. */
export const OUTCOMES = ["failed", "unfinished", "completed"] as const;

export type Outcome = (typeof OUTCOMES)[number];

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  failed: "failed",
  unfinished: "not finished",
  completed: "completed",
};

export function outcomeOf({ status, error }: ReportImage): Outcome {
  if (status === "completed" && error === undefined) {
    return "completed";
  }
  return status === "failed" ? "failed" : "unfinished";
}

export function statusOf(image: ReportImage): Status {
  switch (outcomeOf(image)) {
    case "completed": {
      const total = totalMs(image);
      const time = total === undefined ? "" : ` in ${duration(total)}`;
      return { state: "done", text: `Completed${time}` };
    }
    case "failed":
      return { state: "failed", text: image.taskId === undefined ? "Not submitted" : "Failed" };
    case "unfinished":
      return { state: "running", text: "Not finished" };
  }
}

/** By the edge's clock where it has reported the end, or else by the chain's. */
export function totalMs({ history, result }: ReportImage): number | undefined {
  const total = totalSpan(history);
  return total === undefined ? result?.durationMs : lengthOf(total);
}
