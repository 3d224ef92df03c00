import type { Admission } from "./usage.js";

const MAX_OWNERS = 10_000;

/** Until when an owner's limits are used up, by owner; of this isolate. */
const usedUpUntil = new Map<string, number>();

/**
 * Remembers who was refused. It is only a hint: whose limits are believed to be used up, their account is asked
 * before a coordinator is made for what it would refuse.
 */
export function rememberRefusal(owner: string, { exceeded }: Admission, now: number): void {
  if (usedUpUntil.size >= MAX_OWNERS) {
    usedUpUntil.clear();
  }
  usedUpUntil.set(owner, now + Math.max(...exceeded.map(({ resetMs }) => resetMs)));
}

export function wasRefused(owner: string, now: number): boolean {
  const until = usedUpUntil.get(owner);
  if (until !== undefined && until <= now) {
    usedUpUntil.delete(owner);
  }
  return until !== undefined && until > now;
}
