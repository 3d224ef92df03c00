import { DurableObject } from "cloudflare:workers";
import { alarmRetryMs } from "../alarm-retry.js";
import { allowedHosts, webhookClocks } from "../config.js";
import { log, messageOf } from "../log.js";
import { withinTimeout } from "../within-timeout.js";
import { refusalOf } from "./address.js";
import { restarted } from "./attempts.js";
import { AttemptLoop } from "./attempt-loop.js";
import type { Delivery } from "./delivery.js";
import {
  type Endpoint,
  type EndpointState,
  isOpen,
  TASK_DELETED,
  type WebhookMessage,
} from "./endpoint.js";
import { type Outcome, send } from "./sender.js";
import { signature } from "./secrets.js";
import {
  type DeliveryQuery,
  type NewDelivery,
  type PlacedDelivery,
  WebhookStore,
} from "./store.js";

/** `full`: nothing was taken, and the account comes again later; its feed keeps the entries. */
export type DeliverResult = "accepted" | "full";

const MAX_PENDING = 10_000;

/**
 * One per endpoint, named by its webhookId, or per task with a webhook of its own. Holds deliveries
 * and retries them by its alarm, so that a slow endpoint delays no other.
 */
export class WebhookDO extends DurableObject<Env> {
  readonly #store: WebhookStore;
  readonly #loop: AttemptLoop;
  #failures = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#store = new WebhookStore(ctx.storage);
    this.#loop = new AttemptLoop(ctx, env, this.#store, {
      send: (state, delivery, now) => this.#send(state, delivery, now),
      report: async ({ endpoint, disabled }) => {
        if (disabled !== undefined) {
          const account = this.env.ACCOUNTS.getByName(endpoint.owner);
          const { webhookId, version } = endpoint;
          await withinTimeout(account.webhookDisabled(webhookId, version, disabled));
        }
      },
    });
  }

  /** Takes messages in the order of the feed; what comes again is known by its `seq`. */
  async deliver(endpoint: Endpoint, messages: readonly WebhookMessage[]): Promise<DeliverResult> {
    if (this.#store.removedAt() !== undefined) {
      return "accepted";
    }
    const state = this.#configured(endpoint);
    const added = messages.filter(({ seq }) => seq > state.lastSeq);
    if (this.#store.countPending() + added.length > MAX_PENDING) {
      return "full";
    }
    const now = Date.now();
    for (const message of added) {
      if (message.type === TASK_DELETED && message.taskId !== undefined) {
        this.#store.removeTask(message.taskId);
      }
      if (message.unwanted !== true) {
        this.#store.add(message, now);
      }
    }
    const lastSeq = Math.max(state.lastSeq, ...added.map(({ seq }) => seq));
    this.#store.writeState({ ...state, lastSeq });
    if (!isOpen(state)) {
      this.#store.endPending(now);
    }
    await this.#start();
    return "accepted";
  }

  /** The endpoint is no more, and neither is what a call still brings that was made before. */
  async remove(): Promise<void> {
    const now = Date.now();
    this.#store.remove(now);
    await this.ctx.storage.setAlarm(now + webhookClocks(this.env).removalMs);
  }

  /** Sends a message that is in no feed, once; undefined: the endpoint is disabled. */
  async test(endpoint: Endpoint, message: NewDelivery): Promise<Delivery | undefined> {
    if (this.#store.removedAt() !== undefined) {
      return undefined;
    }
    const state = this.#configured(endpoint);
    this.#store.writeState(state);
    if (!isOpen(state)) {
      return undefined;
    }
    this.#store.add(message, Date.now());
    await this.#start();
    return this.#store.delivery(message.id);
  }

  /** Newest first. */
  deliveries(query: DeliveryQuery): PlacedDelivery[] {
    return this.#store.state() === undefined ? [] : this.#store.list(query);
  }

  /** Sends one again, whatever became of it, with the whole schedule before it. */
  async resend(deliveryId: string): Promise<Delivery | "unknown" | "disabled"> {
    const state = this.#store.state();
    const delivery = state && this.#store.delivery(deliveryId);
    if (state === undefined || delivery === undefined) {
      return "unknown";
    }
    if (!isOpen(state)) {
      return "disabled";
    }
    const again = restarted(delivery, Date.now());
    this.#store.write(again);
    await this.#start();
    return again;
  }

  /** Sends all again that have failed since then; answers how many. */
  async recover(since: number): Promise<number | "disabled"> {
    const state = this.#store.state();
    if (state !== undefined && !isOpen(state)) {
      return "disabled";
    }
    const count = state === undefined ? 0 : this.#store.restartFailed(since, Date.now());
    await this.#start();
    return count;
  }

  override async alarm(): Promise<void> {
    // No call that was made before a removal is still under way.
    const isRemoved = this.#store.removedAt() !== undefined;
    await (isRemoved ? this.#attempt(() => this.#store.deleteAll()) : this.#start());
  }

  #start(): Promise<void> {
    return this.#attempt(() => this.#loop.run());
  }

  /** Never throws: the alarm comes again, whatever happens now. */
  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#failures = 0;
    } catch (error) {
      const delay = alarmRetryMs(this.#failures++);
      const details = { webhookId: this.ctx.id.name, delay, reason: messageOf(error) };
      log("ERROR", "webhook: the alarm is set again", details);
      await this.ctx.storage.setAlarm(Date.now() + delay);
    }
  }

  /** The state with the newer of the two versions of the endpoint. */
  #configured(endpoint: Endpoint): EndpointState {
    const state = this.#store.state();
    if (state === undefined) {
      return { endpoint, lastSeq: 0 };
    }
    if (state.endpoint.version >= endpoint.version) {
      return state;
    }
    // Its owner has changed it: what it did before no longer counts.
    return { endpoint, lastSeq: state.lastSeq };
  }

  async #send({ endpoint }: EndpointState, delivery: Delivery, now: number): Promise<Outcome> {
    // Again, since the setting may have changed.
    if (refusalOf(endpoint.url, allowedHosts(this.env)) !== undefined) {
      return { error: "url_not_allowed" };
    }
    const secrets =
      endpoint.secrets ??
      (await withinTimeout(this.env.ACCOUNTS.getByName(endpoint.owner).webhookSecrets()));
    const { id, body } = delivery;
    const timestamp = String(Math.floor(now / 1000));
    const request = {
      url: endpoint.url,
      id,
      timestamp,
      signature: await signature(secrets, now, { id, timestamp, body }),
      body,
    };
    return await send(request, webhookClocks(this.env).timeoutMs);
  }
}
