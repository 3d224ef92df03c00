import type { Budget } from "../../client/src/generated/api.js";
import { pause } from "../../client/src/retry.js";
import { byId } from "../dom.js";
import type { Change } from "../edge/account-feed.js";
import type { Api } from "../edge/api.js";
import { type Listeners, runOnEvery } from "../listeners.js";

/** What changes within it is shown together. */
const MIN_INTERVAL_MS = 2_000;

/** Shows what is left of the day's budgets of analyses until the signal is aborted; ends where there are none. */
export async function showBudgets(
  api: Api,
  changes: Listeners<Change>,
  signal: AbortSignal,
): Promise<void> {
  const line = byId("budget", HTMLElement);
  signal.addEventListener("abort", () => line.replaceChildren());
  if ((await api.client.account.get({ signal })).budgets.length === 0) {
    return;
  }
  const read = async (): Promise<void> => {
    const { budgets } = await api.client.account.get({ signal });
    const text = budgetText(budgets);
    // The same text again would be read out again.
    if (text !== line.textContent) {
      line.textContent = text;
    }
    await pause(MIN_INTERVAL_MS, signal);
  };
  await runOnEvery(changes, () => true, read, signal);
}

/** Of several budgets, about the one that leaves least; empty: the edge does not know it at the moment. */
export function budgetText(budgets: readonly Budget[]): string {
  const exceeded = budgets.find((budget) => budget.exceeded === true);
  if (exceeded !== undefined) {
    const until = new Date(exceeded.resetsAt).toLocaleString();
    return `Today's budget for analyses is used up: until ${until} images are processed without theirs.`;
  }
  const [least] = budgets
    .flatMap(({ unitsLeft, unitsPerDay }) =>
      unitsLeft === undefined ? [] : [{ unitsLeft, unitsPerDay }],
    )
    .sort((one, other) => one.unitsLeft - other.unitsLeft);
  return least === undefined
    ? ""
    : `Of today's ${least.unitsPerDay} analyses, ${least.unitsLeft} are left for all users. An image counts once for each thing to look for.`;
}
