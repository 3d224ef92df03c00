import type { Admission } from "../limits/usage.js";

/** `waiting`: it is stored, and its account did not answer yet whether its owner's limits allow it. */
export type SubmitResult =
  "accepted" | "conflict" | "deleted" | "waiting" | { readonly admission: Admission };

export type UpdateResult = "applied" | "stale" | "unknown_task";
