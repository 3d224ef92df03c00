import { z } from "@hono/zod-openapi";
import type { Channel } from "../channels/channel.js";
import { dayMs, totalBudget } from "../config.js";
import { prices } from "../generated/prices.js";
import { budgetName, isBudget, type Pool, poolsOf } from "../limits/pools.js";
import { log, messageOf } from "../log.js";
import { withinTimeout } from "../within-timeout.js";

export const budgetSchema = z
  .object({
    scope: z.enum(["channel", "all"]).openapi({
      description: "Whose it is: that of all users of this channel, or of all channels",
    }),
    unitsPerDay: z.int().openapi({
      description: "In units of the provider of analyses: one for each feature of an image",
    }),
    dollarsPerDay: z.number().openapi({ description: "The same in US dollars, by list price" }),
    unitsLeft: z.int().optional().openapi({
      description:
        "What no user has taken of it today; left out where it is not known at the moment",
    }),
    exceeded: z.boolean().optional().openapi({
      description:
        "Whether a task was not analysed today because it did not fit; left out as `unitsLeft` is",
    }),
    resetsAt: z.iso.datetime().openapi({ description: "When the next day begins" }),
  })
  .openapi("Budget");

export type BudgetState = z.output<typeof budgetSchema>;

/** The budgets that are for a channel's users, as they stand. */
export function budgetsOf(channel: Channel, env: Env): Promise<BudgetState[]> {
  const { pools = [] } = poolsOf(channel, totalBudget(env));
  return Promise.all(pools.filter(isBudget).map((pool) => stateOf(pool, env)));
}

async function stateOf(pool: Pool, env: Env): Promise<BudgetState> {
  const dayStart = Math.floor(Date.now() / dayMs(env)) * dayMs(env);
  return {
    scope: pool.channel === undefined ? "all" : "channel",
    unitsPerDay: pool.size,
    // A whole number of hundredths of a cent: binary fractions do not show.
    dollarsPerDay: Math.round(pool.size * prices.visionUnit * 10_000) / 10_000,
    ...(await usedOn(dayStart, pool, env)),
    resetsAt: new Date(dayStart + dayMs(env)).toISOString(),
  };
}

async function usedOn(
  dayStart: number,
  pool: Pool,
  env: Env,
): Promise<{ readonly unitsLeft?: number; readonly exceeded?: boolean }> {
  try {
    const budget = env.BUDGETS.getByName(budgetName(pool, dayStart));
    const { leased, isExceeded } = await withinTimeout(budget.used(pool.name));
    return { unitsLeft: Math.max(0, pool.size - leased), exceeded: isExceeded };
  } catch (error) {
    log("ERROR", "reading a budget failed", { reason: messageOf(error) });
    return {};
  }
}
