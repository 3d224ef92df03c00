import type { TaskReport } from "../account/report.js";
import type { BatchPlace } from "../batches/batch.js";

/** A report that has not been acknowledged. */
export interface PendingReport {
  readonly target: ReportTarget;
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

/** Who is reported to: the owner's account, or the batch of which the task is an item. */
export type ReportTarget = "account" | `batch:${string}:${number}`;

export function targetOf({ batchId, position }: BatchPlace): ReportTarget {
  return `batch:${batchId}:${position}`;
}

/** The batch that is reported to; undefined: the account is. */
export function batchOf(target: ReportTarget): BatchPlace | undefined {
  const [kind, batchId = "", position] = target.split(":");
  return kind === "batch" ? { batchId, position: Number(position) } : undefined;
}

/** What is still to be reported: to each target the latest state of each run, until it is acknowledged. */
export class ReportTable {
  constructor(private readonly sql: SqlStorage) {}

  /** Replaces what is pending of the same run. */
  put(target: ReportTarget, owner: string, run: number, report: TaskReport, dueAt: number): void {
    this.sql.exec(
      `INSERT INTO reports (run, target, owner, version, report, due_at, failures)
       VALUES (?, ?, ?, ?, ?, ?, 0)
       ON CONFLICT (run, target) DO UPDATE SET
         version = excluded.version, report = excluded.report, due_at = excluded.due_at, failures = 0`,
      ...[run, target, owner, report.version, JSON.stringify(report), dueAt],
    );
  }

  /** To whom something is to be reported, the account first. */
  targets(): ReportTarget[] {
    return this.sql
      .exec<{ target: string }>("SELECT DISTINCT target FROM reports ORDER BY target")
      .toArray()
      .map(({ target }) => target as ReportTarget);
  }

  /** Of the earliest run; undefined: nothing is pending. */
  next(target: ReportTarget): PendingReport | undefined {
    const [row] = this.sql
      .exec<Row>(
        "SELECT run, owner, version, report, failures FROM reports WHERE target = ? ORDER BY run LIMIT 1",
        target,
      )
      .toArray();
    return row && { ...row, target, report: JSON.parse(row.report) as TaskReport };
  }

  /** When the next attempt is due; undefined: nothing is pending. */
  dueAt(): number | undefined {
    const { due } = this.sql
      .exec<{ due: number | null }>("SELECT MIN(due_at) AS due FROM reports")
      .one();
    return due ?? undefined;
  }

  failed({ target, run, failures }: PendingReport, dueAt: number): void {
    this.sql.exec(
      "UPDATE reports SET due_at = ?, failures = ? WHERE run = ? AND target = ?",
      ...[dueAt, failures + 1, run, target],
    );
  }

  /** To be reported once more, later, unless something newer took its place meanwhile. */
  postponed({ target, run, version }: PendingReport, dueAt: number): void {
    this.sql.exec(
      "UPDATE reports SET due_at = ?, failures = 0 WHERE run = ? AND target = ? AND version = ?",
      ...[dueAt, run, target, version],
    );
  }

  /** Unless something newer took its place meanwhile. */
  acknowledged({ target, run, version }: PendingReport): void {
    this.sql.exec(
      "DELETE FROM reports WHERE run = ? AND target = ? AND version = ?",
      ...[run, target, version],
    );
  }

  /** Nothing of an earlier state is reported any more. */
  clear(): void {
    this.sql.exec("DELETE FROM reports");
  }
}
