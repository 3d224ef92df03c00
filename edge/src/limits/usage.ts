import { type Demand, LIMIT_NAMES, type LimitName, type OwnerLimits } from "./owner-limits.js";
import type { SharedLimitName } from "./pools.js";

/** For the account's migrations. */
export const USAGE_TABLE = `
  CREATE TABLE usage (
    limit_name TEXT NOT NULL,
    slot_start INTEGER NOT NULL,
    used INTEGER NOT NULL,
    PRIMARY KEY (limit_name, slot_start)
  ) STRICT;`;

/** Over how long usage is added up: a number of slots, of which the first begins in 1970. */
export interface Window {
  readonly slotMs: number;
  readonly slots: number;
}

export type Windows = Readonly<Record<LimitName, Window>>;

/** How far a limit is used up. */
export interface Rate {
  readonly name: LimitName;
  readonly limit: number;
  readonly remaining: number;
  readonly windowMs: number;
  /** In how many milliseconds there is more again. */
  readonly resetMs: number;
}

/** Whether a demand was counted. */
export interface Admission {
  /** Of every limit that the demand concerns. */
  readonly rates: readonly Rate[];
  /** Why it was not: those for which it is too much, and of how much. Empty: it was counted. */
  readonly exceeded: readonly Exceeded[];
  /** Why a task that is admitted is not analysed; undefined: it is. */
  readonly skipAnalysis?: string;
  /** The account takes nothing new: it is being deleted. */
  readonly isClosed?: true;
}

/** What an account that is being deleted answers. */
export const CLOSED: Admission = { rates: [], exceeded: [], isClosed: true };

export function isRefused({ exceeded, isClosed }: Admission): boolean {
  return isClosed === true || exceeded.length > 0;
}

export interface Exceeded extends Omit<Rate, "name"> {
  readonly name: LimitName | SharedLimitName;
  readonly demanded: number;
}

type Row = { readonly slot_start: number; readonly used: number };

/** What an owner has used of their limits. Every method is synchronous. */
export class Usage {
  constructor(
    private readonly sql: SqlStorage,
    private readonly windows: () => Windows,
  ) {}

  /** Counts the demand, or, where any limit does not allow it, nothing. */
  admit(demand: Demand, limits: OwnerLimits, now: number): Admission {
    const exceeded = this.#exceeded(demand, limits, now);
    if (exceeded.length === 0) {
      wantedOf(demand, limits).forEach(({ name, amount }) => this.#count(name, amount, now));
    }
    return { rates: this.rates(demand, limits, now), exceeded };
  }

  /** What {@link admit} would answer now if it refused; undefined: it would not. */
  refusal(demand: Demand, limits: OwnerLimits, now: number): Admission | undefined {
    const exceeded = this.#exceeded(demand, limits, now);
    return exceeded.length === 0 ? undefined : { rates: this.rates(demand, limits, now), exceeded };
  }

  rates(demand: Demand, limits: OwnerLimits, now: number): Rate[] {
    return wantedOf(demand, limits).map(({ name, limit }) => this.#rate(name, limit, 1, now));
  }

  #exceeded(demand: Demand, limits: OwnerLimits, now: number): Exceeded[] {
    return wantedOf(demand, limits).flatMap(({ name, amount, limit }) => {
      const rate = this.#rate(name, limit, amount, now);
      return rate.remaining < amount ? [{ ...rate, demanded: amount }] : [];
    });
  }

  /** @param amount for which there is to be room when the limit resets */
  #rate(name: LimitName, limit: number, amount: number, now: number): Rate {
    const window = this.windows()[name];
    const rows = this.#rows(name, window, now);
    const used = rows.reduce((sum, row) => sum + row.used, 0);
    return {
      name,
      limit,
      remaining: Math.max(0, limit - used),
      windowMs: window.slotMs * window.slots,
      resetMs: leavesAt(rows, window, used + amount - limit, now) - now,
    };
  }

  /** Those of the window, oldest first. */
  #rows(name: LimitName, window: Window, now: number): Row[] {
    return this.sql
      .exec<Row>(
        `SELECT slot_start, used FROM usage WHERE limit_name = ? AND slot_start >= ?
         ORDER BY slot_start`,
        ...[name, windowStart(window, now)],
      )
      .toArray();
  }

  #count(name: LimitName, amount: number, now: number): void {
    const window = this.windows()[name];
    this.sql.exec(
      `INSERT INTO usage (limit_name, slot_start, used) VALUES (?, ?, ?)
       ON CONFLICT (limit_name, slot_start) DO UPDATE SET used = used + excluded.used`,
      ...[name, slotStart(window, now), amount],
    );
    this.sql.exec(
      "DELETE FROM usage WHERE limit_name = ? AND slot_start < ?",
      ...[name, windowStart(window, now)],
    );
  }
}

function wantedOf(
  demand: Demand,
  limits: OwnerLimits,
): { readonly name: LimitName; readonly amount: number; readonly limit: number }[] {
  return LIMIT_NAMES.flatMap((name) => {
    const amount = demand[name];
    const limit = limits[name];
    return amount === undefined || limit === undefined ? [] : [{ name, amount, limit }];
  });
}

/** When so much has left the window, or else the first of it. */
function leavesAt(rows: readonly Row[], window: Window, excess: number, now: number): number {
  const lengthMs = window.slotMs * window.slots;
  let left = 0;
  const last = rows.find((row) => (left += row.used) >= Math.max(1, excess)) ?? rows.at(-1);
  return (last?.slot_start ?? slotStart(window, now)) + lengthMs;
}

function slotStart({ slotMs }: Window, now: number): number {
  return Math.floor(now / slotMs) * slotMs;
}

function windowStart(window: Window, now: number): number {
  return slotStart(window, now) - (window.slots - 1) * window.slotMs;
}
