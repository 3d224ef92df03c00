import type { LibraryEntry } from "../generated/library.js";

/** The words of a library's entries, by position, for SQLite's full-text search. */
export class LibraryWords {
  constructor(private readonly sql: SqlStorage) {}

  /** Replaces the words at that position. */
  write(position: number, entry: Partial<LibraryEntry>): void {
    const { fileName = "", text = "", camera = "", lens = "" } = entry;
    const [labels, keywords, colors] = [entry.labels, entry.keywords, entry.colors].map((list) =>
      (list ?? []).join(" "),
    );
    this.sql.exec(
      `INSERT OR REPLACE INTO library_words
       (rowid, file_name, text, labels, keywords, colors, camera, lens)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[position, fileName, text, labels, keywords, colors, camera, lens],
    );
  }

  remove(position: number | undefined): void {
    if (position !== undefined) {
      this.sql.exec("DELETE FROM library_words WHERE rowid = ?", position);
    }
  }
}
