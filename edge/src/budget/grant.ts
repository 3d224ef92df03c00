/** An account gets so much more than it needs, in parts of what it has leased before. */
const AHEAD = 1 / 4;
/** But no more than this part of what is left. */
const MAX_AHEAD = 1 / 50;

/**
 * How much an account gets. Who has used much gets something ahead, so that it does not ask for each task; who has
 * not gets what it needs, so that little of the pool lies with accounts that do not use it.
 */
export function grantOf(leasedBefore: number, needed: number, left: number): number {
  if (needed <= 0 || needed > left) {
    return 0;
  }
  return Math.max(needed, Math.floor(Math.min(leasedBefore * AHEAD, left * MAX_AHEAD)));
}
