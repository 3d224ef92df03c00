import type { Priority } from "../events/routing.js";

/** In which order priorities come. */
export const RANKS: Readonly<Record<Priority, number>> = { high: 0, normal: 1, low: 2 };

/** The first that waits of a priority. */
export interface Head {
  /** Of its priority, see {@link RANKS}. */
  readonly rank: number;
  /** Grows in the order in which tasks began to wait. */
  readonly position: number;
  readonly queuedAt: number;
}

/** Of so many turns one is that of who has waited longest, if that is too long. */
export const TURNS_OF_ALL = 8;

/**
 * Whose turn it is: higher priorities come first. One turn in eight, whoever has waited longer than
 * `agedAfterMs` comes first, oldest first, whatever the priority: so nothing waits for ever behind
 * higher ones, and a long queue of aged tasks still does not delay higher ones by more than an eighth.
 *
 * @param heads of each priority of which any wait
 * @param turn how many turns there were before
 * @returns undefined: nothing waits
 */
export function nextHead<H extends Head>(
  heads: readonly H[],
  turn: number,
  now: number,
  agedAfterMs: number,
): H | undefined {
  const aged = heads.filter(({ queuedAt }) => now - queuedAt > agedAfterMs);
  const isTurnOfAll = turn % TURNS_OF_ALL === TURNS_OF_ALL - 1;
  const [first] =
    isTurnOfAll && aged.length > 0
      ? aged.toSorted((one, other) => one.position - other.position)
      : heads.toSorted((one, other) => one.rank - other.rank);
  return first;
}
