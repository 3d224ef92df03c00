import type { FeedEntry } from "../account/feed-entry.js";
import { derivedId } from "../encoding.js";
import type { WebhookMessage } from "./endpoint.js";

/** What is said of an event; `seq` is its place in the feed, if it has one. */
export interface EventFacts {
  readonly type: string;
  readonly seq?: number;
  readonly taskId?: string;
  readonly timestamp: number;
  /** As JSON text. */
  readonly data: string;
}

/**
 * Longer texts are cut, as a message of a failure might be: bodies stay under the 20 KB that receivers of
 * Standard Webhooks are prepared for. Who wants all of it reads the task.
 */
const MAX_TEXT_LENGTH = 2_000;

/**
 * An entry as a webhook carries it: a structured CloudEvent (1.0) that is a payload of Standard
 * Webhooks at the same time, by its extra `timestamp`. A pure function of its arguments, so that every
 * endpoint and every attempt gets the same bytes.
 *
 * @param source the edge's public URL
 */
export async function webhookMessage(
  entry: FeedEntry,
  owner: string,
  source: string,
): Promise<WebhookMessage> {
  const { seq, type, taskId } = entry;
  const id = await derivedId(`event|${owner}|${seq}`);
  const body = cloudEvent(id, entry, source);
  return { id, seq, type, body, ...(taskId === undefined ? {} : { taskId }) };
}

export function cloudEvent(id: string, facts: EventFacts, source: string): string {
  const { type, seq, taskId, timestamp, data } = facts;
  const time = new Date(timestamp).toISOString();
  return JSON.stringify({
    specversion: "1.0",
    id,
    source,
    type,
    ...(taskId === undefined ? {} : { subject: taskId }),
    time,
    timestamp: time,
    // The attributes of CloudEvents' extension for sequences.
    ...(seq === undefined ? {} : { sequence: String(seq), sequencetype: "Integer" }),
    datacontenttype: "application/json",
    data: JSON.parse(data, cut) as unknown,
  });
}

function cut(_key: string, value: unknown): unknown {
  return typeof value === "string" && value.length > MAX_TEXT_LENGTH
    ? `${value.slice(0, MAX_TEXT_LENGTH - 1)}…`
    : value;
}
