import { topology } from "../../src/generated/topology.js";
import { isTerminal } from "../../src/tasks/summary.js";
import type { TaskState } from "./task-view.js";

/** The submission, the chain's stages, and the end. */
export const STEPS = ["submitted", ...topology.chain, "end"] as const;

export type StepName = (typeof STEPS)[number];

/** `not_reached`: the task failed in an earlier step. */
export type StepState = "done" | "running" | "pending" | "failed" | "not_reached";

export interface Step {
  readonly name: StepName;
  readonly state: StepState;
  /** When the previous step and this one ended, ms, where both are known. */
  readonly span?: Span;
}

/** A period of time, ms since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * A task's steps, from all its reported states, oldest first. States can be missing: a later one
 * proves that the earlier steps are done, only their times are unknown then.
 */
export function timeline(history: readonly TaskState[]): Step[] {
  const times = endTimes(history);
  const reached = STEPS.findLastIndex((name) => times.has(name));
  return STEPS.map((name, index) => {
    const state = stateOf(index, reached, history.at(-1));
    const from = times.get(STEPS[index - 1] ?? "");
    const to = times.get(name);
    return from === undefined || to === undefined || name === "end"
      ? { name, state }
      : { name, state, span: { from, to } };
  });
}

/** The steps of what is not a task yet, or never became one. */
export function unsubmitted(state: "pending" | "running" | "failed"): Step[] {
  const later = state === "failed" ? "not_reached" : "pending";
  return STEPS.map((name, index) => ({ name, state: index === 0 ? state : later }));
}

export function lengthOf({ from, to }: Span): number {
  return to - from;
}

/** From the submission to the end; undefined: the task has not ended. */
export function totalSpan(history: readonly TaskState[]): Span | undefined {
  const last = history.at(-1);
  return last !== undefined && isTerminal(last.status) ? spanOf(last) : undefined;
}

/** From the submission to the latest report. */
export function spanOf({ createdAt, updatedAt }: TaskState): Span {
  return { from: Date.parse(createdAt), to: Date.parse(updatedAt) };
}

/** When each step was done, ms; by the edge's clock. */
function endTimes(history: readonly TaskState[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { status, stage, createdAt, updatedAt } of history) {
    times.set("submitted", Date.parse(createdAt));
    if (status === "processing_in_gcp" && stage !== undefined && !times.has(stage)) {
      times.set(stage, Date.parse(updatedAt));
    } else if (status === "completed") {
      // The last stage completes the task: often its own report comes too late to be sent.
      const lastStage = STEPS.at(-2) ?? "";
      times.set(lastStage, times.get(lastStage) ?? Date.parse(updatedAt));
      times.set("end", Date.parse(updatedAt));
    }
  }
  return times;
}

function stateOf(index: number, reached: number, last: TaskState | undefined): StepState {
  const end = STEPS.length - 1;
  if (last?.status !== "failed") {
    return index <= reached ? "done" : index === reached + 1 ? "running" : "pending";
  }
  const failed = STEPS.findIndex((name) => name === (last.error?.stage ?? last.stage));
  if (index === end) {
    return "failed";
  }
  if (index <= reached || index < failed) {
    return "done";
  }
  return index === failed ? "failed" : "not_reached";
}
