import { DurableObject } from "cloudflare:workers";
import { alarmRetryMs } from "../alarm-retry.js";
import { accountClocks } from "../config.js";
import type { LibraryEntry } from "../generated/library.js";
import { log, messageOf } from "../log.js";
import { isMigrated, migrate } from "../sql/migrations.js";
import { answerClose } from "../websocket.js";
import { Feed } from "./feed.js";
import { entriesOf, type FeedEntry, feedEntryJson } from "./feed-entry.js";
import type { FeedPage } from "./feed-page.js";
import { CURSOR_HEADER, LIVE_HEADER, TYPES_HEADER } from "./feed-reader.js";
import { FeedSockets, MAX_UNREAD } from "./feed-sockets.js";
import { Library } from "./library.js";
import { type LibraryPage, type LibraryQuery, LibrarySearch } from "./library-search.js";
import { isDeletedReport, type TaskReport } from "./report.js";
import { ACCOUNT_MIGRATIONS } from "./schema.js";

/** What `GET /v1/account` says. */
export interface AccountView {
  readonly tasks: Readonly<Record<string, number>>;
  /** The latest entry's of the feed. */
  readonly cursor: number;
}

/**
 * One per owner, named by the owner. Made of parts, each with its own tables: the library of the
 * owner's tasks and the feed of what happens to them. Coordinators report to it through their
 * outboxes; it never waits for one of them.
 */
export class AccountDO extends DurableObject<Env> {
  readonly #feed: Feed;
  readonly #library: Library;
  readonly #search: LibrarySearch;
  readonly #sockets: FeedSockets;
  #upToDate = false;
  #hasAlarm = false;
  #failedAlarms = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#feed = new Feed(ctx.storage.sql);
    this.#library = new Library(ctx.storage.sql);
    this.#search = new LibrarySearch(ctx.storage.sql);
    this.#sockets = new FeedSockets(ctx);
  }

  /**
   * Takes over what a coordinator reports about a task of this owner: library and feed change
   * together, or, for a repeat or a late report, not at all.
   */
  async report(report: TaskReport): Promise<void> {
    await this.#openForWriting();
    const now = Date.now();
    const { isNew, known } = this.#library.apply(report, now);
    if (!isNew) {
      return;
    }
    if (isDeletedReport(report)) {
      this.#feed.removeTask(report.taskId);
    }
    this.#onAppended(this.#feed.append(entriesOf(known, report), now));
  }

  /** Takes over what tag-indexer found. */
  async index(taskId: string, entry: LibraryEntry): Promise<void> {
    await this.#openForWriting();
    this.#library.index(taskId, entry, Date.now());
  }

  list(query: LibraryQuery): LibraryPage {
    return this.#open() ? this.#search.page(query) : { items: [] };
  }

  view(): AccountView {
    return this.#open()
      ? { tasks: this.#library.counts(), cursor: this.#feed.head() }
      : { tasks: {}, cursor: 0 };
  }

  /**
   * What comes after the cursor in the feed; undefined: the cursor is older than the history.
   *
   * @param after undefined: from the oldest entry that is kept
   * @param types undefined: all
   */
  feed(
    after: number | undefined,
    types: readonly string[] | undefined,
    limit: number,
  ): FeedPage | undefined {
    if (!this.#open()) {
      return { entries: [], cursor: after ?? 0, more: false };
    }
    const entries = this.#feed.page(after, types, limit);
    if (entries === "cursor_expired") {
      return undefined;
    }
    const more = entries.length === limit;
    const end = more ? entries.at(-1)?.seq : this.#feed.head();
    return {
      entries: entries.map(feedEntryJson),
      cursor: Math.max(after ?? 0, end ?? 0),
      more,
    };
  }

  /** Opens a WebSocket on the feed: 101, or 410 for a cursor that is older than the history. */
  override fetch(request: Request): Response {
    const header = request.headers.get(CURSOR_HEADER);
    const cursor = header === null ? undefined : Number(header);
    const types = request.headers.get(TYPES_HEADER)?.split(",");
    const after = request.headers.has(LIVE_HEADER) ? this.#head() : cursor;
    const page = this.feed(after, types, MAX_UNREAD);
    return page === undefined
      ? new Response(null, { status: 410 })
      : new Response(null, { status: 101, webSocket: this.#sockets.add(page, types) });
  }

  /** Never throws: after six failures in a row the platform would give the alarm up. */
  override async alarm(): Promise<void> {
    try {
      await this.#onAlarm();
      this.#failedAlarms = 0;
    } catch (error) {
      const delay = alarmRetryMs(this.#failedAlarms++);
      log("ERROR", "the account's alarm failed and is set again", {
        owner: this.ctx.id.name,
        delay,
        reason: messageOf(error),
      });
      await this.ctx.storage.setAlarm(Date.now() + delay);
    }
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    this.#sockets.onMessage(socket, message);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    answerClose(socket, code);
  }

  async #onAlarm(): Promise<void> {
    if (!this.#open()) {
      return;
    }
    const now = Date.now();
    const { endedTaskMs, feedHistoryMs, sweepMs } = accountClocks(this.env);
    this.#feed.trimBefore(now - feedHistoryMs);
    this.#library.forgetEndedBefore(now - endedTaskMs);
    await this.ctx.storage.setAlarm(now + sweepMs);
  }

  #head(): number {
    return this.#open() ? this.#feed.head() : 0;
  }

  /** Whoever is to receive what was appended. */
  #onAppended(entries: readonly FeedEntry[]): void {
    this.#sockets.broadcast(entries);
  }

  async #openForWriting(): Promise<void> {
    this.#upToDate ||= migrate(this.ctx.storage.sql, ACCOUNT_MIGRATIONS);
    if (!this.#hasAlarm && (await this.ctx.storage.getAlarm()) === null) {
      await this.ctx.storage.setAlarm(Date.now() + accountClocks(this.env).sweepMs);
    }
    this.#hasAlarm = true;
  }

  /** Not in the constructor: a migration that throws there would take the alarm's handler along. */
  #open(): boolean {
    this.#upToDate ||=
      isMigrated(this.ctx.storage.sql) && migrate(this.ctx.storage.sql, ACCOUNT_MIGRATIONS);
    return this.#upToDate;
  }
}
