import type { Feed } from "../account/feed.js";
import type { FeedEntry } from "../account/feed-entry.js";
import { requiredAudience, webhookClocks } from "../config.js";
import { log, messageOf } from "../log.js";
import { withinTimeout } from "../within-timeout.js";
import { webhookMessage } from "./cloud-event.js";
import { type Endpoint, TASK_DELETED } from "./endpoint.js";
import { endpointOf, typesOf } from "./subscription.js";
import type { SubscriptionStore, TaskWebhook, Tracked } from "./subscription-store.js";

const BATCH = 100;
const MAX_TASKS_AT_ONCE = 5;

/**
 * The account's outbox to its WebhookDOs: gives each what the feed has for it, in order, and goes on only
 * when that is acknowledged. A WebhookDO knows what comes again.
 */
export class FanOut {
  /** Webhooks under way in this instance; those of tasks are one. */
  readonly #running = new Set<string>();

  constructor(
    private readonly env: Env,
    private readonly owner: string,
    private readonly store: SubscriptionStore,
    private readonly feed: Feed,
  ) {}

  /** Sends what is due; one endpoint's trouble is not another's. */
  async run(): Promise<void> {
    const now = Date.now();
    const ids = this.store
      .all()
      .filter(({ retryAt = 0 }) => retryAt <= now)
      .map(({ subscription }) => subscription.webhookId);
    await Promise.all([
      ...ids.map((webhookId) => this.#once(webhookId, () => this.#send(webhookId))),
      this.#once("tasks", () => this.#sendToTasks()),
    ]);
  }

  async #once(key: string, work: () => Promise<void>): Promise<void> {
    if (this.#running.has(key)) {
      return;
    }
    this.#running.add(key);
    try {
      await work();
    } finally {
      this.#running.delete(key);
    }
  }

  async #send(webhookId: string): Promise<void> {
    for (;;) {
      const tracked = this.store.get(webhookId);
      if (tracked === undefined || !this.#isBehind(tracked)) {
        return;
      }
      try {
        if (!(await this.#sendSome(tracked))) {
          this.#failed(tracked, "too much is pending there");
          return;
        }
      } catch (error) {
        this.#failed(tracked, messageOf(error));
        return;
      }
    }
  }

  #isBehind({ subscription, sentVersion, sentSeq }: Tracked): boolean {
    return sentVersion < subscription.version || sentSeq < this.feed.head();
  }

  /** False: nothing was taken. */
  async #sendSome({ subscription, sentVersion, sentSeq }: Tracked): Promise<boolean> {
    const { webhookId, version, enabled, deleted } = subscription;
    const webhook = this.env.WEBHOOKS.getByName(webhookId);
    if (deleted === true) {
      await withinTimeout(webhook.remove());
      this.store.delete(webhookId);
      return true;
    }
    const wanted = enabled ? typesOf(subscription) : [];
    const types = wanted && [...new Set([...wanted, TASK_DELETED])];
    const entries = this.#entriesAfter(sentSeq, types);
    const head = this.feed.head();
    const seq = entries.length === BATCH ? (entries.at(-1)?.seq ?? head) : head;
    if (entries.length > 0 || sentVersion < version) {
      const source = requiredAudience(this.env);
      const messages = await Promise.all(
        entries.map(async (entry) => {
          const message = await webhookMessage(entry, this.owner, source);
          const isWanted = wanted === undefined || wanted.includes(entry.type);
          return isWanted ? message : { ...message, unwanted: true as const };
        }),
      );
      const endpoint = endpointOf(subscription, this.owner);
      if ((await withinTimeout(webhook.deliver(endpoint, messages))) === "full") {
        return false;
      }
    }
    this.store.acknowledged(webhookId, version, seq);
    return true;
  }

  /** Where the history begins later, from its beginning. */
  #entriesAfter(seq: number, types: readonly string[] | undefined, limit = BATCH): FeedEntry[] {
    const page = this.feed.page(seq, types, limit);
    const kept = page === "cursor_expired" ? this.feed.page(undefined, types, limit) : page;
    return kept === "cursor_expired" ? [] : kept;
  }

  async #sendToTasks(): Promise<void> {
    for (;;) {
      const some = this.store.taskWebhooks(Date.now(), MAX_TASKS_AT_ONCE);
      if (some.length === 0) {
        return;
      }
      await Promise.all(some.map((one) => this.#sendToTask(one)));
    }
  }

  async #sendToTask({ seq, taskId, url, failures }: TaskWebhook): Promise<void> {
    const webhookId = `task-${taskId}`;
    const webhook = this.env.WEBHOOKS.getByName(webhookId);
    try {
      const [entry] = this.#entriesAfter(seq - 1, undefined, 1);
      if (url === undefined) {
        await withinTimeout(webhook.remove());
      } else if (entry?.seq === seq) {
        const endpoint: Endpoint = { webhookId, owner: this.owner, url, enabled: true, version: 1 };
        const message = await webhookMessage(entry, this.owner, requiredAudience(this.env));
        await withinTimeout(webhook.deliver(endpoint, [message]));
      }
      this.store.deleteTaskWebhook(seq);
    } catch (error) {
      log("ERROR", "a task's webhook was not handed over", { taskId, reason: messageOf(error) });
      this.store.taskWebhookFailed(seq, this.#retryAt(failures));
    }
  }

  #failed({ subscription, failures }: Tracked, reason: string): void {
    const { webhookId } = subscription;
    log("WARNING", "a webhook was not handed its messages", { webhookId, reason });
    this.store.failed(webhookId, this.#retryAt(failures));
  }

  #retryAt(failures: number): number {
    const { backoffMinimumMs, backoffMaximumMs } = webhookClocks(this.env);
    return Date.now() + Math.min(backoffMinimumMs * 2 ** failures, backoffMaximumMs);
  }
}
