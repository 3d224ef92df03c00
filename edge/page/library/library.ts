import { ProblemError } from "../../client/src/problem-error.js";
import { pause } from "../../client/src/retry.js";
import type { Change } from "../edge/account-feed.js";
import type { Api, LibraryItem, LibraryQuery } from "../edge/api.js";
import { Listeners, runOnEvery } from "../listeners.js";

/** How many images are shown at first, and how many more each time. */
const PAGE_LENGTH = 24;
/** The most that the edge answers at once. */
const MAX_LIMIT = 200;
/** Changes that come closer together are shown together. */
const MIN_INTERVAL_MS = 250;

const EVERYTHING: LibraryQuery = { text: "", status: "" };

/**
 * The owner's images as the edge lists them. After each change, what is shown is read again: so this
 * window shows what every other one does, in the same order, and matches as the edge matches.
 */
export class Library {
  readonly updates = new Listeners();
  readonly #due = new Listeners();
  #query = EVERYTHING;
  #wanted = PAGE_LENGTH;
  #items: readonly LibraryItem[] = [];
  #hasMore = false;
  #isLoaded = false;
  #refusal: ProblemError | undefined;

  constructor(private readonly api: Api) {}

  /** Newest first. */
  get items(): readonly LibraryItem[] {
    return this.#items;
  }

  get hasMore(): boolean {
    return this.#hasMore;
  }

  /** False: the edge has not answered yet. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  get isFiltered(): boolean {
    return this.#query.text !== "" || this.#query.status !== "";
  }

  /** Why the items are not those of the latest query. */
  get refusal(): ProblemError | undefined {
    return this.#refusal;
  }

  show(query: LibraryQuery): void {
    this.#query = query;
    this.#wanted = PAGE_LENGTH;
    this.#due.notify();
  }

  showMore(): void {
    this.#wanted += PAGE_LENGTH;
    this.#due.notify();
  }

  /** Keeps the items up to date until the signal is aborted. */
  async follow(changes: Listeners<Change>, signal: AbortSignal): Promise<never> {
    changes.add(() => this.#due.notify(), signal);
    const read = async (): Promise<void> => {
      await this.#read(signal);
      await pause(MIN_INTERVAL_MS, signal);
    };
    return await runOnEvery(this.#due, () => true, read, signal);
  }

  async #read(signal: AbortSignal): Promise<void> {
    const [query, wanted] = [this.#query, this.#wanted];
    try {
      const items: LibraryItem[] = [];
      let cursor: string | undefined;
      do {
        const limit = Math.min(wanted - items.length, MAX_LIMIT);
        const page = await this.api.list(query, cursor, limit, signal);
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== undefined && items.length < wanted);
      this.#items = items;
      this.#hasMore = cursor !== undefined;
      this.#refusal = undefined;
    } catch (error) {
      if (!(error instanceof ProblemError)) {
        throw error;
      }
      this.#refusal = error;
    }
    this.#isLoaded = true;
    this.updates.notify();
  }
}
