import { clocks, pubSubSettings } from "../config.js";
import { eventId } from "../events/event-id.js";
import type { EventType, INEvent, PayloadOf } from "../generated/events.js";
import { topology } from "../generated/topology.js";
import { log, messageOf } from "../log.js";
import type { Message } from "../pubsub/message.js";
import { Publisher } from "../pubsub/publisher.js";
import { newSpanId, newTraceId, traceparent } from "../trace/context.js";
import type { Outbox } from "./account-alarm.js";

const SCHEMA_VERSION = 1;

/** For the account's migrations. */
export const EVENT_OUTBOX_TABLE = `
  CREATE TABLE account_events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    event TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0
  ) STRICT;`;

/** A fact about something of the account, as it is kept until it is published. */
export interface AccountEvent<T extends EventType = EventType> {
  readonly eventType: T;
  /** What it is about; the envelope's `taskId`. */
  readonly id: string;
  /** Of the user who made what it is about; empty: it is about all channels. */
  readonly channel: string;
  /** How often this has happened to it. */
  readonly run: number;
  readonly timestamp: number;
  readonly payload: PayloadOf<T>;
}

/** With what is chosen once, so that a message published again is the same. */
type StoredEvent = AccountEvent & { readonly traceId: string; readonly spanId: string };

type Row = { readonly position: number; readonly event: string; readonly failures: number };

/** Publishes events of an account, or of a budget, to `account-events`, each until Pub/Sub has accepted it. */
export class EventOutbox implements Outbox {
  #running: Promise<void> | undefined;

  /** @param owner empty: they are about nobody's account */
  constructor(
    private readonly env: Env,
    private readonly owner: string,
    private readonly sql: SqlStorage,
  ) {}

  add<T extends EventType>(event: AccountEvent<T>, now: number): void {
    const stored = { ...event, traceId: newTraceId(), spanId: newSpanId() };
    this.sql.exec(
      "INSERT INTO account_events (event, due_at) VALUES (?, ?)",
      ...[JSON.stringify(stored), now],
    );
  }

  /** When something is to be published; undefined: nothing is. */
  dueAt(): number | undefined {
    const { due } = this.sql
      .exec<{ due: number | null }>("SELECT MIN(due_at) AS due FROM account_events")
      .one();
    return due ?? undefined;
  }

  /** Publishes what is due. */
  run(): Promise<void> {
    this.#running ??= this.#publishAll().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #publishAll(): Promise<void> {
    for (;;) {
      const [row] = this.sql
        .exec<Row>(
          "SELECT position, event, failures FROM account_events WHERE due_at <= ? ORDER BY position LIMIT 1",
          Date.now(),
        )
        .toArray();
      if (row === undefined) {
        return;
      }
      await this.#publish(row);
    }
  }

  async #publish({ position, event, failures }: Row): Promise<void> {
    const stored = JSON.parse(event) as StoredEvent;
    const ids = { eventType: stored.eventType, id: stored.id, traceId: stored.traceId };
    try {
      const message = await messageOfEvent(stored, this.owner);
      await new Publisher(pubSubSettings(this.env)).publish(topology.accountTopic, message);
    } catch (error) {
      log("ERROR", "publishing an account's event failed", { ...ids, reason: messageOf(error) });
      const { backoffMinimumMs, backoffMaximumMs } = clocks(this.env);
      const backoff = Math.min(backoffMinimumMs * 2 ** failures, backoffMaximumMs);
      this.sql.exec(
        "UPDATE account_events SET due_at = ?, failures = failures + 1 WHERE position = ?",
        ...[Math.ceil(Date.now() + backoff), position],
      );
      return;
    }
    log("INFO", "account's event published", ids);
    this.sql.exec("DELETE FROM account_events WHERE position = ?", position);
  }
}

/** A pure function of what is stored. */
async function messageOfEvent(stored: StoredEvent, owner: string): Promise<Message> {
  const { eventType, id, channel, run, timestamp, payload, traceId } = stored;
  const event: INEvent<EventType> = {
    eventId: await eventId(id, run, "edge", eventType),
    eventType,
    taskId: id,
    traceId,
    timestamp,
    source: "edge",
    payload,
    run,
    schemaVersion: SCHEMA_VERSION,
  };
  return {
    body: JSON.stringify(event),
    attributes: {
      eventId: event.eventId,
      eventType,
      taskId: id,
      run: String(run),
      priority: "normal",
      owner,
      channel,
      schemaVersion: String(SCHEMA_VERSION),
      traceparent: traceparent(stored),
    },
  };
}
