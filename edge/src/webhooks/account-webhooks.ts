import type { Outbox } from "../account/account-alarm.js";
import type { Feed } from "../account/feed.js";
import type { FeedEntry } from "../account/feed-entry.js";
import type { EventOutbox } from "../account/event-outbox.js";
import { LOCAL_CHANNEL } from "../channels/channel.js";
import { webhookClocks } from "../config.js";
import { randomId } from "../encoding.js";
import type { Disabled } from "./endpoint.js";
import { FanOut } from "./fan-out.js";
import { newSecrets, rotated, type Secrets } from "./secrets.js";
import {
  changed,
  disabledBy,
  removed,
  subscribed,
  type Subscription,
  type SubscriptionChange,
  type SubscriptionSettings,
  withNewSecret,
} from "./subscription.js";
import { SubscriptionStore } from "./subscription-store.js";

const TASK_ENDS = ["task.completed", "task.failed"];

/** An account has at most so many endpoints. */
export const MAX_WEBHOOKS = 20;

/**
 * An account's webhooks: the subscriptions, the default secret that signs for tasks' own webhooks, and
 * the outbox to the WebhookDOs. Changes are written at once; {@link run} hands them on.
 */
export class AccountWebhooks implements Outbox {
  readonly #store: SubscriptionStore;
  readonly #fanOut: FanOut;

  constructor(
    private readonly env: Env,
    owner: string,
    sql: SqlStorage,
    private readonly feed: Feed,
    private readonly events: EventOutbox,
  ) {
    this.#store = new SubscriptionStore(sql);
    this.#fanOut = new FanOut(env, owner, this.#store, feed);
  }

  /** Undefined: there are as many as there may be. */
  create(settings: SubscriptionSettings, channel: string): Subscription | undefined {
    if (this.list().length >= MAX_WEBHOOKS) {
      return undefined;
    }
    const subscription = subscribed(randomId(), settings, channel, Date.now());
    this.#store.add(subscription, this.feed.head());
    return subscription;
  }

  /** Oldest first. */
  list(): Subscription[] {
    return this.#store
      .all()
      .map(({ subscription }) => subscription)
      .filter(({ deleted }) => deleted !== true);
  }

  get(webhookId: string): Subscription | undefined {
    const subscription = this.#store.get(webhookId)?.subscription;
    return subscription?.deleted === true ? undefined : subscription;
  }

  update(webhookId: string, change: SubscriptionChange): Subscription | undefined {
    const before = this.get(webhookId);
    if (before === undefined) {
      return undefined;
    }
    const after = changed(before, change, Date.now());
    this.#store.write(after);
    if (after.enabled && !before.enabled) {
      // What happened meanwhile is in the feed, for whoever wants it.
      this.#store.skipTo(webhookId, this.feed.head());
    }
    return after;
  }

  rotateSecret(webhookId: string): Subscription | undefined {
    const before = this.get(webhookId);
    const { secretOverlapMs } = webhookClocks(this.env);
    const after = before && withNewSecret(before, Date.now(), secretOverlapMs);
    if (after !== undefined) {
      this.#store.write(after);
    }
    return after;
  }

  /** False: there is none. */
  remove(webhookId: string): boolean {
    const before = this.get(webhookId);
    if (before !== undefined) {
      this.#store.write(removed(before, Date.now()));
    }
    return before !== undefined;
  }

  /** Of all endpoints, and of what signs for tasks' own. {@link run} carries it out. */
  removeAll(): void {
    this.list().forEach(({ webhookId }) => this.remove(webhookId));
    this.#store.deleteSecrets();
  }

  /** Whether a removal is still to be carried out. */
  get isRemoving(): boolean {
    return this.#store.all().some(({ subscription }) => subscription.deleted === true);
  }

  /** As its WebhookDO reports; a report that is void or known already changes nothing. */
  disable(webhookId: string, version: number, disabled: Disabled): void {
    const now = Date.now();
    const before = this.get(webhookId);
    const after = before && disabledBy(before, version, disabled, now);
    if (after === undefined) {
      return;
    }
    this.#store.write(after);
    const { reason, failingSince, lastStatus, at } = disabled;
    this.events.add(
      {
        eventType: "webhook.disabled",
        id: webhookId,
        channel: after.channel ?? LOCAL_CHANNEL.name,
        run: after.disabledCount,
        timestamp: at,
        payload: {
          webhookId,
          reason,
          failingSince,
          ...(lastStatus === undefined ? {} : { lastStatus }),
        },
      },
      now,
    );
  }

  /** Of these entries of the feed those that end a task go to its own webhook, too. */
  addTaskWebhooks(entries: readonly FeedEntry[], url: string): void {
    for (const { seq, type, taskId } of entries) {
      if (taskId !== undefined && TASK_ENDS.includes(type)) {
        this.#store.addTaskWebhook(seq, taskId, url);
      }
    }
  }

  /** The task of this entry was deleted: of its own webhook nothing stays. */
  removeTaskWebhook(entries: readonly FeedEntry[]): void {
    for (const { seq, taskId } of entries) {
      if (taskId !== undefined) {
        this.#store.removeTaskWebhook(seq, taskId);
      }
    }
  }

  /** What signs for the webhooks of tasks; made when it is first asked for. */
  defaultSecrets(): Secrets {
    const known = this.#store.secrets();
    if (known !== undefined) {
      return known;
    }
    const made = newSecrets();
    this.#store.writeSecrets(made);
    return made;
  }

  rotateDefaultSecret(): Secrets {
    const { secretOverlapMs } = webhookClocks(this.env);
    const secrets = rotated(this.defaultSecrets(), Date.now(), secretOverlapMs);
    this.#store.writeSecrets(secrets);
    return secrets;
  }

  /** When {@link run} has something to do; undefined: nothing. */
  dueAt(): number | undefined {
    return this.#store.dueAt(this.feed.head());
  }

  run(): Promise<void> {
    return this.#fanOut.run();
  }
}
