import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import type { WebhookClocks } from "../src/clocks.js";
import { attempted, restarted } from "../src/webhooks/attempts.js";
import { type Delivery, TEST_TYPE } from "../src/webhooks/delivery.js";
import type { EndpointState } from "../src/webhooks/endpoint.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CLOCKS: WebhookClocks = {
  timeoutMs: 15_000,
  retryDelaysMs: [5_000, 300_000, 1_800_000, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR],
  throttleMs: 5_000,
  disabledAfterMs: 5 * DAY,
  failingForgottenAfterMs: DAY,
  secretOverlapMs: DAY,
  removalMs: 3_600_000,
  historyMs: 30 * DAY,
  backoffMinimumMs: 1_000,
  backoffMaximumMs: 300_000,
};
const NEW: Delivery = {
  id: "AAAAAAAAAAAAAAAAAAAAAA",
  type: "task.completed",
  body: "{}",
  status: "pending",
  createdAt: 0,
  dueAt: 0,
  used: 0,
  attempts: [],
};
const FRESH: EndpointState = {
  endpoint: {
    webhookId: "BBBBBBBBBBBBBBBBBBBBBB",
    owner: "local",
    url: "https://hooks.example/",
    secrets: [],
    enabled: true,
    version: 1,
  },
  lastSeq: 1,
};

const failedAt = (state: EndpointState, now: number, status = 500): EndpointState =>
  attempted(state, NEW, { status }, now - 10, now, CLOCKS).state;

void describe("An attempt that fails", () => {
  void test("makes the next one due by the schedule, and after the eighth none", () => {
    let delivery: Delivery = NEW;
    const gaps: (number | undefined)[] = [];
    for (let now = 1_000; delivery.status === "pending"; now = delivery.dueAt ?? now) {
      delivery = attempted(FRESH, delivery, { status: 500 }, now, now, CLOCKS).delivery;
      gaps.push(delivery.dueAt === undefined ? undefined : delivery.dueAt - now);
    }
    assert.deepEqual(gaps, [...CLOCKS.retryDelaysMs, undefined]);
    assert.equal(delivery.status, "failed");
    assert.deepEqual(restarted(delivery, 7), {
      ...NEW,
      dueAt: 7,
      attempts: delivery.attempts,
    });
  });

  void test("is put off by Retry-After, with everything else, up to ten hours", () => {
    for (const [outcome, delay, pause] of [
      [{ status: 429, retryAfterMs: 60_000 }, 60_000, 60_000],
      [{ status: 500, retryAfterMs: 1_000 }, 5_000, 1_000],
      [{ status: 503, retryAfterMs: 30 * DAY }, 10 * HOUR, 10 * HOUR],
      [{ status: 502 }, 5_000, 5_000],
      [{ status: 500 }, 5_000, undefined],
      [{ error: "timeout" }, 5_000, undefined],
    ] as const) {
      const { state, delivery } = attempted(FRESH, NEW, outcome, 900, 1_000, CLOCKS);
      assert.equal(delivery.dueAt, 1_000 + delay);
      assert.equal(state.pausedUntil, pause === undefined ? undefined : 1_000 + pause);
    }
  });

  void test("does not count when it is a test, which is attempted once", () => {
    const tested = attempted(FRESH, { ...NEW, type: TEST_TYPE }, { status: 410 }, 0, 1, CLOCKS);
    assert.equal(tested.delivery.status, "failed");
    assert.deepEqual(tested.state, FRESH);
  });
});

void describe("An endpoint", () => {
  void test("is disabled when every attempt of five days has failed", () => {
    let state = FRESH;
    for (let now = 0; now < 5 * DAY; now += 10 * HOUR) {
      state = failedAt(state, now);
      assert.equal(state.disabled, undefined, `after ${now / HOUR} hours`);
    }
    const disabled = { reason: "failing", at: 5 * DAY, failingSince: 0, lastStatus: 502 };
    state = failedAt(state, 5 * DAY, 502);
    assert.deepEqual(state.disabled, disabled);
    assert.deepEqual(state.report, { dueAt: 5 * DAY, failures: 0 });
  });

  void test("begins the count again after a success, or a day without an attempt", () => {
    const failing = failedAt(failedAt(FRESH, 0), 4 * HOUR);
    const recovered = attempted(failing, NEW, { status: 200 }, DAY, DAY, CLOCKS).state;
    assert.equal(recovered.failing, undefined);
    const later = failedAt(failing, 6 * DAY);
    assert.equal(later.disabled, undefined);
    assert.deepEqual(later.failing, { since: 6 * DAY, last: 6 * DAY });
  });

  void test("of a task is disabled, too, and nobody is notified", () => {
    const { secrets: _secrets, ...endpoint } = FRESH.endpoint;
    const state = failedAt({ ...FRESH, endpoint }, 0, 410);
    assert.equal(state.disabled?.reason, "gone");
    assert.equal(state.report, undefined);
  });
});
