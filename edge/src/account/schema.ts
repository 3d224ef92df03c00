import { ACCOUNT_BATCHES_TABLE } from "../batches/account-batches.js";
import { API_KEY_TABLE } from "../keys/key-store.js";
import { LEASE_TABLE } from "../limits/leases.js";
import { USAGE_TABLE } from "../limits/usage.js";
import { QUEUE_TABLES } from "../queue/task-queue.js";
import { UPLOAD_TABLE } from "../uploads/account-uploads.js";
import { SUBSCRIPTION_TABLES } from "../webhooks/subscription-store.js";
import { DELETION_TABLE } from "./account-deletion.js";
import { EVENT_OUTBOX_TABLE } from "./event-outbox.js";
import { MAIL_TABLE } from "./mail.js";
import { CONFIRMATION_TABLES } from "./mail-confirmation.js";

/** Each runs once per account, in order. Never change one that was deployed: add another. */
export const ACCOUNT_MIGRATIONS: readonly string[] = [
  // The position says when the task was submitted: newest first is the table's own order (library.ts).
  // What tag-indexer found is searched in library_words, which has no content of its own. Beginnings of
  // these lengths are words of an index: of others the matches of all their words are merged first.
  `CREATE TABLE library (
     position INTEGER PRIMARY KEY,
     task_id TEXT NOT NULL UNIQUE,
     created_at INTEGER NOT NULL,
     version INTEGER NOT NULL,
     run INTEGER NOT NULL,
     status TEXT NOT NULL,
     stage TEXT,
     error TEXT,
     file_name TEXT,
     day TEXT NOT NULL,
     entry_version INTEGER NOT NULL,
     entry TEXT,
     changed_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX library_by_status ON library (status, position);
   CREATE VIRTUAL TABLE library_words USING fts5 (
     file_name, text, labels, keywords, colors, camera, lens,
     content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2',
     prefix = '1 2 3 4 5 6'
   );
   CREATE TABLE feed (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     type TEXT NOT NULL,
     task_id TEXT,
     timestamp INTEGER NOT NULL,
     data TEXT NOT NULL,
     appended_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX feed_by_task ON feed (task_id) WHERE task_id IS NOT NULL;
   CREATE TABLE feed_history (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     trimmed_to INTEGER NOT NULL
   ) STRICT;
   INSERT INTO feed_history (id, trimmed_to) VALUES (1, 0);`,
  SUBSCRIPTION_TABLES,
  EVENT_OUTBOX_TABLE,
  MAIL_TABLE,
  // What searches filter by, without the entries: narrow, so that all of it can be looked through.
  `CREATE INDEX library_filters ON library (position, status, day);`,
  CONFIRMATION_TABLES,
  API_KEY_TABLE,
  USAGE_TABLE,
  UPLOAD_TABLE,
  // Why a task that was admitted is not analysed: its coordinator may ask again.
  `${LEASE_TABLE}
   ALTER TABLE library ADD COLUMN skip_analysis TEXT;`,
  QUEUE_TABLES,
  DELETION_TABLE,
  ACCOUNT_BATCHES_TABLE,
];
