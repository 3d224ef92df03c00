import { isMigrated, migrate } from "../sql/migrations.js";
import type { Attempt, Delivery, DeliveryStatus } from "./delivery.js";
import type { EndpointState, WebhookMessage } from "./endpoint.js";

/** Each runs once per endpoint, in order. Never change one that was deployed: add another. */
const WEBHOOK_MIGRATIONS: readonly string[] = [
  `CREATE TABLE endpoint (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     state TEXT NOT NULL
   ) STRICT;
   CREATE TABLE deliveries (
     position INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     type TEXT NOT NULL,
     task_id TEXT,
     body TEXT NOT NULL,
     status TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     due_at INTEGER,
     ended_at INTEGER,
     used INTEGER NOT NULL,
     attempts TEXT NOT NULL
   ) STRICT;
   CREATE TABLE removal (removed_at INTEGER NOT NULL) STRICT;
   CREATE INDEX deliveries_due ON deliveries (due_at) WHERE due_at IS NOT NULL;
   CREATE INDEX deliveries_ended ON deliveries (ended_at) WHERE ended_at IS NOT NULL;`,
];

/** How many ended deliveries are kept for their owner to read, resend and recover. */
const MAX_HISTORY = 1_000;

export type NewDelivery = Omit<WebhookMessage, "seq" | "unwanted">;

export interface DeliveryQuery {
  readonly status?: DeliveryStatus | undefined;
  /** Only what came before the delivery at this position. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface PlacedDelivery {
  readonly position: number;
  readonly delivery: Delivery;
}

type Row = {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly task_id: string | null;
  readonly body: string;
  readonly status: string;
  readonly created_at: number;
  readonly due_at: number | null;
  readonly ended_at: number | null;
  readonly used: number;
  readonly attempts: string;
};

/** A WebhookDO's disk: one endpoint and its deliveries. Every method is synchronous. */
export class WebhookStore {
  #upToDate = false;

  constructor(private readonly storage: DurableObjectStorage) {}

  /** Undefined: this object has never had an endpoint, and nothing is written by asking. */
  state(): EndpointState | undefined {
    if (!this.#isOpen()) {
      return undefined;
    }
    const [row] = this.#exec<{ state: string }>("SELECT state FROM endpoint").toArray();
    return row && (JSON.parse(row.state) as EndpointState);
  }

  writeState(state: EndpointState): void {
    this.#exec(
      "INSERT INTO endpoint (id, state) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state",
      JSON.stringify(state),
    );
  }

