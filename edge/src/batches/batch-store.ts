import { isMigrated, migrate } from "../sql/migrations.js";
import {
  type Batch,
  type BatchItem,
  type Chunk,
  type Counts,
  ITEM_STATUSES,
  type ItemStatus,
  MAX_ITEMS,
} from "./batch.js";
import { CALL_TABLE } from "./call-table.js";
import { RATE_TABLE } from "./rate.js";

/** Each runs once per batch, in order. Never change one that was deployed: add another. */
const BATCH_MIGRATIONS: readonly string[] = [
  `CREATE TABLE batch (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     batch TEXT NOT NULL
   ) STRICT;
   CREATE TABLE items (
     position INTEGER PRIMARY KEY,
     item TEXT NOT NULL,
     status TEXT NOT NULL,
     attempt INTEGER NOT NULL,
     version INTEGER NOT NULL,
     error TEXT
   ) STRICT;
   CREATE INDEX items_by_status ON items (status, position);
   CREATE TABLE counts (status TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE failures (code TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE chunks (
     key TEXT PRIMARY KEY,
     digest TEXT NOT NULL,
     accepted INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   ${CALL_TABLE}
   ${RATE_TABLE}`,
];

/** An item as it stands. */
export interface StoredItem {
  readonly position: number;
  readonly item: BatchItem;
  readonly status: ItemStatus;
  /** How often it was retried. */
  readonly attempt: number;
  /** Of the latest report about its task. */
  readonly version: number;
  readonly error?: ItemError;
}

export interface ItemError {
  readonly code: string;
  readonly message: string;
  readonly stage?: string | undefined;
}

/** All that is left of a batch that was deleted: its id stays refused. */
export interface DeletedBatch extends Pick<Batch, "batchId" | "owner" | "updatedAt"> {
  readonly isDeleted: true;
}

type Row = {
  readonly position: number;
  readonly item: string;
  readonly status: string;
  readonly attempt: number;
  readonly version: number;
  readonly error: string | null;
};

/** A batch's disk: the batch, its items, and how many there are of each status. Every method is synchronous. */
export class BatchStore {
  #upToDate = false;

  constructor(private readonly sql: SqlStorage) {}

  /** Undefined: there is no such batch. Writes nothing then. */
  read(): Batch | undefined {
    this.#upToDate ||= isMigrated(this.sql) && migrate(this.sql, BATCH_MIGRATIONS);
    if (!this.#upToDate) {
      return undefined;
    }
    const stored = this.#stored();
    return stored === undefined || "isDeleted" in stored ? undefined : stored;
  }

  /** What is left of it; undefined: it was not deleted, or there never was one. */
  get deleted(): DeletedBatch | undefined {
    const stored = this.#upToDate || isMigrated(this.sql) ? this.#stored() : undefined;
    return stored !== undefined && "isDeleted" in stored ? stored : undefined;
  }

  write(batch: Batch | DeletedBatch): void {
    this.#upToDate ||= migrate(this.sql, BATCH_MIGRATIONS);
    this.sql.exec(
      "INSERT INTO batch (id, batch) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET batch = excluded.batch",
      JSON.stringify(batch),
    );
  }

  /** All of it was deleted. */
  closed(): void {
    this.#upToDate = false;
  }

  /** What was appended with that key before; undefined: nothing. */
  chunk(key: string): { readonly digest: string; readonly accepted: number } | undefined {
    return this.sql
      .exec<{ digest: string; accepted: number }>(
        "SELECT digest, accepted FROM chunks WHERE key = ?",
        key,
      )
      .toArray()[0];
  }

  /** Answers how many items there was room for. */
  append({ key, digest, items }: Chunk): number {
    const { last } = this.sql
      .exec<{ last: number | null }>("SELECT MAX(position) AS last FROM items")
      .one();
    const room = items.slice(0, MAX_ITEMS - (last ?? 0));
    room.forEach((item, index) =>
      this.sql.exec(
        "INSERT INTO items (position, item, status, attempt, version) VALUES (?, ?, 'waiting', 0, 0)",
        ...[(last ?? 0) + index + 1, JSON.stringify(item)],
      ),
    );
    this.#count("waiting", room.length);
    this.sql.exec("INSERT INTO chunks VALUES (?, ?, ?)", key, digest, room.length);
    return room.length;
  }

