import { isDeletedReport, type TaskReport } from "../account/report.js";
import type { AccountClocks } from "../clocks.js";
import { isTerminal } from "../tasks/summary.js";
import { type Head, nextHead, RANKS } from "./turns.js";

/** For the account's migrations. */
export const QUEUE_TABLES = `
  CREATE TABLE in_flight (
    task_id TEXT PRIMARY KEY,
    checked_at INTEGER NOT NULL,
    release_due_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX in_flight_by_release ON in_flight (release_due_at) WHERE release_due_at IS NOT NULL;
  CREATE TABLE queue (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id TEXT NOT NULL UNIQUE,
    rank INTEGER NOT NULL,
    queued_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX queue_by_rank ON queue (rank, position);
  CREATE TABLE queue_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    max_in_flight INTEGER NOT NULL,
    turns INTEGER NOT NULL,
    check_due_at INTEGER NOT NULL
  ) STRICT;`;

/** A task whose coordinator is to let it begin. */
export interface Release {
  readonly taskId: string;
  readonly failures: number;
}

type QueueRow = {
  readonly task_id: string;
  readonly position: number;
  readonly rank: number;
  readonly queued_at: number;
};

type WaitingHead = Head & { readonly taskId: string };

/**
 * Which tasks of an account are in flight, and which wait until others end, because there are as many as the owner
 * may have. Follows what coordinators report. Every method is synchronous.
 */
export class TaskQueue {
  constructor(
    private readonly sql: SqlStorage,
    private readonly clocks: () => Pick<AccountClocks, "agedAfterMs" | "checkAfterMs">,
  ) {}

  /** Takes over a report that says something new. */
  follow(report: TaskReport, now: number): void {
    if (isDeletedReport(report) || isTerminal(report.status)) {
      this.end(report.taskId, now);
    } else if (report.tasksInFlight === undefined) {
      this.#putInFlight(report.taskId, now);
    } else if (this.#isEmpty() && this.#hasRoom(report.tasksInFlight)) {
      this.#putInFlight(report.taskId, now);
    } else {
      this.#enqueue(report.taskId, RANKS[report.priority], report.tasksInFlight, now);
      this.#releaseNext(now);
    }
  }

  /** Whether its coordinator is to wait until it is released. */
  isWaiting(taskId: string): boolean {
    return this.sql.exec("SELECT 1 FROM queue WHERE task_id = ?", taskId).toArray().length > 0;
  }

  /** The task is no longer in flight, and does not wait. */
  end(taskId: string, now: number): void {
    this.sql.exec("DELETE FROM in_flight WHERE task_id = ?", taskId);
    if (!this.#isEmpty()) {
      this.sql.exec("DELETE FROM queue WHERE task_id = ?", taskId);
      this.#releaseNext(now);
    }
  }

  /** None of those that wait is released. */
  clear(): void {
    this.sql.exec("DELETE FROM queue");
  }

