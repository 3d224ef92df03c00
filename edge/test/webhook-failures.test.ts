import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import type { WebhookDisabled } from "../src/generated/events.js";
import { eventually } from "./support/eventually.js";
import { verify } from "./support/receiver.js";
import { assertProblem } from "./support/stage.js";
import { complete, onWebhookStage as onStage } from "./support/webhook-client.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Svix's: before the second attempt, the third, … */
const DELAYS_MS = [
  ...[5_000, 5 * MINUTE_MS, 30 * MINUTE_MS],
  ...[2 * HOUR_MS, 5 * HOUR_MS, 10 * HOUR_MS, 10 * HOUR_MS],
];

void describe("A delivery that fails", () => {
  void test("is attempted eight times on the schedule, then it has failed", async () => {
    const scale = 20_000;
    await onStage(scale, async (receiver, stage, client) => {
      receiver.answers("/down", [500]);
      const { webhookId, secret } = await client.create(receiver.url("/down"), ["task.completed"]);
      await complete(stage);
      const received = await client.receivedAt(receiver, "/down", 8);
      const [delivery] = await client.deliveriesWhen(webhookId, ([one]) => {
        return one?.status === "failed";
      });
      assert.deepEqual(
        delivery?.attempts.map(({ status }) => status),
        Array<number>(8).fill(500),
      );
      const times = delivery.attempts.map(({ at }) => Date.parse(at));
      DELAYS_MS.forEach((delay, index) => {
        const gap = (times[index + 1] ?? 0) - (times[index] ?? 0);
        assert.ok(
          gap >= delay / scale,
          `attempt ${index + 2} after ${gap} ms, not ${delay / scale}`,
        );
      });
      assert.equal(new Set(received.map(({ headers }) => headers["webhook-id"])).size, 1);
      assert.equal(new Set(received.map(({ body }) => body)).size, 1);
      received.forEach((one) => verify(one, secret));
      assert.equal((await client.read(webhookId)).enabled, true);
    });
  });

  void test("is recovered with all others that failed since a time", async () => {
    await onStage(1_000_000, async (receiver, stage, client) => {
      receiver.answers("/back", [500]);
      const since = new Date();
      const { webhookId } = await client.create(receiver.url("/back"), ["task.completed"]);
      await complete(stage);
      await complete(stage);
      await client.deliveriesWhen(webhookId, (all) => {
        return all.length === 2 && all.every(({ status }) => status === "failed");
      });
      const none = await client.recover(webhookId, new Date(Date.now() + 60_000));
      assert.deepEqual(await none.json(), { count: 0 });
      receiver.answers("/back", [204]);
      const recovered = await client.recover(webhookId, since);
      assert.equal(recovered.status, 202);
      assert.deepEqual(await recovered.json(), { count: 2 });
      await client.deliveriesWhen(webhookId, (all) => {
        return all.every(({ status }) => status === "delivered");
      });
      const ids = receiver.at("/back").map(({ headers }) => headers["webhook-id"]);
      assert.equal(new Set(ids).size, 2);
    });
  });

  void test("waits as long as Retry-After says, and so does everything else for that endpoint", async () => {
    await onStage(10_000, async (receiver, stage, client) => {
      receiver.answers("/busy", [429, { "retry-after": "2" }]);
      const { webhookId } = await client.create(receiver.url("/busy"), ["task.completed"]);
      await complete(stage);
      const [first] = await client.receivedAt(receiver, "/busy", 1);
      receiver.answers("/busy", [204]);
      await complete(stage);
      const received = await client.receivedAt(receiver, "/busy", 3);
      for (const one of received.slice(1)) {
        assert.ok(one.at - (first?.at ?? 0) >= 2_000, `after ${one.at - (first?.at ?? 0)} ms`);
      }
      await client.deliveriesWhen(webhookId, (all) => {
        return all.every(({ status }) => status === "delivered");
      });
    });
  });
});

void describe("An endpoint that answers 410", () => {
  void test("is disabled at once, and its owner's other services are notified", async () => {
    await onStage(10_000, async (receiver, stage, client) => {
      receiver.answers("/gone", [410]);
      const { webhookId } = await client.create(receiver.url("/gone"), ["task.completed"]);
      await complete(stage);
      const webhook = await eventually("the end", async () => {
        const one = await client.read(webhookId);
        return !one.enabled && one;
      });
      assert.equal(webhook.disabled?.reason, "gone");
      assert.equal(webhook.disabled.lastStatus, 410);
      const [message] = await stage.publishedOn("account-events", webhookId);
      const event = JSON.parse(message?.data ?? "") as Record<string, unknown>;
      const { failingSince, ...payload } = event["payload"] as WebhookDisabled;
      assert.deepEqual(payload, { webhookId, reason: "gone", lastStatus: 410 });
      assert.equal(failingSince, event["timestamp"]);
      assert.equal(message?.attributes["owner"], "local");
      assert.equal(message.attributes["eventType"], "webhook.disabled");
      assert.doesNotMatch(message.data, /127\\.0\\.0\\.1/);

      await complete(stage);
      const retest = await stage.edge.fetch(`/v1/webhooks/${webhookId}/test`, { method: "POST" });
      await assertProblem(retest, 409, "webhook_disabled");
      assert.equal(receiver.at("/gone").length, 1);

      receiver.answers("/gone", [204]);
      const enabled = await client.change(webhookId, { enabled: true });
      assert.equal(enabled.disabled, undefined);
      // What happened meanwhile stays in the feed; from now on everything is sent.
      const next = await complete(stage);
      const received = await client.receivedAt(receiver, "/gone", 2);
      assert.equal(received.length, 2);
      const { subject } = JSON.parse(received[1]?.body ?? "") as { subject: string };
      assert.equal(subject, next);
    });
  });
});

void describe("An endpoint of which every attempt fails", () => {
  void test("is disabled after five days, which is published until Pub/Sub accepts it", async () => {
    const scale = (5 * DAY_MS) / 2_000;
    await onStage(scale, async (receiver, stage, client) => {
      receiver.answers("/failing", [500]);
      const { webhookId } = await client.create(receiver.url("/failing"), ["task.completed"]);
      const began = Date.now();
      stage.pubSub.otherwise = 503;
      await eventually("the end", async () => {
        await complete(stage);
        return !(await client.read(webhookId)).enabled;
      });
      assert.ok(Date.now() - began >= 2_000, `after ${Date.now() - began} ms`);
      stage.pubSub.otherwise = "accept";
      const { disabled } = await client.read(webhookId);
      assert.equal(disabled?.reason, "failing");
      assert.equal(disabled.lastStatus, 500);
      await eventually("an accepted message", () => {
        return stage.edge.logs.some(({ message }) => message === "account's event published");
      });
      const messages = await stage.publishedOn("account-events", webhookId);
      assert.equal(new Set(messages.map(({ data }) => data)).size, 1);
    });
  });
});
