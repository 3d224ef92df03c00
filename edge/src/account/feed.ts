import { type FeedEntry, feedEntryJson, type NewFeedEntry } from "./feed-entry.js";
import type { FeedPage } from "./feed-page.js";

/** How many of the latest entries are kept. */
export const MAX_ENTRIES = 100_000;

/** So many more may stay, so that not every append trims. */
const TRIM_SLACK = 100;
const TRIM_PAGE = 1_000;

type Row = {
  readonly seq: number;
  readonly type: string;
  readonly task_id: string | null;
  readonly timestamp: number;
  readonly data: string;
};

/** A reader's place is no longer in the history: what came right after it is gone. */
export type Expired = "cursor_expired";

/** An account's append-only log. Of a deleted task nothing stays in it but that it was deleted. */
export class Feed {
  constructor(
    private readonly sql: SqlStorage,
    private readonly maxEntries = MAX_ENTRIES,
  ) {}

  append(entries: readonly NewFeedEntry[], now: number): FeedEntry[] {
    return entries.map((entry) => {
      const { type, taskId, timestamp, data } = entry;
      const { seq } = this.sql
        .exec<{ seq: number }>(
          `INSERT INTO feed (type, task_id, timestamp, data, appended_at)
           VALUES (?, ?, ?, ?, ?) RETURNING seq`,
          ...[type, taskId ?? null, timestamp, data, now],
        )
        .one();
      if (seq - this.maxEntries >= this.#trimmedTo() + TRIM_SLACK) {
        this.#trimTo(seq - this.maxEntries);
      }
      return { seq, ...entry };
    });
  }

  /** The latest entry's; 0: there was none. */
  head(): number {
    const { head } = this.sql
      .exec<{ head: number | null }>("SELECT MAX(seq) AS head FROM feed")
      .one();
    return head ?? this.#trimmedTo();
  }

  /**
   * What comes after the cursor, oldest first.
   *
   * @param after undefined: from the oldest entry that is kept
   * @param types undefined: all
   */
  page(
    after: number | undefined,
    types: readonly string[] | undefined,
    limit: number,
  ): FeedEntry[] | Expired {
    const trimmedTo = this.#trimmedTo();
    if (after !== undefined && after < trimmedTo) {
      return "cursor_expired";
    }
    const ofTypes = types === undefined ? "" : `AND type IN (${types.map(() => "?").join(", ")})`;
    return this.sql
      .exec<Row>(
        `SELECT seq, type, task_id, timestamp, data FROM feed
         WHERE seq > ? ${ofTypes} ORDER BY seq LIMIT ?`,
        ...[after ?? trimmedTo, ...(types ?? []), limit],
      )
      .toArray()
      .map(({ task_id: taskId, ...entry }) => ({
        ...entry,
        ...(taskId === null ? {} : { taskId }),
      }));
  }

  /** The same as a reader receives it; undefined: the cursor is older than the history. */
  read(
    after: number | undefined,
    types: readonly string[] | undefined,
    limit: number,
  ): FeedPage | undefined {
    const entries = this.page(after, types, limit);
    if (entries === "cursor_expired") {
      return undefined;
    }
    const more = entries.length === limit;
    const end = more ? entries.at(-1)?.seq : this.head();
    return {
      entries: entries.map(feedEntryJson),
      cursor: Math.max(after ?? 0, end ?? 0),
      more,
    };
  }

  removeTask(taskId: string): void {
    this.sql.exec("DELETE FROM feed WHERE task_id = ?", taskId);
  }

  clear(): void {
    this.#trimTo(this.head());
  }

  /** Drops what was appended before that time. */
  trimBefore(time: number): void {
    for (;;) {
      const page = this.sql
        .exec<{ seq: number; appended_at: number }>(
          "SELECT seq, appended_at FROM feed ORDER BY seq LIMIT ?",
          TRIM_PAGE,
        )
        .toArray();
      const old = page.filter(({ appended_at: at }) => at < time);
      const last = old.at(-1);
      if (last === undefined) {
        return;
      }
      this.#trimTo(last.seq);
      if (old.length < TRIM_PAGE) {
        return;
      }
    }
  }

  #trimTo(seq: number): void {
    if (seq > this.#trimmedTo()) {
      this.sql.exec("DELETE FROM feed WHERE seq <= ?", seq);
      this.sql.exec("UPDATE feed_history SET trimmed_to = ?", seq);
    }
  }

  #trimmedTo(): number {
    return this.sql.exec<{ trimmed_to: number }>("SELECT trimmed_to FROM feed_history").one()
      .trimmed_to;
  }
}
