import { limits } from "../generated/limits.js";

// Values of Pub/Sub attributes, for filters and lanes.

export const PRIORITIES = limits.priorities;
export type Priority = (typeof PRIORITIES)[number];

/** How a task was submitted. */
export const CHANNELS = ["web", "cli", "api"] as const;
export type Channel = (typeof CHANNELS)[number];
