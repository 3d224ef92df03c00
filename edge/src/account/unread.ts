/** How far apart marks are: so many entries more may be unread than a reader is allowed. */
export const MARK_EVERY = 1_000;

/** What is stored of it with a reader's socket. */
export interface UnreadState {
  /** How many entries were sent. */
  readonly sent: number;
  /** How many of them are read, as far as the reader says. */
  readonly read: number;
  /** Of every so many entries that are not read: its seq, and how many were sent up to it. */
  readonly marks: readonly (readonly [seq: number, sent: number])[];
}

/**
 * Counts the entries that were sent to a reader and that it has not acknowledged. The distance of two
 * seqs would not do: a reader of some types is sent only some of what lies between.
 */
export class Unread {
  #state: UnreadState;

  constructor(state: UnreadState = { sent: 0, read: 0, marks: [] }) {
    this.#state = state;
  }

  get state(): UnreadState {
    return this.#state;
  }

  get count(): number {
    return this.#state.sent - this.#state.read;
  }

  add(seq: number): void {
    const { read, marks } = this.#state;
    const sent = this.#state.sent + 1;
    const isMark = sent % MARK_EVERY === 0;
    this.#state = { sent, read, marks: isMark ? [...marks, [seq, sent]] : marks };
  }

  /** The reader has read up to this seq, and, as far as is known, up to the next mark. */
  acknowledge(seq: number): void {
    const { sent, read, marks } = this.#state;
    const left = marks.filter(([marked]) => marked >= seq);
    this.#state = { sent, read: Math.max(read, left[0]?.[1] ?? sent), marks: left };
  }
}
