import type { LibraryEntry } from "../generated/library.js";
import type { TaskError } from "../tasks/summary.js";
import { DELETED } from "./library.js";
import type { SearchTerms } from "./search-query.js";

/** What is listed: newest first, from a position on. */
export interface LibraryQuery {
  /** Only what comes after this position in the list; undefined: from the newest. */
  readonly before?: number;
  readonly limit: number;
  readonly terms: SearchTerms;
}

/** A task as lists show it. */
export type LibraryItem = Omit<LibraryEntry, "version" | "text" | "createdAt" | "failureCode"> & {
  readonly taskId: string;
  readonly createdAt: string;
  readonly stage?: string;
  readonly error?: TaskError;
};

export interface LibraryPage {
  /** Each as JSON text. */
  readonly items: readonly string[];
  /** Undefined: this is the last page. */
  readonly next?: number;
}

type ItemRow = {
  readonly position: number;
  readonly task_id: string;
  readonly created_at: number;
  readonly status: string;
  readonly stage: string | null;
  readonly error: string | null;
  readonly file_name: string | null;
  readonly entry: string | null;
};

/** Reads a library, page by page. New tasks and changes move nothing from one page to another. */
export class LibrarySearch {
  constructor(private readonly sql: SqlStorage) {}

  /** The ids of some tasks that are not deleted. */
  undeleted(limit: number): string[] {
    return this.sql
      .exec<{ task_id: string }>(
        "SELECT task_id FROM library WHERE status != ? LIMIT ?",
        ...[DELETED, limit],
      )
      .toArray()
      .map(({ task_id: taskId }) => taskId);
  }

  page({ before, limit, terms }: LibraryQuery): LibraryPage {
    const { words, status, before: beforeDay, after: afterDay } = terms;
    const conditions: string[] = [];
    const values: (string | number)[] = [];
    const where = (condition: string, value: string | number): void => {
      conditions.push(condition);
      values.push(value);
    };
    if (words !== undefined) {
      where("library_words MATCH ?", words);
    }
    if (before !== undefined) {
      where(words === undefined ? "position < ?" : "library_words.rowid < ?", before);
    }
    where(status === undefined ? "status != ?" : "status = ?", status ?? DELETED);
    if (beforeDay !== undefined) {
      where("day < ?", beforeDay);
    }
    if (afterDay !== undefined) {
      where("day > ?", afterDay);
    }
    // A status alone has an index in the order of the list; everything else looks through the filters'.
    const isListOfStatus =
      status !== undefined && words === undefined && (beforeDay ?? afterDay) === undefined;
    const filters = `library INDEXED BY ${isListOfStatus ? "library_by_status" : "library_filters"}`;
    const [from, order] =
      words === undefined
        ? [filters, "position"]
        : [
            `library_words CROSS JOIN ${filters} ON position = library_words.rowid`,
            "library_words.rowid",
          ];
    // Only what is shown is read whole.
    const rows = this.sql
      .exec<ItemRow>(
        `SELECT position, task_id, created_at, status, stage, error, file_name, entry FROM library
         WHERE position IN (
           SELECT position FROM ${from} WHERE ${conditions.join(" AND ")} ORDER BY ${order} DESC LIMIT ?
         ) ORDER BY position DESC`,
        ...[...values, limit + 1],
      )
      .toArray();
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(itemJson),
      ...(last === undefined || rows.length === page.length ? {} : { next: last.position }),
    };
  }
}

function itemJson(row: ItemRow): string {
  const entry = row.entry === null ? {} : (JSON.parse(row.entry) as Partial<LibraryEntry>);
  const { version: _version, text: _text, failureCode: _code, ...found } = entry;
  const item: LibraryItem = {
    taskId: row.task_id,
    ...found,
    status: row.status,
    createdAt: new Date(row.created_at).toISOString(),
    ...(row.stage === null ? {} : { stage: row.stage }),
    ...(row.error === null ? {} : { error: JSON.parse(row.error) as TaskError }),
    ...(row.file_name === null ? {} : { fileName: row.file_name }),
  };
  return JSON.stringify(item);
}
