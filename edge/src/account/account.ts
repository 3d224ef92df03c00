import { DurableObject } from "cloudflare:workers";
import { accountClocks, limitWindows } from "../config.js";
import type { MediaUploadCompleted } from "../generated/events.js";
import type { LibraryEntry } from "../generated/library.js";
import { type ApiKey, KeyStore, type NewApiKey } from "../keys/key-store.js";
import type { Demand, OwnerLimits } from "../limits/owner-limits.js";
import { type Admission, Usage } from "../limits/usage.js";
import { isMigrated, migrate } from "../sql/migrations.js";
import { AccountUploads } from "../uploads/account-uploads.js";
import type { CompletedUpload, Upload } from "../uploads/upload.js";
import { AccountWebhooks } from "../webhooks/account-webhooks.js";
import type { Disabled } from "../webhooks/endpoint.js";
import type { Secrets } from "../webhooks/secrets.js";
import type {
  Subscription,
  SubscriptionChange,
  SubscriptionSettings,
} from "../webhooks/subscription.js";
import { answerClose } from "../websocket.js";
import { AccountAlarm } from "./account-alarm.js";
import type { AccountView } from "./account-view.js";
import { EventOutbox } from "./event-outbox.js";
import { Feed } from "./feed.js";
import type { FeedEntry } from "./feed-entry.js";
import type { FeedPage } from "./feed-page.js";
import { CURSOR_HEADER, LIVE_HEADER, TYPES_HEADER } from "./feed-reader.js";
import { FeedSockets, MAX_UNREAD } from "./feed-sockets.js";
import { Library } from "./library.js";
import { type LibraryPage, type LibraryQuery, LibrarySearch } from "./library-search.js";
import {
  Mail,
  type MailChoice,
  type MailLink,
  type MailPreferences,
  type MailRefusal,
  NO_MAIL,
} from "./mail.js";
import type { TaskReport } from "./report.js";
import { ACCOUNT_MIGRATIONS } from "./schema.js";
import { TaskReports } from "./task-reports.js";

/**
 * One per owner, named by the owner. Made of parts, each with its own tables: the library of the
 * owner's tasks, the feed of what happens to them, the webhooks that it is sent to, the mail that the owner
 * wants, and the owner's API keys and uploads. Coordinators report to it through their outboxes; it never waits
 * for one of them.
 */
