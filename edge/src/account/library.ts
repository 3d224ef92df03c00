import type { LibraryEntry } from "../generated/library.js";
import type { KnownTask } from "./feed-entry.js";
import { LibraryWords } from "./library-words.js";
import { isDeletedReport, type TaskReport } from "./report.js";

/** A task as the library lists it: what was last reported, and what tag-indexer found. */
export interface LibraryRow {
  /** Grows with the time of submission; the cursor of lists. */
  readonly position: number;
  readonly taskId: string;
  readonly createdAt: number;
  readonly run: number;
  readonly status: string;
  readonly stage?: string;
  /** A {@link TaskError} as JSON text. */
  readonly error?: string;
  readonly fileName?: string;
  /** A {@link LibraryEntry} as JSON text. */
  readonly entry?: string;
}

/** What became of an entry of tag-indexer's. */
export interface Indexed {
  /** Whether anything was ever reported about the task. */
  readonly isReported: boolean;
  /** Whether the entry is another one than before. */
  readonly isNew: boolean;
}

export interface Applied {
  /** False: it was known already, or is older than what is known. */
  readonly isNew: boolean;
  /** What was known before; undefined: nothing. */
  readonly known?: KnownTask;
}

export type Row = {
  readonly position: number;
  readonly task_id: string;
  readonly created_at: number;
  readonly version: number;
  readonly run: number;
  readonly status: string;
  readonly stage: string | null;
  readonly error: string | null;
  readonly file_name: string | null;
  readonly entry_version: number;
  readonly entry: string | null;
  readonly skip_analysis: string | null;
};

export const DELETED = "deleted";

const SWEEP_PAGE = 500;

/** Positions in one millisecond. The product stays a safe integer until the year 2109. */
const POSITIONS_PER_MS = 2048;

export function firstPositionAt(time: number): number {
  return time * POSITIONS_PER_MS;
}

/** All tasks of an owner: a table in the order of submission, and an index of words. */
export class Library {
  readonly #words: LibraryWords;

  constructor(private readonly sql: SqlStorage) {
    this.#words = new LibraryWords(sql);
  }

  /** Whether there is or was a task with this id. */
  has(taskId: string): boolean {
    return this.#find(taskId) !== undefined;
  }

  /** Whether anything is known of the very task, be it that it was deleted. */
  knows(report: TaskReport): boolean {
    const row = this.#find(report.taskId);
    return row !== undefined && isSameTask(report, row);
  }

  /** Why the task is not analysed, as it was admitted; undefined: it is. */
  skipAnalysis(taskId: string): string | undefined {
    return this.#find(taskId)?.skip_analysis ?? undefined;
  }

  /**
   * Takes over what a coordinator reports. In any order and however often, the end is the same.
   *
   * @param skipAnalysis of a task that is admitted with this report: why it is not analysed
   */
  apply(report: TaskReport, now: number, skipAnalysis?: string): Applied {
    const found = this.#find(report.taskId);
    if (found !== undefined && !isNewer(report, found)) {
      return { isNew: false };
    }
    // Of an earlier task with this id nothing stays.
    const row = found !== undefined && isSameTask(report, found) ? found : undefined;
    const stays = row !== undefined && row.created_at === report.createdAt;
    if (found !== undefined && !stays) {
      this.#remove(found);
    }
    const position = stays ? row.position : this.#freePosition(report);
    if (isDeletedReport(report)) {
      this.#write(deletedRow(report, position), now);
      this.#words.remove(position);
    } else {
      const reported = reportedRow(report, row, position);
      this.#write({ ...reported, skip_analysis: skipAnalysis ?? reported.skip_analysis }, now);
      const fileName = report.fileName ?? row?.file_name ?? undefined;
      if (!stays || fileName !== (row.file_name ?? undefined)) {
        const entry = JSON.parse(row?.entry ?? "{}") as Partial<LibraryEntry>;
        this.#words.write(position, { ...entry, ...(fileName === undefined ? {} : { fileName }) });
      }
    }
    return { isNew: true, ...(row === undefined ? {} : { known: knownOf(row) }) };
  }

