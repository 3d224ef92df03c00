/** A page of the feed. */
export interface FeedPage {
  /** Each as JSON text (feed-entry.ts). */
  readonly entries: readonly string[];
  /** Nothing else comes before it: where the next page begins. */
  readonly cursor: number;
  /** Whether there may be a next page. */
  readonly more: boolean;
}
