import { strict as assert } from "node:assert";
import { setTimeout as delay } from "node:timers/promises";
import { CHANNEL } from "./channels.js";
import { eventsOf } from "./events.js";
import type { TestIssuer } from "./issuer.js";
import type { Published } from "./pubsub.js";
import type { Received, Receiver } from "./receiver.js";
import { IMAGE, type Stage } from "./stage.js";
import { TAG_INDEXER } from "./account.js";
import type { DeliveryView } from "./webhook-client.js";

export const AUDIENCE = "in-users";
const PATIENCE_MS = 60_000;

interface CloudEvent {
  readonly type: string;
  readonly data: { readonly taskId: string };
}

interface Listed {
  readonly webhookId: string;
  readonly url: string;
  readonly enabled: boolean;
}

/** Thrown into a story that is to stop. */
class Stopped extends Error {}

/** 22 characters, as the edge derives ids. */
export async function derivedId(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Buffer.from(hash).toString("base64url").slice(0, 22);
}

/**
 * Everything that coordinators, an account and its webhooks say to each other, for one owner: a task that
 * fails, is redriven and completes, another that is deleted, and three endpoints, of which one is removed and
 * one says that it is gone. Every request is made again until it is answered, as clients do, and the whole
 * can be run again.
 */
export class HubStory {
  #isStopped = (): boolean => false;

  private constructor(
    private readonly stage: Stage,
    private readonly receiver: Receiver,
    private readonly authorization: string,
    readonly owner: string,
    private readonly one: string,
    private readonly two: string,
  ) {}

  static async of(
    sub: string,
    stage: Stage,
    receiver: Receiver,
    users: TestIssuer,
  ): Promise<HubStory> {
    const owner = await ownerOf(sub, users);
    const token = await users.token({ aud: AUDIENCE, sub });
    const [one, two] = await Promise.all(
      ["one", "two"].map((key) => derivedId(`idempotency|${owner}|${key}`)),
    );
    return new HubStory(stage, receiver, `Bearer ${token}`, owner, one ?? "", two ?? "");
  }

