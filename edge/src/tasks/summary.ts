import { topology } from "../generated/topology.js";

export const STATUSES = ["submitted", "processing_in_gcp", "completed", "failed"] as const;
export type Status = (typeof STATUSES)[number];
export type TerminalStatus = "completed" | "failed";

export interface TaskError {
  readonly code: string;
  readonly message: string;
  readonly stage?: string | undefined;
}

/** Where a task stands, as far as the edge knows. */
export interface Summary {
  readonly status: Status;
  readonly stage?: string;
  /** 1 at first, one more with each redrive. */
  readonly run: number;
  /** When Google Cloud says that it came to this, ms; undefined while only the edge has spoken. */
  readonly since?: number;
}

/** What sync reports. */
export interface Update {
  readonly status: Exclude<Status, "submitted">;
  readonly stage?: string;
  readonly run: number;
  readonly timestamp: number;
}

export function isTerminal(status: Status): status is TerminalStatus {
  return status === "completed" || status === "failed";
}

/**
 * Whether the update moves the summary forward. Deliveries come late, twice and out of order: within
 * a run nothing goes back and a terminal status stays; a higher run reopens the task.
 */
export function movesForward(current: Summary, update: Update): boolean {
  if (update.run !== current.run) {
    return update.run > current.run;
  }
  if (isTerminal(current.status)) {
    return false;
  }
  if (isTerminal(update.status) || current.status === "submitted") {
    return true;
  }
  return stageMovesForward(current, update);
}

/** By the chain's order; a stage that this version does not know is ordered by time. */
function stageMovesForward(current: Summary, update: Update): boolean {
  const from = position(current.stage);
  const to = position(update.stage);
  return from === undefined || to === undefined
    ? update.stage !== current.stage && update.timestamp > (current.since ?? 0)
    : to > from;
}

/** No stage at all comes before the first. */
function position(stage: string | undefined): number | undefined {
  const index = topology.chain.findIndex((known) => known === stage);
  return stage === undefined ? -1 : index === -1 ? undefined : index;
}
