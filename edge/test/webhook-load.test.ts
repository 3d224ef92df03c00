import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { type Behaviour, type Received, type Receiver, verify } from "./support/receiver.js";
import {
  complete,
  type DeliveryView,
  type NewWebhook,
  onWebhookStage,
  type WebhookClient,
} from "./support/webhook-client.js";

const EVENTS = 100;
const HEALTHY = ["/1", "/2", "/3", "/4", "/5"];
const TROUBLED: Readonly<Record<string, Behaviour>> = {
  "/hangs": "hang",
  "/fails": [500],
  "/throttles": [429, { "retry-after": "1" }],
  "/redirects": [307, { location: "/target" }],
  "/gone": [410],
};
/** Five days are 43 seconds, the schedule of 27 hours 10. */
const SCALE = 10_000;
const FIVE_DAYS_MS = 5 * 24 * 3_600_000;
const MAX_ATTEMPTS = 8;
const TYPES = ["task.completed"];

void describe("A thousand deliveries to ten endpoints, half of them in trouble", () => {
  void test("reach the healthy ones within a second; the others end as documented", async (t) => {
    await onWebhookStage(SCALE, async (receiver, stage, client) => {
      const webhooks = await createAll(receiver, client, [...HEALTHY, ...Object.keys(TROUBLED)]);
      for (const [path, behaviour] of Object.entries(TROUBLED)) {
        receiver.answers(path, behaviour);
      }
      // Submitted before: the events themselves follow each other closely.
      const taskIds: string[] = [];
      for (let i = 0; i < EVENTS; i++) {
        taskIds.push(await stage.submit());
      }
      for (const taskId of taskIds) {
        assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
      }
      for (const path of HEALTHY) {
        const received = await client.receivedAt(receiver, path, EVENTS);
        assert.equal(idsOf(received).size, EVENTS);
        received.forEach((one) => verify(one, secretOf(webhooks, path)));
      }
      const late = HEALTHY.flatMap((path) => receiver.at(path))
        .map(latency)
        .sort(ascending);
      const p95 = late[Math.floor(late.length * 0.95)] ?? Infinity;
      t.diagnostic(
        `${late.length} events received: p50 ${late[late.length >> 1]} ms, p95 ${p95} ms`,
      );
      assert.ok(p95 <= 1_000, `p95 ${p95} ms after the event`);

      for (const [path, status] of [
        ["/hangs", undefined],
        ["/fails", 500],
        ["/throttles", 429],
        ["/redirects", 307],
      ] as const) {
        await assertGivenUp(client, idOf(webhooks, path), status);
      }
      const [hanging] = await client.deliveries(idOf(webhooks, "/hangs"), "?limit=1");
      assert.ok(hanging?.attempts.every(({ error }) => error === "timeout"));
      // Five at a time at most, and then a second's pause.
      const throttled = receiver.at("/throttles").map(({ at }) => at);
      throttled.slice(5).forEach((at, index) => {
        const since = at - (throttled[index] ?? 0);
        assert.ok(since >= 900, `a sixth request ${since} ms after the first`);
      });
      assert.equal(receiver.at("/target").length, 0);
      // What was in flight when the first answer came, and nothing after it.
      const { enabled, disabled } = await client.read(idOf(webhooks, "/gone"));
      assert.deepEqual([enabled, disabled?.reason], [false, "gone"]);
      assert.ok(receiver.at("/gone").length <= 5, `${receiver.at("/gone").length} requests`);
    });
  });

  void test("survive a SIGKILL in the middle: nothing is lost, repeats carry the same id", async () => {
    await onWebhookStage(1_000, async (receiver, stage, client) => {
      const paths = HEALTHY.map((path) => path);
      const webhooks = await createAll(receiver, client, paths);
      // What is under way at the kill has arrived, and nobody knows.
      receiver.answers("/1", "hang");
      const half = EVENTS / 5;
      const taskIds: string[] = [];
      for (let i = 0; i < half; i++) {
        taskIds.push(await complete(stage));
      }
      await client.receivedAt(receiver, "/1", 1);
      await stage.restartAfterKill();
      receiver.answers("/1", [204]);
      for (let i = 0; i < half; i++) {
        taskIds.push(await complete(stage));
      }
      for (const path of paths) {
        const webhookId = idOf(webhooks, path);
        const deliveries = await client.deliveriesWhen(webhookId, (all) => {
          return all.length === taskIds.length && all.every(({ status }) => status === "delivered");
        });
        assert.deepEqual(deliveries.map(({ taskId }) => taskId).sort(), [...taskIds].sort());
        const received = receiver.at(path);
        received.forEach((one) => verify(one, secretOf(webhooks, path)));
        assert.equal(idsOf(received).size, taskIds.length);
        assert.equal(new Set(received.map(({ body }) => body)).size, taskIds.length);
      }
      assert.ok(receiver.at("/1").length > taskIds.length, "nothing was repeated");
    });
  });
});

type Webhooks = ReadonlyMap<string, NewWebhook>;

async function createAll(
  receiver: Receiver,
  client: WebhookClient,
  paths: readonly string[],
): Promise<Webhooks> {
  const webhooks = new Map<string, NewWebhook>();
  for (const path of paths) {
    webhooks.set(path, await client.create(receiver.url(path), TYPES));
  }
  return webhooks;
}

/** Each delivery has failed, after eight attempts or when the endpoint was disabled after five days. */
async function assertGivenUp(
  client: WebhookClient,
  webhookId: string,
  status: number | undefined,
): Promise<void> {
  const deliveries = await endedDeliveries(client, webhookId);
  assert.ok(deliveries.length > 0);
  for (const delivery of deliveries) {
    assert.equal(delivery.status, "failed");
    assert.ok(delivery.attempts.every((attempt) => attempt.status === status));
  }
  const { enabled, disabled } = await client.read(webhookId);
  if (enabled) {
    assert.equal(deliveries.length, EVENTS);
    assert.ok(deliveries.every(({ attempts }) => attempts.length === MAX_ATTEMPTS));
  } else {
    assert.equal(disabled?.reason, "failing");
    const failingMs = Date.parse(disabled.at) - Date.parse(disabled.failingSince);
    assert.ok(failingMs >= FIVE_DAYS_MS / SCALE, `disabled after ${failingMs} ms`);
  }
}

/** All of an endpoint's deliveries, once none is pending. */
async function endedDeliveries(
  client: WebhookClient,
  webhookId: string,
): Promise<readonly DeliveryView[]> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const deliveries = await client.deliveries(webhookId, "?limit=100");
    if (deliveries.every(({ status }) => status !== "pending")) {
      return deliveries;
    }
    assert.ok(Date.now() < deadline, "deliveries are pending after 90 s");
    await delay(200);
  }
}

function idOf(webhooks: Webhooks, path: string): string {
  return webhooks.get(path)?.webhookId ?? "";
}

function secretOf(webhooks: Webhooks, path: string): string {
  return webhooks.get(path)?.secret ?? "";
}

function idsOf(received: readonly Received[]): Set<string | undefined> {
  return new Set(received.map(({ headers }) => headers["webhook-id"]));
}

/** From the event, as the edge says when it was, to its arrival. */
function latency({ body, at }: Received): number {
  return at - Date.parse((JSON.parse(body) as { timestamp: string }).timestamp);
}

function ascending(one: number, other: number): number {
  return one - other;
}