  async run(): Promise<void> {
    const { one, two } = this;
    await this.#createWebhooks();
    await this.#submit("one", `/task/${this.owner}`);
    await this.#delivered("task.submitted", one);
    // What is reported then shows that these have arrived: they are not published any more.
    await this.#isPublished("download.requested");
    await this.#update({ stage: "download" });
    await this.#update({ status: "failed", error: { code: "internal", message: "a fault" } });
    await this.#delivered("task.failed", one);
    await this.#until("its own webhook", () => this.#at("task").length >= 1);
    await this.#until("a redrive", async () => {
      return (await this.stage.command(one, "redrive", "operation_AAAAAAAAAAAA")).status === 202;
    });
    await this.#isPublished("task.redrive");
    await this.#delivered("task.redriven", one);
    await this.#update({ run: 2, status: "completed" });
    await this.#delivered("task.completed", one);
    await this.#until("its own webhook again", () => {
      return new Set(this.#at("task").map(({ body }) => body)).size === 2;
    });
    await this.#index();
    if (await this.#submit("two")) {
      await this.#delivered("task.submitted", two);
      await this.#until("a deletion", async () => {
        const { status } = await this.#request(`/v1/tasks/${two}`, { method: "DELETE" });
        return status === 204 || status === 404;
      });
    }
    await this.#delivered("task.deleted", two);
    await this.#until("the disabled endpoint", async () => {
      const webhooks = await this.#webhooks();
      return webhooks.some(({ url, enabled }) => url.includes("/gone/") && !enabled);
    });
    await this.#isPublished("task.delete");
    await this.#isPublished("webhook.disabled");
  }

  /** The same, but no further than that. */
  async runUntil(isStopped: () => boolean): Promise<void> {
    this.#isStopped = isStopped;
    await this.run().catch((error: unknown) => {
      if (!(error instanceof Stopped)) {
        throw error;
      }
    });
  }

  /** Whatever went wrong on the way, this is how it ends. */
  async assertEnd(): Promise<void> {
    const { one, two } = this;
    const feed = await this.#feed();
    assert.deepEqual(
      feed.map(({ seq }) => seq),
      feed.map(({ seq }) => seq).sort((a, b) => a - b),
    );
    const said = feed
      .filter(({ type }) => type !== "task.progress")
      .map(({ type, taskId }) => `${type} ${taskId}`);
    assert.deepEqual(said, [
      `task.submitted ${one}`,
      `task.failed ${one}`,
      `task.redriven ${one}`,
      `task.completed ${one}`,
      `task.indexed ${one}`,
      `task.deleted ${two}`,
    ]);
    const { items } = (await (await this.#request("/v1/search?q=hublabel")).json()) as {
      items: readonly object[];
    };
    const [item] = items as readonly [{ taskId: string; status: string; fileName: string }];
    assert.equal(items.length, 1);
    assert.deepEqual([item.taskId, item.status, item.fileName], [one, "completed", "one.jpg"]);
    const list = (await (await this.#request("/v1/tasks")).json()) as { items: object[] };
    assert.deepEqual(list.items, items);

    const ids = new Map<string, string>();
    for (const { headers, body } of this.#at("all")) {
      const id = headers["webhook-id"] ?? "";
      assert.equal(ids.get(id) ?? body, body, "one webhook-id, two bodies");
      ids.set(id, body);
    }
    const events = [...ids.values()].map((body) => JSON.parse(body) as CloudEvent);
    const sent = events
      .filter(({ type }) => type !== "task.progress")
      .map(({ type, data }) => `${type} ${data.taskId}`)
      .sort();
    // Of the deleted task what was handed on before its deletion may have been sent.
    const wanted = [...said, `task.submitted ${two}`].sort();
    assert.deepEqual(sent, sent.length === wanted.length ? wanted : [...said].sort());
    assert.equal(this.#at("gone").length > 0, true);

    const types = new Map<string, string>();
    const bodies = new Map<string, string>();
    for (const { attributes, data } of this.#published()) {
      const id = attributes["eventId"] ?? "";
      assert.equal(bodies.get(id) ?? data, data, "one eventId, two contents");
      bodies.set(id, data);
      types.set(id, attributes["eventType"] ?? "");
    }
    // The deleted task's request need not have come before its deletion.
    const published = [...types.values()].sort();
    assert.deepEqual(published.slice(-4), [
      "download.requested",
      "task.delete",
      "task.redrive",
      "webhook.disabled",
    ]);
    assert.ok(published.length === 4 || published.join().startsWith("download.requested,download"));
    await this.#until("the end of all deliveries", async () => {
      const open = (await this.#webhooks()).find(({ url }) => url.includes("/all/"));
      const path = `/v1/webhooks/${open?.webhookId}/deliveries`;
      const deliveries = (await (await this.#request(path)).json()) as { items: DeliveryView[] };
      return deliveries.items.every(({ status }) => status === "delivered");
    });
  }

  async #createWebhooks(): Promise<void> {
    const create = async (path: string, types?: readonly string[]): Promise<string> => {
      const url = this.receiver.url(`/${path}/${this.owner}`);
      let found: Listed | undefined;
      await this.#until(`the webhook ${path}`, async () => {
        found = (await this.#webhooks()).find((webhook) => webhook.url === url);
        if (found === undefined) {
          await this.#post("/v1/webhooks", types === undefined ? { url } : { url, types });
        }
        return found !== undefined;
      });
      return found?.webhookId ?? "";
    };
    this.receiver.answers(`/gone/${this.owner}`, [410]);
    await create("all");
    await create("gone", ["task.deleted"]);
    const removed = await create("removed");
    await this.#until("a removal", async () => {
      const path = `/v1/webhooks/${removed}`;
      return [204, 404].includes((await this.#request(path, { method: "DELETE" })).status);
    });
  }

  /** False: the task was deleted before. */
  async #submit(key: string, webhook?: string): Promise<boolean> {
    let status = 0;
    await this.#until(`the submit of ${key}`, async () => {
      const more = webhook === undefined ? {} : { webhookUrl: this.receiver.url(webhook) };
      const body = { ...IMAGE, fileName: `${key}.jpg`, ...more };
      status = (await this.#post("/v1/tasks", body, { "idempotency-key": key })).status;
      return status === 202 || status === 409;
    });
    return status === 202;
  }

  #update(update: object): Promise<void> {
    return this.#until("an update", async () => {
      return (await this.stage.putStatus(this.one, update)) === 204;
    });
  }

  #index(): Promise<void> {
    return this.#until("an entry", async () => {
      const token = await this.stage.syncToken({ email: TAG_INDEXER });
      // The same every time, as the document is.
      const entry = { version: 2, status: "completed", createdAt: 1_790_000_000_000 };
      const path = `/internal/v1/accounts/${this.owner}/entries/${this.one}`;
      const answer = await this.#request(path, {
        method: "PUT",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify({ ...entry, labels: ["hublabel"] }),
      });
      return answer.status === 204;
    });
  }

  async #webhooks(): Promise<readonly Listed[]> {
    return ((await (await this.#request("/v1/webhooks")).json()) as { items: Listed[] }).items;
  }

  #delivered(type: string, taskId: string): Promise<void> {
    return this.#until(`the delivery of ${type}`, () =>
      this.#at("all").some(({ body }) => {
        const event = JSON.parse(body) as CloudEvent;
        return event.type === type && event.data.taskId === taskId;
      }),
    );
  }

  #isPublished(type: string): Promise<void> {
    return this.#until(`${type} published`, () =>
      this.#published().some(({ attributes }) => attributes["eventType"] === type),
    );
  }

  #at(path: string): Received[] {
    return this.receiver.at(`/${path}/${this.owner}`);
  }

  #published(): Published[] {
    return this.stage.pubSub.requests.filter(
      ({ attributes }) => attributes["owner"] === this.owner,
    );
  }

  async #feed(): Promise<{ seq: number; type: string; taskId: string }[]> {
    const leaving = new AbortController();
    const { signal } = leaving;
    const response = await this.#request("/v1/events", { signal });
    const entries: { seq: number; type: string; taskId: string }[] = [];
    for await (const { event, data } of eventsOf(response)) {
      if (event !== undefined) {
        entries.push(data as (typeof entries)[number]);
      }
      if (event === "task.deleted") {
        break;
      }
    }
    leaving.abort();
    return entries;
  }

  #post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
    const json = { "content-type": "application/json", ...headers };
    return this.#request(path, { method: "POST", headers: json, body: JSON.stringify(body) });
  }

  #request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: this.authorization, ...(init.headers as object) };
    return fetch(new URL(path, this.stage.edge.url), { ...init, headers });
  }

  /** Asks again until it is so; what fails is asked again. */
  async #until(what: string, ask: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      if (this.#isStopped()) {
        throw new Stopped(what);
      }
      try {
        if (await ask()) {
          return;
        }
      } catch {
        // The edge was killed, or an object was thrown out of memory.
      }
      if (Date.now() > deadline) {
        throw new Error(`${this.owner}: it did not happen: ${what}`);
      }
      await delay(20);
    }
  }
}

/** As the edge derives it from a user's token. */
export function ownerOf(sub: string, users: TestIssuer): Promise<string> {
  return derivedId(`owner|${CHANNEL}|${users.url}|${sub}`);
}
