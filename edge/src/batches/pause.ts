/** The longest that a limit is waited for without asking again. */
const MAX_PAUSE_MS = 3_600_000;

/** Of an admission: what a pause depends on. */
interface Refused {
  readonly exceeded: readonly { readonly resetMs: number }[];
  readonly isClosed?: true;
}

/** For how long nothing is submitted after a refusal. An account that is being deleted removes the batch itself. */
export function pauseOf({ exceeded, isClosed }: Refused): number {
  return isClosed === true
    ? MAX_PAUSE_MS
    : Math.min(MAX_PAUSE_MS, Math.max(...exceeded.map(({ resetMs }) => resetMs)) + 1);
}
