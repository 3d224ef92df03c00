import type { TaskReport } from "../account/report.js";

/** A report that its account has not acknowledged. */
export interface PendingReport {
  readonly run: number;
  readonly owner: string;
  readonly version: number;
  readonly report: TaskReport;
  readonly failures: number;
}

type Row = {
  readonly run: number;
  readonly owner: string;
  readonly version: number;
  readonly report: string;
  readonly failures: number;
};

/** So far only accounts are reported to. */
const TARGET = "account";

/** What is still to be reported: the latest state of each run, until it is acknowledged. */
export class ReportTable {
  constructor(private readonly sql: SqlStorage) {}

  /** Replaces what is pending of the same run. */
  put(owner: string, run: number, report: TaskReport, dueAt: number): void {
    this.sql.exec(
      `INSERT INTO reports (run, target, owner, version, report, due_at, failures)
       VALUES (?, ?, ?, ?, ?, ?, 0)
       ON CONFLICT (run, target) DO UPDATE SET
         version = excluded.version, report = excluded.report, due_at = excluded.due_at, failures = 0`,
      ...[run, TARGET, owner, report.version, JSON.stringify(report), dueAt],
    );
  }

  /** Of the earliest run; undefined: nothing is pending. */
  next(): PendingReport | undefined {
    const [row] = this.sql
      .exec<Row>(
        "SELECT run, owner, version, report, failures FROM reports WHERE target = ? ORDER BY run LIMIT 1",
        TARGET,
      )
      .toArray();
    return row && { ...row, report: JSON.parse(row.report) as TaskReport };
  }

  /** When the next attempt is due; undefined: nothing is pending. */
  dueAt(): number | undefined {
    const { due } = this.sql
      .exec<{ due: number | null }>("SELECT MIN(due_at) AS due FROM reports")
      .one();
    return due ?? undefined;
  }

  failed({ run, failures }: PendingReport, dueAt: number): void {
    this.sql.exec(
      "UPDATE reports SET due_at = ?, failures = ? WHERE run = ? AND target = ?",
      ...[dueAt, failures + 1, run, TARGET],
    );
  }

  /** To be reported once more, later, unless something newer took its place meanwhile. */
  postponed({ run, version }: PendingReport, dueAt: number): void {
    this.sql.exec(
      "UPDATE reports SET due_at = ?, failures = 0 WHERE run = ? AND target = ? AND version = ?",
      ...[dueAt, run, TARGET, version],
    );
  }

  /** Unless something newer took its place meanwhile. */
  acknowledged({ run, version }: PendingReport): void {
    this.sql.exec(
      "DELETE FROM reports WHERE run = ? AND target = ? AND version = ?",
      ...[run, TARGET, version],
    );
  }

  /** Nothing of an earlier state is reported any more. */
  clear(): void {
    this.sql.exec("DELETE FROM reports");
  }
}
