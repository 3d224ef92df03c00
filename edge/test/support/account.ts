import { strict as assert } from "node:assert";
import WebSocket from "ws";
import { eventsOf } from "./events.js";
import { assertFeedEntry } from "./openapi.js";
import type { Stage } from "./stage.js";

export const TAG_INDEXER = "tag-indexer@in-local.iam.gserviceaccount.com";
export const NOTIFICATION = "notification@in-local.iam.gserviceaccount.com";

export interface FeedEntry {
  readonly seq: number;
  readonly type: string;
  readonly taskId: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface LibraryPage {
  readonly items: readonly (Readonly<Record<string, unknown>> & { readonly taskId: string })[];
  readonly nextCursor?: string;
}

/** Reads the feed by server-sent events until an entry is as wanted. */
export async function readFeed(
  stage: Stage,
  until: (entry: FeedEntry) => boolean,
  query = "",
  headers: Record<string, string> = {},
): Promise<FeedEntry[]> {
  const leaving = new AbortController();
  const { signal } = leaving;
  const response = await stage.edge.fetch(`/v1/events${query}`, { headers, signal });
  assert.equal(response.status, 200);
  const entries: FeedEntry[] = [];
  try {
    for await (const { id, event, data } of eventsOf(response)) {
      if (event !== undefined) {
        assertFeedEntry(data);
        const entry = data as FeedEntry;
        assert.deepEqual([id, event], [String(entry.seq), entry.type]);
        entries.push(entry);
        if (until(entry)) {
          return entries;
        }
      }
    }
    throw new Error("the feed ended before the entry came");
  } finally {
    leaving.abort();
  }
}

export function feedSocket(stage: Stage, query = "", headers = {}): WebSocket {
  const url = `${stage.edge.url.replace("http", "ws")}/v1/ws${query}`;
  // After a close of its own workerd ends the TCP connection only when it evicts the object.
  const impatient = { closeTimeout: 500 };
  return new WebSocket(url, { headers, ...impatient });
}

export async function listTasks(stage: Stage, query = ""): Promise<LibraryPage> {
  const response = await stage.edge.fetch(`/v1/tasks${query}`);
  assert.equal(response.status, 200);
  return (await response.json()) as LibraryPage;
}

/** The ids that a search answers, newest first. */
export async function search(stage: Stage, q: string, rest = ""): Promise<string[]> {
  const response = await stage.edge.fetch(`/v1/search?q=${encodeURIComponent(q)}${rest}`);
  assert.equal(response.status, 200, await response.clone().text());
  return ((await response.json()) as LibraryPage).items.map(({ taskId }) => taskId);
}

/** Sends a library entry as tag-indexer does; answers the response. */
export async function putEntry(
  stage: Stage,
  taskId: string,
  entry: object,
  owner = "local",
  email = TAG_INDEXER,
): Promise<Response> {
  const token = await stage.syncToken({ email });
  return await stage.edge.fetch(`/internal/v1/accounts/${owner}/entries/${taskId}`, {
    method: "PUT",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({
      version: 1,
      status: "completed",
      createdAt: 1_790_000_000_000,
      ...entry,
    }),
  });
}
