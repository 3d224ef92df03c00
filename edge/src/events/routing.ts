import { limits } from "../generated/limits.js";

// Values of Pub/Sub attributes, for filters and lanes.

export const PRIORITIES = limits.priorities;
export type Priority = (typeof PRIORITIES)[number];
