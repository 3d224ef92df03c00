import { topology } from "../../src/generated/topology.js";
import { isTerminal } from "../../src/tasks/summary.js";
import type { View } from "./view.js";

/** Where a picture's way begins, the chain's stages, and where it ends. */
export const STEPS = ["submitted", ...topology.chain, "end"] as const;

export type StepName = (typeof STEPS)[number];

/** `never`: the task failed before it came to this. */
export type StepState = "done" | "running" | "waiting" | "failed" | "never";

export interface Step {
  readonly name: StepName;
  readonly state: StepState;
  /** From the end of the step before to the end of this one, where both are known. */
  readonly durationMs?: number;
}

/**
 * A task's way through the chain, from all that was told of it, oldest first. Milestones can be
 * missing: what came later proves what came before, only its time is not known then.
 */
export function timeline(views: readonly View[]): Step[] {
  const times = endTimes(views);
  const reached = STEPS.findLastIndex((name) => times.has(name));
  return STEPS.map((name, index) => {
    const state = stateOf(index, reached, views.at(-1));
    const from = times.get(STEPS[index - 1] ?? "");
    const to = times.get(name);
    return from === undefined || to === undefined || name === "end"
      ? { name, state }
      : { name, state, durationMs: to - from };
  });
}

/** How long it took from the submission to the end; undefined: it goes on. */
export function totalMs(views: readonly View[]): number | undefined {
  const last = views.at(-1);
  return last !== undefined && isTerminal(last.status)
    ? Date.parse(last.updatedAt) - Date.parse(last.createdAt)
    : undefined;
}

/** When each step was done, ms; by the edge's clock. */
function endTimes(views: readonly View[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { status, stage, createdAt, updatedAt } of views) {
    times.set("submitted", Date.parse(createdAt));
    if (status === "processing_in_gcp" && stage !== undefined && !times.has(stage)) {
      times.set(stage, Date.parse(updatedAt));
    } else if (status === "completed") {
      // The last stage completes the task: often its milestone comes too late to be told.
      const lastStage = STEPS.at(-2) ?? "";
      times.set(lastStage, times.get(lastStage) ?? Date.parse(updatedAt));
      times.set("end", Date.parse(updatedAt));
    }
  }
  return times;
}

function stateOf(index: number, reached: number, last: View | undefined): StepState {
  const end = STEPS.length - 1;
  if (last?.status !== "failed") {
    return index <= reached ? "done" : index === reached + 1 ? "running" : "waiting";
  }
  const broken = STEPS.findIndex((name) => name === (last.error?.stage ?? last.stage));
  if (index === end) {
    return "failed";
  }
  if (index <= reached || index < broken) {
    return "done";
  }
  return index === broken ? "failed" : "never";
}
