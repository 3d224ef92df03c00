import { DurableObject } from "cloudflare:workers";
import { accountClocks } from "../config.js";
import type { MediaUploadCompleted } from "../generated/events.js";
import type { LibraryEntry } from "../generated/library.js";
import type { ApiKey, NewApiKey } from "../keys/key-store.js";
import type { AdmissionRequest } from "../limits/admissions.js";
import type { OwnerLimits } from "../limits/owner-limits.js";
import type { Admission } from "../limits/usage.js";
import { isMigrated, migrate } from "../sql/migrations.js";
import type { CompletedUpload, Upload } from "../uploads/upload.js";
import type { Disabled } from "../webhooks/endpoint.js";
import type { Secrets } from "../webhooks/secrets.js";
import type {
  Subscription,
  SubscriptionChange,
  SubscriptionSettings,
} from "../webhooks/subscription.js";
import { answerClose } from "../websocket.js";
import type { Deletion } from "./account-deletion.js";
import { type AccountParts, accountParts } from "./account-parts.js";
import type { AccountView } from "./account-view.js";
import type { FeedEntry } from "./feed-entry.js";
import type { FeedPage } from "./feed-page.js";
import { openedFeed } from "./feed-reader.js";
import { MAX_UNREAD } from "./feed-sockets.js";
import type { LibraryPage, LibraryQuery } from "./library-search.js";
import {
  type MailChoice,
  type MailLink,
  type MailPreferences,
  type MailRefusal,
  NO_MAIL,
} from "./mail.js";
import type { TaskReport } from "./report.js";
import type { ReportAnswer } from "./report-answer.js";
import { ACCOUNT_MIGRATIONS } from "./schema.js";

/**
 * One per owner, named by the owner. Made of parts, each with its own tables: the library of the
 * owner's tasks, the feed of what happens to them, the webhooks that it is sent to, the mail that the owner
 * wants, and the owner's API keys, uploads and batches. Coordinators report to it through their outboxes; it never waits
 * for one of them.
 */
