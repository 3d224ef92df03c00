import type { Priority } from "../events/routing.js";
import type { OwnerLimits } from "../limits/owner-limits.js";
import type { Pool } from "../limits/pools.js";
import type { Submission } from "../tasks/submission.js";

/** What is fixed when a batch is created. */
export interface NewBatch {
  readonly batchId: string;
  readonly owner: string;
  readonly channel: string;
  readonly name?: string;
  readonly priority: Priority;
  /** Of items that name none. */
  readonly features: readonly string[];
  /** As of the channel: so many of its items are submitted at a time. */
  readonly tasksInFlight: number;
  readonly limits?: OwnerLimits;
  readonly pools?: readonly Pool[];
}

/** Times are milliseconds since 1970. */
export interface Batch extends NewBatch {
  readonly createdAt: number;
  readonly updatedAt: number;
  /** From then on it takes no items. */
  readonly sealedAt?: number;
  /** What had not begun then does not begin any more. */
  readonly cancelledAt?: number;
  /** When the last of its items ended; undefined: items are open, or may still come. */
  readonly endedAt?: number;
  /** Until then no item is submitted, since a limit of the owner is used up. */
  readonly pausedUntil?: number;
}

/** One image of a batch, as its line says it. */
export interface BatchItem {
  /** Undefined: its task was deleted, and with it what the line said. */
  readonly input?: Submission["input"];
  readonly features?: readonly string[];
  readonly fileName?: string;
}

export const ITEM_STATUSES = ["waiting", "processing", "completed", "failed", "cancelled"] as const;
export type ItemStatus = (typeof ITEM_STATUSES)[number];

export type Counts = Readonly<Record<ItemStatus, number>>;

/** The place of a task in a batch. */
export interface BatchPlace {
  readonly batchId: string;
  /** From 1, in the order in which items were appended. */
  readonly position: number;
}

/** What is appended at once. */
export interface Chunk {
  /** Chosen by the client, or its digest: the same chunk again adds nothing. */
  readonly key: string;
  readonly digest: string;
  readonly items: readonly BatchItem[];
}

export type BatchRefusal =
  | "not_found"
  /** The key of a chunk was used for another one. */
  | "idempotency_key_conflict"
  /** With the account that it belonged to. */
  | "batch_deleted"
  /** It takes no more items. */
  | "batch_sealed"
  /** There is nothing to cancel, or it was cancelled before it should go on. */
  | "batch_ended";

/** How many items a batch may have. */
export const MAX_ITEMS = 100_000;

/** So far as it was fixed by who created it. */
export function isSameBatch(known: Batch, again: NewBatch): boolean {
  const fixed = ({ owner, name, priority, features }: NewBatch): string =>
    JSON.stringify([owner, name, priority, features]);
  return fixed(known) === fixed(again);
}

export function hasEnded({ waiting, processing }: Counts): boolean {
  return waiting === 0 && processing === 0;
}