  /** Takes over what tag-indexer found, unless a later run's is known, or the task was deleted. */
  index(taskId: string, entry: LibraryEntry, now: number): Indexed {
    const row = this.#find(taskId);
    const isReported = row !== undefined && row.version > 0;
    if (row !== undefined && (row.status === DELETED || row.entry_version > entry.version)) {
      return { isReported, isNew: false };
    }
    const text = JSON.stringify(entry);
    if (row?.entry === text) {
      return { isReported, isNew: false };
    }
    const fileName = row?.version === 0 ? entry.fileName : (row?.file_name ?? entry.fileName);
    const position = row?.position ?? this.#freePosition({ taskId, createdAt: entry.createdAt });
    const base = row ?? foundRow(taskId, entry, position);
    this.#write(
      { ...base, file_name: fileName ?? null, entry_version: entry.version, entry: text },
      now,
    );
    this.#words.write(position, { ...entry, ...(fileName === undefined ? {} : { fileName }) });
    return { isReported, isNew: true };
  }

  /** As a coordinator's report does that is on its way, and is still news then. */
  markDeleted(taskId: string, now: number): void {
    const row = this.#find(taskId);
    if (row === undefined || row.status === DELETED) {
      return;
    }
    const { created_at: createdAt, version } = row;
    const report = { taskId, createdAt, version, updatedAt: now, status: DELETED } as const;
    this.#write(deletedRow(report, row.position), now);
    this.#words.remove(row.position);
  }

  /** How many tasks there are, by status. */
  counts(): Readonly<Record<string, number>> {
    const rows = this.sql
      .exec<{ status: string; n: number }>(
        "SELECT status, COUNT(*) AS n FROM library WHERE status != ? GROUP BY status",
        DELETED,
      )
      .toArray();
    return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
  }

  /** Drops tasks whose coordinators have deleted themselves by now, and marks of deleted ones. */
  forgetEndedBefore(time: number): void {
    const { sql } = this;
    for (let page; (page = endedBefore()).length > 0;) {
      page.forEach((row) => this.#remove(row));
    }

    function endedBefore(): Row[] {
      return sql
        .exec<Row>(
          `SELECT * FROM library WHERE changed_at < ? AND status IN ('completed', 'failed', ?)
           LIMIT ?`,
          ...[time, DELETED, SWEEP_PAGE],
        )
        .toArray();
    }
  }

  #find(taskId: string): Row | undefined {
    return this.sql.exec<Row>("SELECT * FROM library WHERE task_id = ?", taskId).toArray()[0];
  }

  #remove({ position }: Row): void {
    this.sql.exec("DELETE FROM library WHERE position = ?", position);
    this.#words.remove(position);
  }

  #write(row: Row, now: number): void {
    this.sql.exec(
      `INSERT OR REPLACE INTO library
       (position, task_id, created_at, version, run, status, stage, error, file_name, day,
        entry_version, entry, changed_at, skip_analysis)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[row.position, row.task_id, row.created_at, row.version, row.run, row.status],
      ...[row.stage, row.error, row.file_name, dayOf(row), row.entry_version, row.entry, now],
      row.skip_analysis,
    );
  }

  /** Follows from the task as far as it can: a library that is built again has the same order. */
  #freePosition({ taskId, createdAt }: Pick<TaskReport, "taskId" | "createdAt">): number {
    const first = firstPositionAt(createdAt);
    const start = hash(taskId) % POSITIONS_PER_MS;
    for (let i = 0; i < POSITIONS_PER_MS; i++) {
      const position = first + ((start + i) % POSITIONS_PER_MS);
      const taken = this.sql.exec("SELECT 1 FROM library WHERE position = ?", position).toArray();
      if (taken.length === 0) {
        return position;
      }
    }
    throw new Error("more tasks in one millisecond than there are positions");
  }
}

/** Entries have the document's time of creation, which is a little later than the task's. */
function isSameTask(report: TaskReport, { created_at: createdAt, version }: Row): boolean {
  return version === 0 || report.createdAt === createdAt;
}

function isNewer(report: TaskReport, row: Row): boolean {
  return isSameTask(report, row) ? report.version > row.version : report.createdAt > row.created_at;
}

function reportedRow(
  report: Exclude<TaskReport, { status: "deleted" }>,
  row: Row | undefined,
  position: number,
): Row {
  return {
    position,
    task_id: report.taskId,
    created_at: report.createdAt,
    version: report.version,
    run: report.run,
    status: report.status,
    stage: report.stage ?? null,
    error: report.error === undefined ? null : JSON.stringify(report.error),
    file_name: report.fileName ?? row?.file_name ?? null,
    entry_version: row?.entry_version ?? 0,
    entry: row?.entry ?? null,
    skip_analysis: row?.skip_analysis ?? null,
  };
}

/** That the id was deleted, and nothing personal: late reports and entries are recognized. */
function deletedRow(report: TaskReport, position: number): Row {
  return {
    position,
    task_id: report.taskId,
    created_at: report.createdAt,
    version: report.version,
    ...{ run: 0, status: DELETED, stage: null, error: null, file_name: null },
    ...{ entry_version: 0, entry: null, skip_analysis: null },
  };
}

/** Of a task about which nothing was reported yet: a library that is built again from entries. */
function foundRow(taskId: string, entry: LibraryEntry, position: number): Row {
  const { failureCode: code } = entry;
  return {
    position,
    task_id: taskId,
    created_at: entry.createdAt,
    version: 0,
    run: entry.version,
    status: entry.status,
    stage: null,
    error: code === undefined ? null : JSON.stringify({ code, message: "" }),
    ...{ file_name: null, entry_version: 0, entry: null, skip_analysis: null },
  };
}

/** What `before:` and `after:` compare: when the image was taken, or else submitted. */
function dayOf(row: Row): string {
  const { day } = row.entry === null ? {} : (JSON.parse(row.entry) as Partial<LibraryEntry>);
  return day ?? new Date(row.created_at).toISOString().slice(0, 10);
}

function knownOf({ run, status, stage }: Row): KnownTask {
  return { run, status, ...(stage === null ? {} : { stage }) };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return value;
}