export class AccountDO extends DurableObject<Env> {
  readonly #parts: AccountParts;
  #upToDate = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#parts = accountParts(ctx, env);
  }

  /** Takes over what a coordinator reports about a task of this owner. */
  async report(report: TaskReport): Promise<ReportAnswer> {
    await this.#openForWriting();
    const taken = await this.#parts.admissions.withLeases(() =>
      this.#parts.reports.take(report, Date.now()),
    );
    this.#announce(taken.entries);
    return taken.answer;
  }

  /** Why {@link report} would refuse a new task with this id; undefined: it would not. */
  refusal(taskId: string, request: AdmissionRequest): Admission | undefined {
    return this.#open() ? this.#parts.reports.refusal(taskId, request, Date.now()) : undefined;
  }

  /** Takes over what tag-indexer found; false: the task's coordinator has not reported it here. */
  async index(taskId: string, entry: LibraryEntry): Promise<boolean> {
    await this.#openForWriting();
    const { isReported, entries } = this.#parts.reports.index(taskId, entry, Date.now());
    this.#announce(entries);
    return isReported;
  }

  list(query: LibraryQuery): LibraryPage {
    return this.#open() ? this.#parts.search.page(query) : { items: [] };
  }

  view(): AccountView {
    return this.#open()
      ? {
          tasks: this.#parts.library.counts(),
          cursor: this.#parts.feed.head(),
          mail: this.#parts.mail.settings(Date.now()),
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
    return this.#parts.feed.read(after, types, limit);
  }

  /** Undefined: there are as many as there may be. */
  createWebhook(
    settings: SubscriptionSettings,
    channel: string,
  ): Promise<Subscription | undefined> {
    return this.#add(() => this.#parts.webhooks.create(settings, channel));
  }

  /** Oldest first. */
  webhooks(): Subscription[] {
    return this.#open() ? this.#parts.webhooks.list() : [];
  }

  webhook(webhookId: string): Subscription | undefined {
    return this.#open() ? this.#parts.webhooks.get(webhookId) : undefined;
  }

  updateWebhook(webhookId: string, change: SubscriptionChange): Promise<Subscription | undefined> {
    return this.#change(() => this.#parts.webhooks.update(webhookId, change));
  }

  rotateWebhookSecret(webhookId: string): Promise<Subscription | undefined> {
    return this.#change(() => this.#parts.webhooks.rotateSecret(webhookId));
  }

  /** False: there is none. */
  removeWebhook(webhookId: string): Promise<boolean> {
    return this.#change(() => this.#parts.webhooks.remove(webhookId));
  }

  /** As the webhook's own object reports. */
  webhookDisabled(webhookId: string, version: number, disabled: Disabled): Promise<void> {
    return this.#change(() => this.#parts.webhooks.disable(webhookId, version, disabled));
  }

  /** What signs for tasks' own webhooks. */
  webhookSecrets(): Promise<Secrets> {
    return this.#change(() => this.#parts.webhooks.defaultSecrets());
  }

  rotateWebhookSecrets(): Promise<Secrets> {
    return this.#change(() => this.#parts.webhooks.rotateDefaultSecret());
  }

  /** False: there are as many live keys as there may be. */
  addApiKey(key: NewApiKey, limit: number): Promise<boolean> {
    return this.#add(() => this.#parts.keys.add(key, limit));
  }

  /** Oldest first. */
  apiKeys(): ApiKey[] {
    return this.#open() ? this.#parts.keys.list() : [];
  }

  /** False: there is none. */
  revokeApiKey(keyId: string): boolean {
    return this.#open() && this.#parts.keys.revoke(keyId);
  }

  /** Undefined: there is none with that hash. */
  useApiKey(hash: string, now: number): ApiKey | undefined {
    return this.#open() ? this.#parts.keys.use(hash, now) : undefined;
  }

  addUpload(upload: Upload, limits: OwnerLimits): Promise<Admission> {
    return this.#add(() => this.#parts.uploads.add(upload, limits, Date.now()));
  }

  /** Undefined: there is none, or it is not known any more. */
  upload(uploadId: string): Upload | undefined {
    return this.#open() ? this.#parts.uploads.get(uploadId) : undefined;
  }

  /** The object is there as declared. Undefined as for {@link upload}. */
  completeUpload(
    uploadId: string,
    object: MediaUploadCompleted["object"],
  ): Promise<CompletedUpload | undefined> {
    return this.#change(() => this.#parts.uploads.complete(uploadId, object, Date.now()));
  }

  /** Before it is created. */
  addBatch(batchId: string): Promise<void> {
    return this.#add(() => this.#parts.batches.add(batchId, Date.now()));
  }

  /** Its time was up. */
  removeBatch(batchId: string): Promise<void> {
    return this.#change(() => this.#parts.batches.remove(batchId));
  }

  chooseMail(choice: MailChoice): Promise<AccountView | MailRefusal> {
    return this.#add(() => this.#parts.mail.choose(choice, Date.now()) ?? this.view());
  }

  mail(): Promise<MailPreferences> {
    return this.#change(() => this.#parts.mail.preferences(Date.now()));
  }

  /** Whether that switched mail off. */
  mailBounced(address: string): boolean {
    return this.#open() && this.#parts.mail.bounced(address, Date.now());
  }

  /** Shows or follows a link; false: this account's mail has no such link. */
  mailLink(step: "show" | "follow", link: MailLink, token: string): boolean {
    return this.#open() && this.#parts.mail[step](link, token, Date.now());
  }

  /** Begins to delete all of it; which deletion is under way then, or was done. */
  delete(operationId: string): Promise<Deletion> {
    return this.#change(() => this.#parts.deletion.begin(operationId, Date.now()));
  }

  /** Undefined: none is known. */
  deletion(): Deletion | undefined {
    return this.#open() ? this.#parts.deletion.current : undefined;
  }

  /** Opens a WebSocket on the feed: 101, or 410 for a cursor that is older than the history. */
  override fetch(request: Request): Response {
    const { cursor, types, isLive } = openedFeed(request.headers);
    const page = this.feed(isLive ? this.#head() : cursor, types, MAX_UNREAD);
    return page === undefined
      ? new Response(null, { status: 410 })
      : new Response(null, { status: 101, webSocket: this.#parts.sockets.add(page, types) });
  }

  override alarm(): Promise<void> {
    return this.#parts.alarm.onAlarm(
      () => this.#open(),
      (now) => this.#sweep(now),
    );
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    this.#parts.sockets.onMessage(socket, message);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    answerClose(socket, code);
  }

  /** Answers in how many milliseconds it is due again. */
  #sweep(now: number): number {
    const { endedTaskMs, feedHistoryMs, uploadKeptMs, sweepMs } = accountClocks(this.env);
    this.#parts.feed.trimBefore(now - feedHistoryMs);
    this.#parts.library.forgetEndedBefore(now - endedTaskMs);
    this.#parts.mail.forgetExpired(now);
    this.#parts.deletion.forgetFinishedBefore(now - endedTaskMs);
    this.#parts.uploads.forgetExpiredBefore(now - uploadKeptMs);
    this.#parts.queue.check(now);
    return sweepMs;
  }

  #announce(entries: readonly FeedEntry[]): void {
    if (entries.length > 0) {
      this.#parts.alarm.handOn();
      this.#parts.sockets.broadcast(entries);
    }
  }

  #head(): number {
    return this.#open() ? this.#parts.feed.head() : 0;
  }

  /** Something new, which an account that is being deleted does not take. */
  #add<T>(work: () => T): Promise<T> {
    return this.#change(() => {
      this.#parts.deletion.requireOpen();
      return work();
    });
  }

  /** A change that others are to learn of. */
  async #change<T>(work: () => T): Promise<T> {
    await this.#openForWriting();
    const result = work();
    this.#parts.alarm.handOn();
    return result;
  }

  async #openForWriting(): Promise<void> {
    this.#upToDate ||= migrate(this.ctx.storage.sql, ACCOUNT_MIGRATIONS);
    await this.#parts.alarm.ensure(accountClocks(this.env).sweepMs);
  }

  /** Not in the constructor: a migration that throws there would take the alarm's handler along. */
  #open(): boolean {
    this.#upToDate ||=
      isMigrated(this.ctx.storage.sql) && migrate(this.ctx.storage.sql, ACCOUNT_MIGRATIONS);
    return this.#upToDate;
  }
}
