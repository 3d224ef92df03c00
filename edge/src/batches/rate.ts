/** For the batch's migrations. */
export const RATE_TABLE = `
  CREATE TABLE ended (
    slot_start INTEGER PRIMARY KEY,
    n INTEGER NOT NULL
  ) STRICT;`;

const SLOT_MS = 5_000;
const SLOTS = 12;

/** How many items end in a second, over the last minute. */
export class Rate {
  constructor(private readonly sql: SqlStorage) {}

  /** One more has ended. */
  count(now: number): void {
    const start = Math.floor(now / SLOT_MS) * SLOT_MS;
    this.sql.exec("DELETE FROM ended WHERE slot_start <= ?", start - SLOTS * SLOT_MS);
    this.sql.exec(
      "INSERT INTO ended VALUES (?, 1) ON CONFLICT (slot_start) DO UPDATE SET n = n + 1",
      start,
    );
  }

  /** Undefined: none has ended lately. */
  perSecond(now: number): number | undefined {
    const { first, n } = this.sql
      .exec<{ first: number | null; n: number | null }>(
        "SELECT MIN(slot_start) AS first, SUM(n) AS n FROM ended WHERE slot_start > ?",
        now - SLOTS * SLOT_MS,
      )
      .one();
    return first === null || n === null ? undefined : (n * 1_000) / Math.max(SLOT_MS, now - first);
  }
}