  /** Due at once; one whose id is known already is left as it is. */
  add({ id, type, taskId, body }: NewDelivery, now: number): void {
    this.#exec(
      `INSERT INTO deliveries (id, type, task_id, body, status, created_at, due_at, used, attempts)
       VALUES (?, ?, ?, ?, 'pending', ?, ?, 0, '[]') ON CONFLICT (id) DO NOTHING`,
      ...[id, type, taskId ?? null, body, now, now],
    );
  }

  /** Deletes what was or would be sent about that task. */
  removeTask(taskId: string): void {
    this.#exec("DELETE FROM deliveries WHERE task_id = ?", taskId);
  }

  delivery(id: string): Delivery | undefined {
    const [row] = this.#exec<Row>("SELECT * FROM deliveries WHERE id = ?", id).toArray();
    return row && deliveryOf(row);
  }

  write({ id, status, dueAt, endedAt, used, attempts }: Delivery): void {
    this.#exec(
      "UPDATE deliveries SET status = ?, due_at = ?, ended_at = ?, used = ?, attempts = ? WHERE id = ?",
      ...[status, dueAt ?? null, endedAt ?? null, used, JSON.stringify(attempts), id],
    );
  }

  /** What is due, in the order in which it became due. */
  due(now: number, limit: number): Delivery[] {
    return this.#exec<Row>(
      "SELECT * FROM deliveries WHERE due_at <= ? ORDER BY due_at, position LIMIT ?",
      ...[now, limit],
    )
      .toArray()
      .map(deliveryOf);
  }

  /** Newest first. */
  list({ status, before, limit }: DeliveryQuery): PlacedDelivery[] {
    return this.#exec<Row>(
      `SELECT * FROM deliveries WHERE (?1 IS NULL OR status = ?1) AND (?2 IS NULL OR position < ?2)
       ORDER BY position DESC LIMIT ?3`,
      ...[status ?? null, before ?? null, limit],
    )
      .toArray()
      .map((row) => ({ position: row.position, delivery: deliveryOf(row) }));
  }

  /** The earliest time after that at which something is due. */
  nextDueAt(after: number): number | undefined {
    return this.#number("SELECT MIN(due_at) AS value FROM deliveries WHERE due_at > ?", after);
  }

  isEmpty(): boolean {
    return this.#number("SELECT 1 AS value FROM deliveries LIMIT 1") === undefined;
  }

  /** Undefined: nothing has ended. */
  oldestEndedAt(): number | undefined {
    return this.#number("SELECT MIN(ended_at) AS value FROM deliveries WHERE ended_at IS NOT NULL");
  }

  countPending(): number {
    return this.#number("SELECT COUNT(*) AS value FROM deliveries WHERE due_at IS NOT NULL") ?? 0;
  }

  /** Nothing is attempted any more; what was pending can be recovered. */
  endPending(now: number): void {
    this.#exec(
      "UPDATE deliveries SET status = 'failed', due_at = NULL, ended_at = ? WHERE due_at IS NOT NULL",
      now,
    );
  }

  /** Makes all that have failed since then due again, with the whole schedule before them. */
  restartFailed(since: number, now: number): number {
    const failed = "status = 'failed' AND created_at >= ?";
    const count = this.#number(`SELECT COUNT(*) AS value FROM deliveries WHERE ${failed}`, since);
    this.#exec(
      `UPDATE deliveries SET status = 'pending', due_at = ?, ended_at = NULL, used = 0 WHERE ${failed}`,
      ...[now, since],
    );
    return count ?? 0;
  }

  /** Deletes what ended before, and all but the latest. */
  trim(endedBefore: number): void {
    this.#exec(
      `DELETE FROM deliveries WHERE ended_at IS NOT NULL AND (ended_at < ?1 OR position <=
         (SELECT position FROM deliveries WHERE ended_at IS NOT NULL ORDER BY position DESC LIMIT 1 OFFSET ?2))`,
      ...[endedBefore, MAX_HISTORY],
    );
  }

  /** Deletes everything but that the endpoint was removed, so that a late call brings nothing back. */
  remove(now: number): void {
    this.#exec("DELETE FROM deliveries");
    this.#exec("DELETE FROM endpoint");
    this.#exec("DELETE FROM removal");
    this.#exec("INSERT INTO removal (removed_at) VALUES (?)", now);
  }

  /** Undefined: the endpoint was not removed. */
  removedAt(): number | undefined {
    return this.#isOpen()
      ? this.#number("SELECT removed_at AS value FROM removal LIMIT 1")
      : undefined;
  }

  /** Deletes everything, the alarm included, as one. */
  async deleteAll(): Promise<void> {
    await this.storage.deleteAll();
    this.#upToDate = false;
  }

  /** Whether anything was ever written; by asking nothing is. */
  #isOpen(): boolean {
    this.#upToDate ||=
      isMigrated(this.storage.sql) && migrate(this.storage.sql, WEBHOOK_MIGRATIONS);
    return this.#upToDate;
  }

  #number(query: string, ...bindings: SqlStorageValue[]): number | undefined {
    const [row] = this.#exec<{ value: number | null }>(query, ...bindings).toArray();
    return row?.value ?? undefined;
  }

  #exec<T extends Record<string, SqlStorageValue>>(
    query: string,
    ...bindings: SqlStorageValue[]
  ): SqlStorageCursor<T> {
    this.#upToDate ||= migrate(this.storage.sql, WEBHOOK_MIGRATIONS);
    return this.storage.sql.exec<T>(query, ...bindings);
  }
}

function deliveryOf(row: Row): Delivery {
  return {
    id: row.id,
    type: row.type,
    ...(row.task_id === null ? {} : { taskId: row.task_id }),
    body: row.body,
    status: row.status as DeliveryStatus,
    createdAt: row.created_at,
    ...(row.due_at === null ? {} : { dueAt: row.due_at }),
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    used: row.used,
    attempts: JSON.parse(row.attempts) as Attempt[],
  };
}
