/** For the account's migrations. */
export const ACCOUNT_BATCHES_TABLE = `
  CREATE TABLE batches (
    batch_id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;`;

/** Which batches an account has: it knows of each before there is one, so that none outlives it. */
export class AccountBatches {
  constructor(private readonly sql: SqlStorage) {}

  add(batchId: string, now: number): void {
    this.sql.exec("INSERT OR IGNORE INTO batches VALUES (?, ?)", batchId, now);
  }

  /** Nothing is left of it. */
  remove(batchId: string): void {
    this.sql.exec("DELETE FROM batches WHERE batch_id = ?", batchId);
  }

  some(limit: number): string[] {
    return this.sql
      .exec<{ batch_id: string }>("SELECT batch_id FROM batches LIMIT ?", limit)
      .toArray()
      .map(({ batch_id: batchId }) => batchId);
  }
}
