/** For the batch's migrations. */
export const CALL_TABLE = `
  CREATE TABLE calls (
    position INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX calls_by_time ON calls (due_at);`;

/** What the coordinator of an item is called for: that its task begins, or ends if it has not begun. */
export type CallKind = "start" | "cancel";

export interface Call {
  readonly position: number;
  readonly kind: CallKind;
  readonly failures: number;
}

/** The calls of coordinators that are to be made, each until it is answered. */
export class CallTable {
  constructor(private readonly sql: SqlStorage) {}

  put(position: number, kind: CallKind, dueAt: number): void {
    this.sql.exec(
      "INSERT OR REPLACE INTO calls (position, kind, due_at) VALUES (?, ?, ?)",
      ...[position, kind, dueAt],
    );
  }

  /** Of all items that are processed, and whose task was begun. */
  cancelBegun(now: number): void {
    this.sql.exec(
      `INSERT OR IGNORE INTO calls (position, kind, due_at)
       SELECT position, 'cancel', ? FROM items WHERE status = 'processing'`,
      now,
    );
  }

  due(now: number, limit: number): Call[] {
    return this.sql
      .exec<{ position: number; kind: string; failures: number }>(
        "SELECT position, kind, failures FROM calls WHERE due_at <= ? ORDER BY due_at LIMIT ?",
        ...[now, limit],
      )
      .toArray()
      .map((row) => ({ ...row, kind: row.kind as CallKind }));
  }

  /** Undefined: none is to be made. */
  dueAt(): number | undefined {
    const { due } = this.sql
      .exec<{ due: number | null }>("SELECT MIN(due_at) AS due FROM calls")
      .one();
    return due ?? undefined;
  }

  failed({ position, failures }: Call, dueAt: number): void {
    this.sql.exec(
      "UPDATE calls SET due_at = ?, failures = ? WHERE position = ?",
      ...[dueAt, failures + 1, position],
    );
  }

  /** None is to be made. */
  clear(): void {
    this.sql.exec("DELETE FROM calls");
  }

  done(position: number): void {
    this.sql.exec("DELETE FROM calls WHERE position = ?", position);
  }
}
