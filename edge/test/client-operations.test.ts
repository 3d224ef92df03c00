import { strict as assert } from "node:assert";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import WebSocket from "ws";
import {
  Backoff,
  InClient,
  type ClientOptions,
  type TaskEvent,
  verifyWebhook,
} from "../client/src/index.js";
import { NOTIFICATION, TAG_INDEXER } from "./support/account.js";
import { signInOf } from "./support/channels.js";
import { TestIssuer } from "./support/issuer.js";
import {
  assertDocumented,
  assertFeedEntry,
  assertTask,
  operationNames,
} from "./support/openapi.js";
import { Receiver } from "./support/receiver.js";
import { OWN_PAGE } from "./support/session.js";
import { IMAGE, OPERATOR, Stage, statusBody, SYNC } from "./support/stage.js";
import { TestStorage } from "./support/storage.js";

const USERS = "in-users";
const TWICE = new Backoff({ attempts: 2, minDelayMs: 10 });

/** A client's every answer is held to the document; what is not in there fails. */
void describe("The client calls", () => {
  const called = new Set<string>();
  let users: TestIssuer;
  let storage: TestStorage;
  let receiver: Receiver;
  let stage: Stage;
  let client: InClient;
  before(async () => {
    users = await TestIssuer.start();
    storage = await TestStorage.start();
    receiver = await Receiver.start();
    stage = await Stage.start({
      ...signInOf(users.url, USERS),
      STORAGE_ENDPOINT: storage.url,
      IN_FETCH_ALLOW: receiver.host,
    });
    client = clientOf({ token: await users.token({ aud: USERS, sub: "ada" }) });
  });
  after(async () => {
    await stage.stop();
    await receiver.stop();
    await storage.stop();
    await users.stop();
  });

  const clientOf = (options: ClientOptions, headers: Record<string, string> = {}): InClient =>
    new InClient({
      baseUrl: stage.edge.url,
      // An answer that is not as documented ends the test soon, and is its cause.
      retry: TWICE,
      streamRetry: TWICE,
      ...options,
      fetch: async (input, init = {}) => {
        const url = input as string;
        if (!url.startsWith(stage.edge.url)) {
          return await fetch(url, init);
        }
        const all = { ...(init.headers as Record<string, string>), ...headers };
        const response = await fetch(url, { ...init, headers: all, redirect: "manual" });
        const operation = await assertDocumented(url.slice(stage.edge.url.length), init, response);
        if (response.status < 400) {
          called.add(operation ?? url);
        }
        const location = response.headers.get("location") ?? "";
        return response.status === 302 ? await fetch(location) : response;
      },
    });
  const serviceAccount = async (email: string): Promise<InClient> =>
    clientOf({ token: await stage.syncToken({ email }) });
  const ends = async (taskId: string, status: "completed" | "failed"): Promise<void> => {
    const body = statusBody({ status, ...(status === "failed" ? { error: FAILURE } : {}) });
    const sync = await serviceAccount(SYNC);
    await sync.call("PUT /internal/v1/tasks/{taskId}/status", {
      path: { taskId },
      body: body as never,
    });
  };
  const FAILURE = { code: "timed_out", message: "m" };
  /** Opens a WebSocket as programs do that can send headers. */
  const messageOf = async (url: string): Promise<unknown> => {
    const headers = { authorization: `Bearer ${await users.token({ aud: USERS, sub: "ada" })}` };
    const settings = { headers, closeTimeout: 500 };
    const socket = new WebSocket(url.replace("http", "ws"), settings);
    const [data] = (await once(socket, "message")) as [Buffer];
    const closed = once(socket, "close");
    socket.close();
    await closed;
    return JSON.parse(data.toString()) as unknown;
  };

  void test("what runs the edge", async () => {
    assert.deepEqual(await client.call("GET /healthz"), { status: "healthy" });
    assert.equal((await client.call("GET /v1/openapi.json"))["openapi"], "3.1.0");
    assert.deepEqual(await client.call("GET /readyz"), { status: "ready" });
  });

  void test("tasks: submitted by URL, watched to its end, listed, found and deleted", async () => {
    const { taskId } = await client.submit(new URL(IMAGE.imageUrl), {
      features: ["text"],
      fileName: "harbour.jpg",
    });
    const events: TaskEvent[] = [];
    for await (const event of client.tasks.watch(taskId)) {
      assertTask(event.task);
      events.push(event);
      if (event.task.status === "processing_in_gcp") {
        await ends(taskId, "completed");
      }
    }
    const statuses = events.map(({ task }) => task.status);
    assert.deepEqual(statuses, ["submitted", "processing_in_gcp", "completed"]);
    assert.deepEqual(await client.tasks.history(taskId), events);
    const [, , last] = events;
    assert.deepEqual(await client.tasks.history(taskId, { lastEventId: last?.id }), []);
    assert.deepEqual(await client.tasks.get(taskId), last?.task);
    assert.deepEqual(await client.tasks.wait(taskId), last?.task);
    const tagIndexer = await serviceAccount(TAG_INDEXER);
    const { owner } = await client.account.get();
    const entry = { version: 1, status: "completed", createdAt: 1_790_000_000_000, text: "fish" };
    await tagIndexer.call("PUT /internal/v1/accounts/{owner}/entries/{taskId}", {
      path: { owner, taskId },
      body: entry,
    });
    const { items } = await client.tasks.list({ status: "completed", limit: 10 });
    assert.deepEqual(
      items.map((item) => item.taskId),
      [taskId],
    );
    const found = await client.tasks.search("fish", { limit: 10 });
    assert.deepEqual(
      found.items.map((item) => item.fileName),
      ["harbour.jpg"],
    );
    const frame = await messageOf(client.url("GET /v1/tasks/{taskId}/ws", { path: { taskId } }));
    assert.deepEqual(frame, { id: Number(events[0]?.id), event: "status", data: events[0]?.task });
    called.add("GET /v1/tasks/{taskId}/ws");
    await client.tasks.delete(taskId);
    await assert.rejects(client.tasks.get(taskId), { code: "not_found", status: 404 });
  });

  void test("the feed", async () => {
    const { taskId } = await client.tasks.create(IMAGE);
    const entries = [];
    for await (const entry of client.feed({ types: ["task.submitted"] })) {
      assertFeedEntry(entry);
      entries.push(entry);
      break;
    }
    const [submitted] = entries;
    assert.deepEqual([submitted?.type, submitted?.taskId], ["task.submitted", taskId]);
    const query = { types: "task.submitted" };
    assert.deepEqual(await messageOf(client.url("GET /v1/ws", { query })), submitted);
    called.add("GET /v1/ws");
  });

  void test("uploads, from a file and from a stream", async () => {
    const bytes = Buffer.from("an image");
    const file = new File([bytes], "a.jpg", { type: "image/jpeg" });
    const uploadId = await client.uploads.upload(file);
    const completed = await client.uploads.complete(uploadId);
    assert.deepEqual([completed.fileName, completed.size], ["a.jpg", bytes.length]);
    storage.lostAnswers = 1;
    const { taskId } = await client.submit(new Blob([bytes]).stream(), {
      contentType: "image/png",
    });
    assert.deepEqual(Buffer.from(await (await client.tasks.image(taskId)).arrayBuffer()), bytes);
    assert.deepEqual(storage.tokens, []);
  });

  void test("webhooks, and verifies what they send", async () => {
    const { webhookId, secret } = await client.webhooks.create({ url: receiver.url("/hook") });
    const { deliveryId } = await client.webhooks.test(webhookId);
    const received = async (count: number) => {
      for (;;) {
        const [first] = receiver.at("/hook");
        if (first !== undefined && receiver.at("/hook").length >= count) {
          return first;
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    const { body, headers } = await received(1);
    const event = await verifyWebhook(body, headers, secret);
    assert.deepEqual([event.id, event.type], [deliveryId, "webhook.test"]);
    const wrong = verifyWebhook(`${body} `, headers, secret);
    await assert.rejects(wrong, { name: "WebhookVerificationError" });
    const late = verifyWebhook(body, headers, secret, { now: Date.now() + 301_000 });
    await assert.rejects(late, /too far off/);
    const rotated = await client.webhooks.rotateSecret(webhookId);
    await client.webhooks.resend(webhookId, deliveryId);
    await received(2);
    const [, again] = receiver.at("/hook");
    assert.equal((await verifyWebhook(body, again?.headers ?? {}, rotated.secret)).id, deliveryId);
    const { items } = await client.webhooks.deliveries(webhookId, { limit: 10 });
    assert.deepEqual(
      items.map((item) => item.deliveryId),
      [deliveryId],
    );
    await client.webhooks.recover(webhookId, new Date());
    const changed = await client.webhooks.change(webhookId, { description: "mine" });
    assert.deepEqual(await client.webhooks.get(webhookId), changed);
    assert.deepEqual(await client.webhooks.list(), [changed]);
    await client.webhooks.delete(webhookId);
    assert.deepEqual(await client.webhooks.list(), []);
    const own = await client.account.webhookSecret();
    assert.notDeepEqual(await client.account.rotateWebhookSecret(), own);
  });

  void test("keys", async () => {
    const { keyId, key } = await client.keys.create({ name: "one", scopes: ["tasks:read"] });
    const reader = clientOf({ token: key });
    assert.deepEqual((await reader.tasks.list({ limit: 1 })).items.length, 1);
    await assert.rejects(reader.tasks.create(IMAGE), { code: "insufficient_scope" });
    assert.deepEqual(
      (await client.keys.list()).map((one) => one.keyId),
      [keyId],
    );
    await client.keys.delete(keyId);
    await assert.rejects(reader.tasks.list(), { code: "unauthorized" });
  });

  void test("mail", async () => {
    const notification = await serviceAccount(NOTIFICATION);
    const { owner } = await client.account.get();
    const mail = { types: ["webhook.disabled" as const], address: "ada@example.com" };
    assert.equal((await client.account.change({ mail })).mail.unconfirmed, "ada@example.com");
    const preferences = () =>
      notification.call("GET /internal/v1/accounts/{owner}/mail", { path: { owner } });
    const { unsubscribeUrl, confirmation } = await preferences();
    const tokenOf = (url = "") => ({
      query: { token: new URL(url).searchParams.get("token") ?? "" },
    });
    const confirm = tokenOf(confirmation?.url);
    const page = await client.call("GET /v1/mail/confirm", confirm);
    assert.match(await page.text(), /Confirm address/);
    const body = new URLSearchParams({ confirm: "yes" });
    await client.call("POST /v1/mail/confirm", { ...confirm, body });
    assert.equal((await preferences()).address, "ada@example.com");
    await notification.call("POST /internal/v1/accounts/{owner}/mail/bounced", {
      path: { owner },
      body: { address: "ada@example.com" },
    });
    const off = tokenOf(unsubscribeUrl);
    await client.call("GET /v1/mail/unsubscribe", off);
    await client.call("POST /v1/mail/unsubscribe", {
      ...off,
      body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
    });
    assert.deepEqual((await preferences()).types, []);
  });

  void test("commands of operators", async () => {
    const { taskId } = await client.tasks.create(IMAGE);
    await ends(taskId, "failed");
    assert.deepEqual((await client.tasks.wait(taskId)).error, FAILURE);
    const operator = await serviceAccount(OPERATOR);
    const operation = await operator.call("POST /internal/v1/tasks/{taskId}/commands", {
      path: { taskId },
      body: { command: "redrive", operationId: "AAAAAAAAAAAAAAAAAAAAAA" },
    });
    assert.equal(operation.run, 2);
  });

  void test("the session of a browser", async () => {
    const browser = clientOf({}, OWN_PAGE);
    const { channels } = await browser.session.get();
    const [channel = { name: "" }] = channels;
    const signIn = await browser.call("GET /v1/session/signin", {
      query: { channel: channel.name },
    });
    assert.equal(signIn.headers.get("location")?.startsWith(users.url), true);
    assert.equal(
      browser.session.signInUrl(channel.name),
      `${stage.edge.url}/v1/session/signin?channel=${channel.name}`,
    );
    const path = { channel: channel.name };
    const back = await browser.call("GET /v1/session/callback/{channel}", { path });
    assert.equal(back.headers.get("location"), "/?signin=expired");
    await browser.session.end();
  });

  void test("batches: created, appended to, sealed, read, cancelled and retried", async () => {
    const { batches } = client;
    const { batchId } = await batches.create({ name: "harbour" }, "a batch");
    assert.equal((await batches.create({ name: "harbour" }, "a batch")).batchId, batchId);
    const lines = [IMAGE, { ...IMAGE, fileName: "b.jpg" }];
    const taken = { accepted: 2, rejected: [] };
    assert.deepEqual(await batches.append(batchId, lines, "a chunk"), taken);
    assert.deepEqual(await batches.append(batchId, lines, "a chunk"), taken);
    assert.equal((await batches.seal(batchId)).status, "processing");
    assert.equal((await batches.get(batchId)).counts.total, 2);
    const { items } = await batches.items(batchId, { limit: 1 });
    assert.deepEqual(
      items.map(({ imageUrl }) => imageUrl),
      [IMAGE.imageUrl],
    );
    assert.equal((await batches.retry(batchId)).counts.failed, 0);
    assert.ok((await batches.cancel(batchId)).cancelledAt !== undefined);
  });

  void test("the deletion of an account", async () => {
    const operator = await serviceAccount(OPERATOR);
    const { owner } = await client.account.get();
    const path = { owner };
    const operationId = "forget_AAAAAAAAAAAAAAAA";
    const begun = await operator.call("POST /internal/v1/accounts/{owner}/deletion", {
      path,
      body: { operationId },
    });
    assert.equal(begun.operationId, operationId);
    const deletion = await operator.call("GET /internal/v1/accounts/{owner}/deletion", { path });
    assert.equal(deletion.tasks, begun.tasks);
  });

  void test("whatever the document has", () => {
    assert.deepEqual(
      operationNames.filter((name) => !called.has(name)),
      [],
    );
  });
});
