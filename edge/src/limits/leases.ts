import type { Demand } from "./owner-limits.js";
import {
  amountOf,
  isBudget,
  isBudgetName,
  type Pool,
  type PoolName,
  type SharedLimitName,
} from "./pools.js";
import type { Exceeded } from "./usage.js";

/** For the account's migrations. */
export const LEASE_TABLE = `
  CREATE TABLE leases (
    pool TEXT NOT NULL,
    day_start INTEGER NOT NULL,
    leased INTEGER NOT NULL,
    used INTEGER NOT NULL,
    pool_size INTEGER NOT NULL,
    unleased INTEGER NOT NULL,
    is_exceeded INTEGER NOT NULL,
    PRIMARY KEY (pool, day_start)
  ) STRICT;`;

/** What an account wants of a pool. It states a total, so that asking again changes nothing. */
export interface LeaseRequest {
  readonly pool: Pool;
  /** Of the day that the pool is for. */
  readonly dayStart: number;
  /** How much the account must have leased in all on that day. */
  readonly total: number;
}

/** What an account has of a pool. */
export interface Lease {
  /** In all, on that day. It never becomes less. */
  readonly leased: number;
  /** What nobody has leased yet. It never becomes more, unless the pool is made larger. */
  readonly unleased: number;
  /** Whether something did not fit into the pool, which is a budget. */
  readonly isExceeded: boolean;
}

/** What an account's leases say of a demand. */
export interface LeaseCheck {
  /** Of limits that are shared: those without room for it. */
  readonly exceeded: readonly Exceeded[];
  /** Whether there is no room for it in a budget. */
  readonly isBudgetExceeded: boolean;
  /** What is to be leased first: until then it is not known. Only where no limit is exceeded. */
  readonly toLease: readonly LeaseRequest[];
}

type Row = {
  readonly leased: number;
  readonly used: number;
  readonly pool_size: number;
  readonly unleased: number;
  readonly is_exceeded: number;
};

const NOTHING: Row = { leased: 0, used: 0, pool_size: 0, unleased: 0, is_exceeded: 0 };

/**
 * What an account has leased of pools, and used of that. It uses no more than it has leased, and all leases of a
 * pool are no more than the pool: so the pool's limit is never exceeded. Every method is synchronous.
 */
export class Leases {
  /** @param dayMs how long a day is, which begins with a multiple of that */
  constructor(
    private readonly sql: SqlStorage,
    private readonly dayMs: () => number,
  ) {}

  check(demand: Demand, pools: readonly Pool[], now: number): LeaseCheck {
    const empty = pools.filter((pool) => this.#isEmpty(pool, demand, now));
    const exceeded = empty.flatMap((pool) =>
      isBudgetName(pool.name) ? [] : [this.#exceeded(pool.name, pool, amountOf(demand, pool), now)],
    );
    const isBudgetExceeded = empty.some(isBudget);
    // Nothing of a budget is leased for a task that may be refused, or whose analysis is skipped.
    const ofLimits = this.#toLease(
      demand,
      pools.filter((pool) => !isBudget(pool)),
      now,
    );
    const ofBudgets = isBudgetExceeded ? [] : this.#toLease(demand, pools.filter(isBudget), now);
    const needed = ofLimits.length > 0 ? ofLimits : ofBudgets;
    return { exceeded, isBudgetExceeded, toLease: exceeded.length > 0 ? [] : needed };
  }

  /** Counts a demand that {@link check} has found room for. */
  count(demand: Demand, pools: readonly Pool[], now: number): void {
    for (const pool of pools) {
      this.sql.exec(
        "UPDATE leases SET used = used + ? WHERE pool = ? AND day_start = ?",
        ...[amountOf(demand, pool), pool.name, this.#dayStart(now)],
      );
    }
  }

  /** Takes over an answer, late and repeated ones included. */
  put({ pool, dayStart }: LeaseRequest, { leased, unleased, isExceeded }: Lease): void {
    this.sql.exec("DELETE FROM leases WHERE pool = ? AND day_start < ?", pool.name, dayStart);
    this.sql.exec(
      `INSERT INTO leases (pool, day_start, leased, used, pool_size, unleased, is_exceeded)
       VALUES (?, ?, ?, 0, ?, ?, ?)
       ON CONFLICT (pool, day_start) DO UPDATE SET
         leased = MAX(leased, excluded.leased),
         unleased = IIF(pool_size = excluded.pool_size,
           MIN(unleased, excluded.unleased), excluded.unleased),
         pool_size = excluded.pool_size,
         is_exceeded = MAX(is_exceeded, excluded.is_exceeded)`,
      ...[pool.name, dayStart, leased, pool.size, unleased, Number(isExceeded)],
    );
  }

  #toLease(demand: Demand, pools: readonly Pool[], now: number): LeaseRequest[] {
    return pools.flatMap((pool) => {
      const { leased, used } = this.#row(pool.name, now);
      const total = used + amountOf(demand, pool);
      return total <= leased ? [] : [{ pool, dayStart: this.#dayStart(now), total }];
    });
  }

  /**
   * Whether it is known that the pool has no room for it. A budget is asked until it knows itself, since it publishes
   * that it is used up.
   */
  #isEmpty(pool: Pool, demand: Demand, now: number): boolean {
    const row = this.#row(pool.name, now);
    const hasRoom = row.used + amountOf(demand, pool) <= row.leased + row.unleased;
    return row.pool_size === pool.size && !hasRoom && (!isBudget(pool) || row.is_exceeded === 1);
  }

  #exceeded(name: SharedLimitName, { size }: Pool, demanded: number, now: number): Exceeded {
    const { leased, used, unleased } = this.#row(name, now);
    return {
      name,
      limit: size,
      remaining: leased - used + unleased,
      windowMs: this.dayMs(),
      resetMs: this.#dayStart(now) + this.dayMs() - now,
      demanded,
    };
  }

  #row(name: PoolName, now: number): Row {
    const [row] = this.sql
      .exec<Row>(
        "SELECT leased, used, pool_size, unleased, is_exceeded FROM leases WHERE pool = ? AND day_start = ?",
        ...[name, this.#dayStart(now)],
      )
      .toArray();
    return row ?? NOTHING;
  }

  #dayStart(now: number): number {
    return Math.floor(now / this.dayMs()) * this.dayMs();
  }
}
