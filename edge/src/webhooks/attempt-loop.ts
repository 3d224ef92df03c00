import { webhookClocks } from "../config.js";
import { log, messageOf } from "../log.js";
import { attempted, isSuccess, postponed } from "./attempts.js";
import type { Delivery } from "./delivery.js";
import { type EndpointState, isOfTask, isOpen } from "./endpoint.js";
import type { Outcome } from "./sender.js";
import type { WebhookStore } from "./store.js";

/** Cloudflare lets six requests of one object wait for an answer; one is for the account. */
const MAX_CONCURRENT = 5;
/** A crash loses what is in flight: the alarm looks after it that often. */
const SAFETY_NET_MS = 5_000;

/** What the loop needs of the world. */
export interface Outside {
  /** @throws where it could not be tried, for a reason of our own */
  send(state: EndpointState, delivery: Delivery, now: number): Promise<Outcome>;
  /** Notifies the account that the endpoint was disabled. */
  report(state: EndpointState): Promise<void>;
}

/** Attempts what is due, a few at a time, and sets the alarm for what comes later. */
export class AttemptLoop {
  readonly #inFlight = new Set<string>();
  #reporting = false;

  constructor(
    private readonly ctx: DurableObjectState,
    private readonly env: Env,
    private readonly store: WebhookStore,
    private readonly outside: Outside,
  ) {}

  /** Starts what is due and has room; awaits none of it. */
  async run(): Promise<void> {
    const now = Date.now();
    const { historyMs } = webhookClocks(this.env);
    const state = this.store.state();
    if (state === undefined) {
      return;
    }
    this.store.trim(now - historyMs);
    if (isOfTask(state.endpoint) && this.store.isEmpty() && this.#inFlight.size === 0) {
      await this.store.deleteAll();
      return;
    }
    if (canSend(state, now)) {
      this.#startAttempts(state, now);
    }
    if (state.report !== undefined && state.report.dueAt <= now && !this.#reporting) {
      this.#reporting = true;
      this.#inBackground(this.#report(state), () => (this.#reporting = false));
    }
    await this.#setAlarm(state, now, historyMs);
  }

  #startAttempts(state: EndpointState, now: number): void {
    const waiting = this.store
      .due(now, MAX_CONCURRENT + this.#inFlight.size)
      .filter(({ id }) => !this.#inFlight.has(id));
    for (const delivery of waiting.slice(0, MAX_CONCURRENT - this.#inFlight.size)) {
      const { id } = delivery;
      this.#inFlight.add(id);
      this.#inBackground(this.#attempt(state, delivery), () => this.#inFlight.delete(id));
    }
  }

  /** Looks again at what is due when it has ended. */
  #inBackground(work: Promise<void>, ended: () => void): void {
    const done = work
      .finally(ended)
      .then(() => this.run())
      .catch((error: unknown) => log("ERROR", "webhook: left to the alarm", reason(error)));
    this.ctx.waitUntil(done);
  }

  async #attempt(state: EndpointState, delivery: Delivery): Promise<void> {
    const startedAt = Date.now();
    const clocks = webhookClocks(this.env);
    const { webhookId } = state.endpoint;
    const ids = { webhookId, deliveryId: delivery.id };
    let outcome: Outcome;
    try {
      outcome = await this.outside.send(state, delivery, startedAt);
    } catch (error) {
      log("ERROR", "webhook not attempted", { ...ids, ...reason(error) });
      this.#settle(delivery.id, (before, current) => ({
        state: before,
        delivery: postponed(current, Date.now(), clocks),
      }));
      return;
    }
    const endedAt = Date.now();
    const fields = { ...ids, status: outcome.status, error: outcome.error };
    log("INFO", "webhook attempted", { ...fields, durationMs: endedAt - startedAt });
    this.#settle(delivery.id, (before, current) =>
      // What an earlier address answered says nothing about this one.
      before.endpoint.version === state.endpoint.version || isSuccess(outcome)
        ? attempted(before, current, outcome, startedAt, endedAt, clocks)
        : { state: before, delivery: postponed(current, endedAt, clocks) },
    );
  }

  /** Writes what follows, on top of what the attempt's time has brought. */
  #settle(
    id: string,
    transition: (state: EndpointState, delivery: Delivery) => ReturnType<typeof attempted>,
  ): void {
    const before = this.store.state();
    const current = before && this.store.delivery(id);
    if (before === undefined || current === undefined) {
      return;
    }
    const { state, delivery } = transition(before, current);
    this.store.writeState(state);
    this.store.write(delivery);
    if (isOpen(before) && !isOpen(state)) {
      log("WARNING", "webhook disabled", {
        webhookId: state.endpoint.webhookId,
        reason: state.disabled?.reason,
      });
      this.store.endPending(Date.now());
    }
  }

  async #report(state: EndpointState): Promise<void> {
    let failure: unknown;
    try {
      await this.outside.report(state);
    } catch (error) {
      failure = error;
      const { webhookId } = state.endpoint;
      log("ERROR", "webhook: the account was not notified", { webhookId, ...reason(error) });
    }
    const current = this.store.state();
    if (current?.report === undefined || current.disabled?.at !== state.disabled?.at) {
      return;
    }
    const { report, ...kept } = current;
    const { backoffMinimumMs, backoffMaximumMs } = webhookClocks(this.env);
    const backoff = Math.min(backoffMinimumMs * 2 ** report.failures, backoffMaximumMs);
    const again = { dueAt: Date.now() + backoff, failures: report.failures + 1 };
    this.store.writeState(failure === undefined ? kept : { ...kept, report: again });
  }

  async #setAlarm(state: EndpointState, now: number, historyMs: number): Promise<void> {
    const busy = this.#inFlight.size > 0 || this.#reporting;
    const oldest = this.store.oldestEndedAt();
    const times = [
      isOpen(state) ? this.#nextAttemptAt(state, now) : undefined,
      this.#reporting ? undefined : state.report?.dueAt,
      oldest === undefined ? undefined : oldest + historyMs + 1,
      busy ? now + SAFETY_NET_MS : undefined,
    ].filter((time) => time !== undefined);
    await (times.length === 0
      ? this.ctx.storage.deleteAlarm()
      : this.ctx.storage.setAlarm(Math.min(...times)));
  }

  /** What is in flight, or waits for room, is looked at when an attempt ends. */
  #nextAttemptAt({ pausedUntil = 0 }: EndpointState, now: number): number | undefined {
    const next = this.store.nextDueAt(this.#inFlight.size > 0 ? now : 0);
    return next === undefined ? undefined : Math.max(next, pausedUntil);
  }
}

function canSend(state: EndpointState, now: number): boolean {
  return isOpen(state) && (state.pausedUntil ?? 0) <= now;
}

function reason(error: unknown): { readonly reason: string } {
  return { reason: messageOf(error) };
}