export class AccountDO extends DurableObject<Env> {
  readonly #feed: Feed;
  readonly #keys: KeyStore;
  readonly #library: Library;
  readonly #search: LibrarySearch;
  readonly #sockets: FeedSockets;
  readonly #mail: Mail;
  readonly #uploads: AccountUploads;
  readonly #webhooks: AccountWebhooks;
  readonly #reports: TaskReports;
  readonly #alarm: AccountAlarm;
  #upToDate = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#feed = new Feed(ctx.storage.sql);
    this.#keys = new KeyStore(ctx.storage.sql);
    this.#library = new Library(ctx.storage.sql);
    this.#search = new LibrarySearch(ctx.storage.sql);
    this.#sockets = new FeedSockets(ctx);
    const owner = ctx.id.name ?? "";
    const events = new EventOutbox(env, owner, ctx.storage.sql);
    this.#mail = new Mail(env, ctx.storage.sql, events);
    const usage = new Usage(ctx.storage.sql, () => limitWindows(env));
    this.#uploads = new AccountUploads(ctx.storage.sql, events, usage);
    this.#webhooks = new AccountWebhooks(env, owner, ctx.storage.sql, this.#feed, events);
    this.#reports = new TaskReports(usage, this.#library, this.#feed, this.#webhooks);
    this.#alarm = new AccountAlarm(ctx, [this.#webhooks, events]);
  }

  /**
   * Takes over what a coordinator reports about a task of this owner.
   *
   * @returns whether the owner's limits allow it; undefined: none applies, or it was admitted before
   */
  async report(report: TaskReport): Promise<Admission | undefined> {
    await this.#openForWriting();
    const taken = this.#reports.take(report, Date.now());
    this.#announce(taken.entries);
    return taken.admission;
  }

  /** Why {@link report} would refuse a new task with this id; undefined: it would not. */
  refusal(taskId: string, demand: Demand, limits: OwnerLimits): Admission | undefined {
    return this.#open() ? this.#reports.refusal(taskId, demand, limits, Date.now()) : undefined;
  }

  /** Takes over what tag-indexer found; false: the task's coordinator has not reported it here. */
  async index(taskId: string, entry: LibraryEntry): Promise<boolean> {
    await this.#openForWriting();
    const { isReported, entries } = this.#reports.index(taskId, entry, Date.now());
    this.#announce(entries);
    return isReported;
  }

  list(query: LibraryQuery): LibraryPage {
    return this.#open() ? this.#search.page(query) : { items: [] };
  }

  view(): AccountView {
    return this.#open()
      ? {
          tasks: this.#library.counts(),
          cursor: this.#feed.head(),
          mail: this.#mail.settings(Date.now()),
        }
      : { tasks: {}, cursor: 0, mail: NO_MAIL };
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
    return this.#feed.read(after, types, limit);
  }

  /** Undefined: there are as many as there may be. */
  createWebhook(
    settings: SubscriptionSettings,
    channel: string,
  ): Promise<Subscription | undefined> {
    return this.#change(() => this.#webhooks.create(settings, channel));
  }

  /** Oldest first. */
  webhooks(): Subscription[] {
    return this.#open() ? this.#webhooks.list() : [];
  }

  webhook(webhookId: string): Subscription | undefined {
    return this.#open() ? this.#webhooks.get(webhookId) : undefined;
  }

  updateWebhook(webhookId: string, change: SubscriptionChange): Promise<Subscription | undefined> {
    return this.#change(() => this.#webhooks.update(webhookId, change));
  }

  rotateWebhookSecret(webhookId: string): Promise<Subscription | undefined> {
    return this.#change(() => this.#webhooks.rotateSecret(webhookId));
  }

  /** False: there is none. */
  removeWebhook(webhookId: string): Promise<boolean> {
    return this.#change(() => this.#webhooks.remove(webhookId));
  }

  /** As the webhook's own object reports. */
  webhookDisabled(webhookId: string, version: number, disabled: Disabled): Promise<void> {
    return this.#change(() => this.#webhooks.disable(webhookId, version, disabled));
  }

  /** What signs for tasks' own webhooks. */
  webhookSecrets(): Promise<Secrets> {
    return this.#change(() => this.#webhooks.defaultSecrets());
  }

  rotateWebhookSecrets(): Promise<Secrets> {
    return this.#change(() => this.#webhooks.rotateDefaultSecret());
  }

  /** False: there are as many live keys as there may be. */
  addApiKey(key: NewApiKey, limit: number): Promise<boolean> {
    return this.#change(() => this.#keys.add(key, limit));
  }

  /** Oldest first. */
  apiKeys(): ApiKey[] {
    return this.#open() ? this.#keys.list() : [];
  }

  /** False: there is none. */
  revokeApiKey(keyId: string): boolean {
    return this.#open() && this.#keys.revoke(keyId);
  }

  /** Undefined: there is none with that hash. */
  useApiKey(hash: string, now: number): ApiKey | undefined {
    return this.#open() ? this.#keys.use(hash, now) : undefined;
  }

  addUpload(upload: Upload, limits: OwnerLimits): Promise<Admission> {
    return this.#change(() => this.#uploads.add(upload, limits, Date.now()));
  }

  /** Undefined: there is none, or it is not known any more. */
  upload(uploadId: string): Upload | undefined {
    return this.#open() ? this.#uploads.get(uploadId) : undefined;
  }

  /** The object is there as declared. Undefined as for {@link upload}. */
  completeUpload(
    uploadId: string,
    object: MediaUploadCompleted["object"],
  ): Promise<CompletedUpload | undefined> {
    return this.#change(() => this.#uploads.complete(uploadId, object, Date.now()));
  }

  chooseMail(choice: MailChoice): Promise<AccountView | MailRefusal> {
    return this.#change(() => this.#mail.choose(choice, Date.now()) ?? this.view());
  }

  mail(): Promise<MailPreferences> {
    return this.#change(() => this.#mail.preferences(Date.now()));
  }

  /** Whether that switched mail off. */
  mailBounced(address: string): boolean {
    return this.#open() && this.#mail.bounced(address, Date.now());
  }

  /** Shows or follows a link; false: this account's mail has no such link. */
  mailLink(step: "show" | "follow", link: MailLink, token: string): boolean {
    return this.#open() && this.#mail[step](link, token, Date.now());
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

  override alarm(): Promise<void> {
    return this.#alarm.onAlarm(
      () => this.#open(),
      (now) => this.#sweep(now),
    );
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    this.#sockets.onMessage(socket, message);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    answerClose(socket, code);
  }

  /** Answers in how many milliseconds it is due again. */
  #sweep(now: number): number {
    const { endedTaskMs, feedHistoryMs, uploadKeptMs, sweepMs } = accountClocks(this.env);
    this.#feed.trimBefore(now - feedHistoryMs);
    this.#library.forgetEndedBefore(now - endedTaskMs);
    this.#mail.forgetExpired(now);
    this.#uploads.forgetExpiredBefore(now - uploadKeptMs);
    return sweepMs;
  }

  #announce(entries: readonly FeedEntry[]): void {
    if (entries.length > 0) {
      this.#alarm.handOn();
      this.#sockets.broadcast(entries);
    }
  }

  #head(): number {
    return this.#open() ? this.#feed.head() : 0;
  }

  /** A change that others are to learn of. */
  async #change<T>(work: () => T): Promise<T> {
    await this.#openForWriting();
    const result = work();
    this.#alarm.handOn();
    return result;
  }

  async #openForWriting(): Promise<void> {
    this.#upToDate ||= migrate(this.ctx.storage.sql, ACCOUNT_MIGRATIONS);
    await this.#alarm.ensure(accountClocks(this.env).sweepMs);
  }

  /** Not in the constructor: a migration that throws there would take the alarm's handler along. */
  #open(): boolean {
    this.#upToDate ||=
      isMigrated(this.ctx.storage.sql) && migrate(this.ctx.storage.sql, ACCOUNT_MIGRATIONS);
    return this.#upToDate;
  }
}
