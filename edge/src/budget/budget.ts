import { DurableObject } from "cloudflare:workers";
import { EVENT_OUTBOX_TABLE, EventOutbox } from "../account/event-outbox.js";
import { alarmRetryMs } from "../alarm-retry.js";
import { dayMs } from "../config.js";
import { derivedId } from "../encoding.js";
import type { Lease, LeaseRequest } from "../limits/leases.js";
import { isBudget, type Pool, type PoolName } from "../limits/pools.js";
import { log, messageOf } from "../log.js";
import { isMigrated, migrate } from "../sql/migrations.js";
import { Ledger, LEDGER_TABLES, type PoolUse, UNUSED } from "./ledger.js";

/** Each runs once per object, in order. Never change one that was deployed: add another. */
const BUDGET_MIGRATIONS: readonly string[] = [
  `${LEDGER_TABLES}
   ${EVENT_OUTBOX_TABLE}
   CREATE TABLE budget_day (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     forget_at INTEGER NOT NULL
   ) STRICT;`,
];

/** The event is published at once; the alarm takes over a little later if that is interrupted. */
const OUTBOX_ALARM_MS = 1_000;

/**
 * One per channel and day of UTC, and one per day for all channels, named by `budgetName`. Accounts lease from
 * its pools, so that it is not asked for each task. What is leased and not used expires with the day; the next day's
 * object begins anew. It publishes once that a budget is used up.
 */
export class BudgetDO extends DurableObject<Env> {
  readonly #ledger: Ledger;
  readonly #events: EventOutbox;
  #upToDate = false;
  #failures = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#ledger = new Ledger(ctx.storage.sql);
    this.#events = new EventOutbox(env, "", ctx.storage.sql);
  }

  /** What the account has of the pool then; asked again, the same. */
  async lease(account: string, { pool, dayStart, total }: LeaseRequest): Promise<Lease> {
    const id = await derivedId(this.ctx.id.name ?? "");
    await this.#openForWriting(dayStart);
    const lease = this.#ledger.lease(pool.name, pool.size, account, total);
    if (isBudget(pool) && lease.leased < total && !this.#ledger.used(pool.name).isExceeded) {
      this.#exceed(id, pool, dayStart);
    }
    return { ...lease, isExceeded: this.#ledger.used(pool.name).isExceeded };
  }

  used(pool: PoolName): PoolUse {
    return this.#open() ? this.#ledger.used(pool) : UNUSED;
  }

  /** Never throws: after six failures in a row the platform would give the alarm up. */
  override async alarm(): Promise<void> {
    try {
      if (this.#open()) {
        await this.#events.run();
        await this.#setAlarm();
      }
      this.#failures = 0;
    } catch (error) {
      const delay = alarmRetryMs(this.#failures++);
      const details = { budget: this.ctx.id.name, delay, reason: messageOf(error) };
      log("ERROR", "the budget's alarm failed and is set again", details);
      await this.ctx.storage.setAlarm(Date.now() + delay);
    }
  }

  /** Once: remembered and published together. */
  #exceed(id: string, { name, channel, size }: Pool, dayStart: number): void {
    const now = Date.now();
    this.#ledger.exceed(name, now);
    const payload = {
      ...(channel === undefined ? {} : { channel }),
      day: new Date(dayStart).toISOString().slice(0, 10),
      units: this.#ledger.used(name).leased,
      budget: size,
    };
    const event = { id, channel: channel ?? "", run: 1, timestamp: now, payload };
    this.#events.add({ eventType: "budget.exceeded", ...event }, now);
    log("WARNING", "a budget is used up: analysis is skipped until tomorrow", payload);
    void this.ctx.storage.setAlarm(now + OUTBOX_ALARM_MS);
    this.ctx.waitUntil(this.alarm());
  }

  /** For an event that is not published, or else for when nobody asks for this day any more. */
  async #setAlarm(): Promise<void> {
    const dueAt = this.#events.dueAt();
    const { forget_at: forgetAt } = this.ctx.storage.sql
      .exec<{ forget_at: number }>("SELECT forget_at FROM budget_day")
      .one();
    if (dueAt === undefined && forgetAt <= Date.now()) {
      await this.ctx.storage.deleteAll();
      this.#upToDate = false;
    } else {
      await this.ctx.storage.setAlarm(Math.max(dueAt ?? forgetAt, Date.now() + 1));
    }
  }

  async #openForWriting(dayStart: number): Promise<void> {
    if (!this.#open()) {
      this.#upToDate = migrate(this.ctx.storage.sql, BUDGET_MIGRATIONS);
      // A day after its own has ended: no call is under way then that was made before.
      const forgetAt = dayStart + 2 * dayMs(this.env);
      this.ctx.storage.sql.exec("INSERT INTO budget_day (id, forget_at) VALUES (1, ?)", forgetAt);
      await this.ctx.storage.setAlarm(forgetAt);
    }
  }

  /** False: nobody has leased anything. */
  #open(): boolean {
    this.#upToDate ||=
      isMigrated(this.ctx.storage.sql) && migrate(this.ctx.storage.sql, BUDGET_MIGRATIONS);
    return this.#upToDate;
  }
}
