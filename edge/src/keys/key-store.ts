import type { Scope } from "../auth/scopes.js";

/** For the account's migrations. */
export const API_KEY_TABLE = `
  CREATE TABLE api_keys (
    key_id TEXT PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    channel TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    last_used_at INTEGER
  ) STRICT;`;

/** A key that makes requests writes when it was used this often at most. */
const LAST_USE_GRANULARITY_MS = 3_600_000;

/** An API key, without the key. Times are milliseconds since 1970. */
export interface ApiKey {
  readonly keyId: string;
  readonly name: string;
  /** Of the user who made it. */
  readonly channel: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: number;
  /** Undefined: never. */
  readonly expiresAt?: number;
  /** The beginning of the hour in which it was last used. */
  readonly lastUsedAt?: number;
}

export type NewApiKey = Omit<ApiKey, "lastUsedAt"> & { readonly hash: string };

type Row = {
  readonly key_id: string;
  readonly name: string;
  readonly channel: string;
  readonly scopes: string;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly last_used_at: number | null;
};

/** An account's API keys, by their hashes. Every method is synchronous. */
export class KeyStore {
  constructor(private readonly sql: SqlStorage) {}

  /**
   * Expired keys make room.
   *
   * @param limit how many live keys there may be
   * @returns false, and nothing changes: there are as many
   */
  add(key: NewApiKey, limit: number): boolean {
    const { keyId, hash, name, channel, scopes, createdAt, expiresAt } = key;
    this.sql.exec("DELETE FROM api_keys WHERE expires_at <= ?", createdAt);
    if (this.list().length >= limit) {
      return false;
    }
    this.sql.exec(
      `INSERT INTO api_keys (key_id, hash, name, channel, scopes, created_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ...[keyId, hash, name, channel, JSON.stringify(scopes), createdAt, expiresAt ?? null],
    );
    return true;
  }

  /** Oldest first. */
  list(): ApiKey[] {
    return this.sql.exec<Row>("SELECT * FROM api_keys ORDER BY rowid").toArray().map(apiKey);
  }

  /** False: there is none. */
  revoke(keyId: string): boolean {
    return this.sql.exec("DELETE FROM api_keys WHERE key_id = ?", keyId).rowsWritten > 0;
  }

  clear(): void {
    this.sql.exec("DELETE FROM api_keys");
  }

  /** The key of this hash, which is used now; undefined: there is none. */
  use(hash: string, now: number): ApiKey | undefined {
    const [row] = this.sql.exec<Row>("SELECT * FROM api_keys WHERE hash = ?", hash).toArray();
    const hour = now - (now % LAST_USE_GRANULARITY_MS);
    if (row !== undefined && row.last_used_at !== hour) {
      this.sql.exec("UPDATE api_keys SET last_used_at = ? WHERE key_id = ?", hour, row.key_id);
    }
    return row && apiKey(row);
  }
}

function apiKey(row: Row): ApiKey {
  return {
    keyId: row.key_id,
    name: row.name,
    channel: row.channel,
    scopes: JSON.parse(row.scopes) as Scope[],
    createdAt: row.created_at,
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
  };
}