  counts(): Counts {
    const rows = this.sql.exec<{ status: string; n: number }>("SELECT * FROM counts").toArray();
    const found = Object.fromEntries(rows.map(({ status, n }) => [status, n]));
    return Object.fromEntries(
      ITEM_STATUSES.map((status) => [status, found[status] ?? 0]),
    ) as unknown as Counts;
  }

  failures(): Readonly<Record<string, number>> {
    const rows = this.sql
      .exec<{ code: string; n: number }>("SELECT * FROM failures WHERE n > 0 ORDER BY code")
      .toArray();
    return Object.fromEntries(rows.map(({ code, n }) => [code, n]));
  }

  item(position: number): StoredItem | undefined {
    const [row] = this.sql
      .exec<Row>("SELECT * FROM items WHERE position = ?", position)
      .toArray()
      .map(itemOf);
    return row;
  }

  /** In order. */
  items(status: ItemStatus | undefined, after: number, limit: number): StoredItem[] {
    const ofStatus = status === undefined ? "" : "status = ? AND";
    return this.sql
      .exec<Row>(
        `SELECT * FROM items WHERE ${ofStatus} position > ? ORDER BY position LIMIT ?`,
        ...(status === undefined ? [after, limit] : [status, after, limit]),
      )
      .toArray()
      .map(itemOf);
  }

  /** An item comes to another status; its error is that of this status. */
  move(item: StoredItem, status: ItemStatus, error?: ItemError, version = item.version): void {
    this.sql.exec(
      "UPDATE items SET status = ?, error = ?, version = ? WHERE position = ?",
      ...[status, error === undefined ? null : JSON.stringify(error), version, item.position],
    );
    this.#count(item.status, -1);
    this.#count(status, 1);
    if (item.status === "failed") {
      this.#countFailure(item.error?.code, -1);
    }
    if (status === "failed") {
      this.#countFailure(error?.code, 1);
    }
  }

  /** Of a deleted task nothing stays that its owner has said, or that its failure says. */
  forgetContent({ position, error }: StoredItem): void {
    this.sql.exec(
      "UPDATE items SET item = '{}', error = ? WHERE position = ?",
      ...[error === undefined ? null : JSON.stringify({ code: error.code, message: "" }), position],
    );
  }

  /** All that wait. */
  cancelWaiting(): void {
    const { waiting } = this.counts();
    this.sql.exec("UPDATE items SET status = 'cancelled' WHERE status = 'waiting'");
    this.#count("waiting", -waiting);
    this.#count("cancelled", waiting);
  }

  /** All that failed wait once more. */
  retryFailed(): void {
    const { failed } = this.counts();
    this.sql.exec(
      "UPDATE items SET status = 'waiting', error = NULL, attempt = attempt + 1 WHERE status = 'failed'",
    );
    this.#count("failed", -failed);
    this.#count("waiting", failed);
    this.sql.exec("DELETE FROM failures");
  }

  #stored(): Batch | DeletedBatch | undefined {
    const [row] = this.sql.exec<{ batch: string }>("SELECT batch FROM batch").toArray();
    return row && (JSON.parse(row.batch) as Batch | DeletedBatch);
  }

  #count(status: ItemStatus, change: number): void {
    this.sql.exec(
      "INSERT INTO counts VALUES (?, ?) ON CONFLICT (status) DO UPDATE SET n = n + excluded.n",
      ...[status, change],
    );
  }

  #countFailure(code = "internal", change: number): void {
    this.sql.exec(
      "INSERT INTO failures VALUES (?, ?) ON CONFLICT (code) DO UPDATE SET n = n + excluded.n",
      ...[code, change],
    );
  }
}

function itemOf({ item, status, error, ...row }: Row): StoredItem {
  return {
    ...row,
    item: JSON.parse(item) as BatchItem,
    status: status as ItemStatus,
    ...(error === null ? {} : { error: JSON.parse(error) as ItemError }),
  };
}
