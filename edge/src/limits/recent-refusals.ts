import type { Demand } from "./owner-limits.js";
import type { Admission } from "./usage.js";

const MAX_OWNERS = 10_000;

/** What was refused, and why. */
export interface Refusal {
  readonly demand: Demand;
  readonly admission: Admission;
}

/** The latest of each owner, and when; of this isolate. */
const refusals = new Map<string, Refusal & { readonly at: number }>();

/**
 * Remembers who was refused what: the same would be refused again until the limit resets. For anything else it is a
 * hint only: the owner's account is asked before a coordinator is made for what it would refuse.
 */
export function rememberRefusal(owner: string, refusal: Refusal, now: number): void {
  if (refusals.size >= MAX_OWNERS) {
    refusals.clear();
  }
  refusals.set(owner, { ...refusal, at: now });
}

/** The owner's latest refusal as it stands now; undefined: there is none, or all its limits have reset. */
export function recentRefusal(owner: string, now: number): Refusal | undefined {
  const found = refusals.get(owner);
  if (found === undefined) {
    return undefined;
  }
  const { demand, admission, at } = found;
  const exceeded = notReset(admission.exceeded, now - at);
  if (exceeded.length === 0) {
    refusals.delete(owner);
    return undefined;
  }
  return { demand, admission: { rates: notReset(admission.rates, now - at), exceeded } };
}

/** Those that have not reset meanwhile, with the time that is left. */
function notReset<T extends { readonly resetMs: number }>(
  limits: readonly T[],
  passedMs: number,
): T[] {
  return limits
    .filter(({ resetMs }) => resetMs > passedMs)
    .map((limit) => ({ ...limit, resetMs: limit.resetMs - passedMs }));
}
