import { topology } from "../generated/topology.js";

const DAY_MS = 86_400_000;

/** Something that stays when an account is deleted, and for how long. */
export interface Remains {
  readonly store: string;
  readonly what: string;
  /** Days after the deletion, as iN is configured unless its operators say otherwise. */
  readonly days: number;
}

const DOCUMENT_DAYS = topology.documentTtlMs / DAY_MS;

/** What stays where (docs/privacy.md): all of it ends by itself. */
export const REMAINS: readonly Remains[] = [
  {
    store: "edge",
    what: "ids of deleted tasks with owner and times, of deleted batches, and that the account was deleted",
    days: DOCUMENT_DAYS,
  },
  {
    store: "edge",
    what: "entries of the feed that say which task ids were deleted",
    days: 30,
  },
  {
    store: "edge",
    what: "counts of submissions, units and uploaded bytes, without content",
    days: DOCUMENT_DAYS,
  },
  { store: "browser", what: "the session's cookie, which opens an empty account", days: 0.5 },
  { store: "firestore tasks", what: "tombstones with the ids of tasks", days: DOCUMENT_DAYS },
  {
    store: "firestore history",
    what: "events about the account, and of tasks that were on their way: owner and ids",
    days: 90,
  },
  {
    store: "firestore operations, mails, deadLetters",
    what: "what operators did, which mails were sent, messages that cannot be decoded",
    days: DOCUMENT_DAYS,
  },
  { store: "firestore backups, point-in-time recovery", what: "documents as they were", days: 7 },
  {
    store: "bucket",
    what: "uploads that no task has used",
    days: DOCUMENT_DAYS,
  },
  { store: "bucket, soft deletion", what: "deleted images, which can be brought back", days: 7 },
  { store: "pubsub", what: "events: owner and ids, no content of images", days: 31 },
  { store: "logs", what: "ids and outcomes, no content", days: 30 },
];
