import type { Channel } from "../channels/channel.js";
import type { Demand } from "./owner-limits.js";

/** What the users of a channel may use in a day together. A limit that is left out does not apply. */
export interface ChannelLimits {
  readonly submissionsPerDay?: number;
  readonly unitsPerDay?: number;
}

/** A day's amount that the accounts of a channel share, or those of all channels. */
export interface Pool {
  readonly name: PoolName;
  readonly size: number;
  /** Whose users share it; undefined: those of all channels. */
  readonly channel?: string;
}

/** A task for which there is no room in one of these is refused. */
export type SharedLimitName = "channelSubmissionsPerDay" | "channelUnitsPerDay";
/** A task for which there is no room in one of these is carried out without its analysis. */
export type BudgetName = "channelBudget" | "totalBudget";
export type PoolName = SharedLimitName | BudgetName;

/** As `analysis.skipped` says it. */
export const BUDGET_EXCEEDED = "budget_exceeded";

const COUNTED: Readonly<Record<PoolName, "submissionsPerDay" | "unitsPerDay">> = {
  channelSubmissionsPerDay: "submissionsPerDay",
  channelUnitsPerDay: "unitsPerDay",
  channelBudget: "unitsPerDay",
  totalBudget: "unitsPerDay",
};

export function isBudget({ name }: Pool): boolean {
  return isBudgetName(name);
}

export function isBudgetName(name: PoolName): name is BudgetName {
  return name === "channelBudget" || name === "totalBudget";
}

/** The name of the `BudgetDO` that has the pool on the day that begins then. */
export function budgetName({ channel }: Pool, dayStart: number): string {
  return `${channel === undefined ? "all" : `channel:${channel}`}|${dayStart}`;
}

/** How much of the pool a demand takes. */
export function amountOf(demand: Demand, { name }: Pool): number {
  return demand[COUNTED[name]] ?? 0;
}

/**
 * What a channel's users share; left out where nothing is.
 *
 * @param totalBudget in units a day, for all channels; undefined: there is none
 */
export function poolsOf(
  { name: channel, limits, budget }: Channel,
  totalBudget: number | undefined,
): { readonly pools?: readonly Pool[] } {
  const all = [
    { name: "channelSubmissionsPerDay", size: limits.channel?.submissionsPerDay, channel },
    { name: "channelUnitsPerDay", size: limits.channel?.unitsPerDay, channel },
    { name: "channelBudget", size: budget?.unitsPerDay, channel },
    { name: "totalBudget", size: totalBudget },
  ] as const;
  const pools = all.flatMap((pool) =>
    pool.size === undefined ? [] : [{ ...pool, size: pool.size }],
  );
  return pools.length === 0 ? {} : { pools };
}
