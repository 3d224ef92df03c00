import type { Lease } from "../limits/leases.js";
import type { PoolName } from "../limits/pools.js";
import { grantOf } from "./grant.js";

/** For the budget's migrations. */
export const LEDGER_TABLES = `
  CREATE TABLE pools (
    pool TEXT PRIMARY KEY,
    leased INTEGER NOT NULL,
    exceeded_at INTEGER
  ) STRICT;
  CREATE TABLE leases (
    pool TEXT NOT NULL,
    account TEXT NOT NULL,
    leased INTEGER NOT NULL,
    PRIMARY KEY (pool, account)
  ) STRICT, WITHOUT ROWID;`;

/** How far a pool is used up. */
export interface PoolUse {
  readonly leased: number;
  /** Whether there was no room for something that was asked for. */
  readonly isExceeded: boolean;
}

export const UNUSED: PoolUse = { leased: 0, isExceeded: false };

type Granted = Omit<Lease, "isExceeded">;

type PoolRow = { readonly leased: number; readonly exceeded_at: number | null };

/** How much of a day's pools has been leased, and by whom. Every method is synchronous. */
export class Ledger {
  constructor(private readonly sql: SqlStorage) {}

  /**
   * Leases what an account needs, or nothing if so much is not left. What it gets is the same however often it asks:
   * it says how much it must have in all.
   */
  lease(pool: PoolName, size: number, account: string, total: number): Granted {
    const before = this.#leasedBy(pool, account);
    const left = Math.max(0, size - this.used(pool).leased);
    const granted = grantOf(before, total - before, left);
    if (granted > 0) {
      this.#add(pool, account, granted);
    }
    return { leased: before + granted, unleased: left - granted };
  }

  used(pool: PoolName): PoolUse {
    const [row] = this.sql
      .exec<PoolRow>("SELECT leased, exceeded_at FROM pools WHERE pool = ?", pool)
      .toArray();
    return row === undefined
      ? UNUSED
      : { leased: row.leased, isExceeded: row.exceeded_at !== null };
  }

  exceed(pool: PoolName, now: number): void {
    this.sql.exec(
      `INSERT INTO pools (pool, leased, exceeded_at) VALUES (?, 0, ?)
       ON CONFLICT (pool) DO UPDATE SET exceeded_at = excluded.exceeded_at`,
      ...[pool, now],
    );
  }

  #add(pool: PoolName, account: string, granted: number): void {
    this.sql.exec(
      `INSERT INTO pools (pool, leased) VALUES (?, ?)
       ON CONFLICT (pool) DO UPDATE SET leased = leased + excluded.leased`,
      ...[pool, granted],
    );
    this.sql.exec(
      `INSERT INTO leases (pool, account, leased) VALUES (?, ?, ?)
       ON CONFLICT (pool, account) DO UPDATE SET leased = leased + excluded.leased`,
      ...[pool, account, granted],
    );
  }

  #leasedBy(pool: PoolName, account: string): number {
    const [row] = this.sql
      .exec<{ leased: number }>(
        "SELECT leased FROM leases WHERE pool = ? AND account = ?",
        ...[pool, account],
      )
      .toArray();
    return row?.leased ?? 0;
  }
}
