import { dayMs } from "../config.js";
import { withinTimeout } from "../within-timeout.js";
import { type LeaseRequest, Leases } from "./leases.js";
import type { Demand, OwnerLimits } from "./owner-limits.js";
import { BUDGET_EXCEEDED, budgetName, isBudget, type Pool } from "./pools.js";
import { type Admission, isRefused, type Usage } from "./usage.js";

/** What is to be counted, and against what. */
export interface AdmissionRequest {
  readonly demand: Demand;
  /** The owner's own. */
  readonly limits?: OwnerLimits;
  /** What the owner shares with others. */
  readonly pools?: readonly Pool[];
}

/** Nothing is decided or counted: this must be leased before. */
export interface LeasesNeeded {
  readonly toLease: readonly LeaseRequest[];
}

/** Each time another of the account's tasks got what was leased. Then the report comes again, later. */
const MAX_LEASE_ATTEMPTS = 100;

export function needsLeases(answer: object): answer is LeasesNeeded {
  return "toLease" in answer;
}

/**
 * Whether a demand is within what the owner may use alone, and together with others. It is counted everywhere, or,
 * where anything refuses it, nowhere.
 */
export class Admissions {
  readonly #leases: Leases;

  constructor(
    private readonly env: Env,
    private readonly owner: string,
    sql: SqlStorage,
    private readonly usage: Usage,
  ) {
    this.#leases = new Leases(sql, () => dayMs(env));
  }

  /**
   * Decides by what the account has leased; where that is too little to know, it leases and decides again. Meanwhile
   * others may have used what was leased: then it leases once more, until the pool is empty.
   *
   * @param decide counts what it decides, synchronously
   */
  async withLeases<T extends object>(decide: () => T | LeasesNeeded): Promise<T> {
    for (let attempts = 0; attempts < MAX_LEASE_ATTEMPTS; attempts++) {
      const decision = decide();
      if (!needsLeases(decision)) {
        return decision;
      }
      await Promise.all(decision.toLease.map((request) => this.#lease(request)));
    }
    throw new Error(`leases are used up by others, ${MAX_LEASE_ATTEMPTS} times`);
  }

  admit(request: AdmissionRequest, now: number): Admission | LeasesNeeded {
    const { demand, limits = {}, pools = [] } = request;
    const refusal = this.refusal(request, now);
    if (refusal !== undefined) {
      return refusal;
    }
    const { toLease, isBudgetExceeded } = this.#leases.check(demand, pools, now);
    if (toLease.length > 0) {
      return { toLease };
    }
    const admission = this.usage.admit(demand, limits, now);
    if (isRefused(admission)) {
      return admission;
    }
    const counted = isBudgetExceeded ? pools.filter((pool) => !isBudget(pool)) : pools;
    this.#leases.count(demand, counted, now);
    return isBudgetExceeded ? { ...admission, skipAnalysis: BUDGET_EXCEEDED } : admission;
  }

  /** What {@link admit} would answer if it is known without a lease that it refuses; undefined else. */
  refusal(
    { demand, limits = {}, pools = [] }: AdmissionRequest,
    now: number,
  ): Admission | undefined {
    const { exceeded } = this.#leases.check(demand, pools, now);
    return (
      this.usage.refusal(demand, limits, now) ??
      (exceeded.length === 0
        ? undefined
        : { rates: this.usage.rates(demand, limits, now), exceeded })
    );
  }

  async #lease(request: LeaseRequest): Promise<void> {
    const budget = this.env.BUDGETS.getByName(budgetName(request.pool, request.dayStart));
    this.#leases.put(request, await withinTimeout(budget.lease(this.owner, request)));
  }
}