  /** When a coordinator is to be called; undefined: nothing is to be done. */
  dueAt(): number | undefined {
    const { due } = this.sql
      .exec<{ due: number | null }>(
        "SELECT MIN(release_due_at) AS due FROM in_flight WHERE release_due_at IS NOT NULL",
      )
      .one();
    const times = [due, this.#isEmpty() ? null : (this.#state()?.check_due_at ?? null)];
    const least = Math.min(...times.map((time) => time ?? Infinity));
    return least === Infinity ? undefined : least;
  }

  /** Those that are due, the longest due first. */
  releases(now: number, limit: number): Release[] {
    return this.sql
      .exec<{ task_id: string; failures: number }>(
        "SELECT task_id, failures FROM in_flight WHERE release_due_at <= ? ORDER BY release_due_at LIMIT ?",
        ...[now, limit],
      )
      .toArray()
      .map(({ task_id: taskId, failures }) => ({ taskId, failures }));
  }

  /** Its coordinator says that the task goes on. */
  released({ taskId }: Release, now: number): void {
    this.sql.exec(
      "UPDATE in_flight SET release_due_at = NULL, failures = 0, checked_at = ? WHERE task_id = ?",
      ...[now, taskId],
    );
  }

  failed({ taskId, failures }: Release, dueAt: number): void {
    this.sql.exec(
      "UPDATE in_flight SET release_due_at = ?, failures = ? WHERE task_id = ?",
      ...[dueAt, failures + 1, taskId],
    );
  }

  /** While tasks wait: their coordinators are asked from time to time whether others are still in flight. */
  checkIfDue(now: number): void {
    const state = this.#state();
    if (state !== undefined && state.check_due_at <= now) {
      this.check(now);
      const dueAt = now + this.clocks().checkAfterMs;
      this.sql.exec("UPDATE queue_state SET check_due_at = ?", Math.ceil(dueAt));
    }
  }

  /** The coordinators of tasks that have been in flight for long are to be asked whether they still are. */
  check(now: number): void {
    this.sql.exec(
      "UPDATE in_flight SET release_due_at = ? WHERE checked_at <= ? AND release_due_at IS NULL",
      ...[now, now - this.clocks().checkAfterMs],
    );
  }

  #releaseNext(now: number): void {
    for (let state = this.#state(); state !== undefined && this.#hasRoom(state.max_in_flight);) {
      const next = nextHead(this.#heads(), state.turns, now, this.clocks().agedAfterMs);
      if (next === undefined) {
        return;
      }
      this.sql.exec("DELETE FROM queue WHERE position = ?", next.position);
      this.sql.exec(
        "INSERT OR REPLACE INTO in_flight (task_id, checked_at, release_due_at) VALUES (?, ?, ?)",
        ...[next.taskId, now, now],
      );
      this.sql.exec("UPDATE queue_state SET turns = turns + 1");
      state = this.#state();
    }
  }

  #enqueue(taskId: string, rank: number, maxInFlight: number, now: number): void {
    this.sql.exec(
      "INSERT OR IGNORE INTO queue (task_id, rank, queued_at) VALUES (?, ?, ?)",
      ...[taskId, rank, now],
    );
    // The latest limit holds for all that wait.
    this.sql.exec(
      `INSERT INTO queue_state (id, max_in_flight, turns, check_due_at) VALUES (1, ?, 0, ?)
       ON CONFLICT (id) DO UPDATE SET max_in_flight = excluded.max_in_flight`,
      ...[maxInFlight, Math.ceil(now + this.clocks().checkAfterMs)],
    );
  }

  #putInFlight(taskId: string, now: number): void {
    const { rowsWritten } = this.sql.exec(
      "INSERT OR IGNORE INTO in_flight (task_id, checked_at) VALUES (?, ?)",
      ...[taskId, now],
    );
    if (rowsWritten > 0) {
      this.sql.exec("DELETE FROM queue WHERE task_id = ?", taskId);
    }
  }

  #hasRoom(maxInFlight: number): boolean {
    const { n } = this.sql
      .exec<{ n: number }>(
        "SELECT COUNT(*) AS n FROM (SELECT 1 FROM in_flight LIMIT ?)",
        maxInFlight,
      )
      .one();
    return n < maxInFlight;
  }

  #isEmpty(): boolean {
    return this.sql.exec("SELECT 1 FROM queue LIMIT 1").toArray().length === 0;
  }

  #heads(): WaitingHead[] {
    return Object.values(RANKS).flatMap((rank) =>
      this.sql
        .exec<QueueRow>("SELECT * FROM queue WHERE rank = ? ORDER BY position LIMIT 1", rank)
        .toArray()
        .map(({ task_id: taskId, position, queued_at: queuedAt }) => ({
          ...{ taskId, rank, position, queuedAt },
        })),
    );
  }

  #state(): { max_in_flight: number; turns: number; check_due_at: number } | undefined {
    return this.sql
      .exec<{ max_in_flight: number; turns: number; check_due_at: number }>(
        "SELECT max_in_flight, turns, check_due_at FROM queue_state",
      )
      .toArray()[0];
  }
}
