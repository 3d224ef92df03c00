import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import { topology } from "../src/generated/topology.js";
import { eventually } from "./support/eventually.js";
import { Stage } from "./support/stage.js";

/** The overdue time becomes 250 ms. */
const SCALE = String(topology.overdueAfterMs / 250);

void describe("A task that nothing is reported about", () => {
  void test("is marked overdue and its first message published again, at growing gaps", async () => {
    const stage = await Stage.start({ IN_TIME_SCALE: SCALE });
    try {
      const taskId = await stage.submitAndPublish();
      const view = await stage.viewWhen(taskId, (view) => view["overdue"] === true);
      assert.equal(view.status, "processing_in_gcp");
      const messages = await eventually("three publishes", () => {
        const messages = stage.pubSub.of(taskId);
        return messages.length >= 3 && messages;
      });
      const [, second = 0, third = 0] = messages.map(({ at }) => at);
      const submitted = Date.parse(String(view["createdAt"]));
      assert.ok(second - submitted >= 250, `overdue after ${second - submitted} ms`);
      // Its gap begins with the alarm, a little before the second publish arrives.
      assert.ok(third - submitted >= 750, `overdue again after ${third - submitted} ms`);
      assert.equal(new Set(messages.map(({ data }) => data)).size, 1);
      assert.deepEqual(messages[1]?.attributes, messages[0]?.attributes);
    } finally {
      await stage.stop();
    }
  });

  void test("is nudged in its current run", async () => {
    const stage = await Stage.start({ IN_TIME_SCALE: SCALE });
    try {
      const taskId = await stage.submitAndPublish();
      assert.equal(await stage.putStatus(taskId, { status: "failed" }), 204);
      assert.equal(await stage.putStatus(taskId, { run: 2 }), 204);
      const [first, nudge] = await stage.publishedOn("download-topic", taskId, 2);
      const [one, two] = [first, nudge].map(
        (message) => JSON.parse(message?.data ?? "") as Record<string, unknown>,
      );
      assert.deepEqual(
        { ...two, eventId: "", timestamp: 0 },
        { ...one, eventId: "", timestamp: 0, run: 2 },
      );
      assert.notEqual(two?.["eventId"], one?.["eventId"]);
      assert.equal(nudge?.attributes["run"], "2");
    } finally {
      await stage.stop();
    }
  });

  void test("has timed out when its document cannot exist any more, and is not nudged then", async () => {
    const lifetimeMs = 1000;
    const stage = await Stage.start({ IN_TIME_SCALE: String(topology.documentTtlMs / lifetimeMs) });
    try {
      const taskId = await stage.submit();
      const view = await stage.viewWhen(taskId, ({ status }) => status === "failed");
      assert.equal((view["error"] as { code: string }).code, "timed_out");
      const lived = Date.parse(String(view["updatedAt"])) - Date.parse(String(view["createdAt"]));
      assert.ok(lived >= lifetimeMs, `failed after ${lived} ms`);
      const last = Math.max(...stage.pubSub.of(taskId).map(({ at }) => at));
      assert.ok(last <= Date.parse(String(view["updatedAt"])), "published after its end");
    } finally {
      await stage.stop();
    }
  });

  void test("ends as reported, however late, and is no longer overdue", async () => {
    const stage = await Stage.start({ IN_TIME_SCALE: SCALE });
    try {
      const taskId = await stage.submitAndPublish();
      await stage.viewWhen(taskId, (view) => view["overdue"] === true);
      assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
      const view = await stage.view(taskId);
      assert.equal(view.status, "completed");
      assert.equal("overdue" in view, false);
      // The next would have come after 500 ms; another task's two gaps take 750.
      const count = stage.pubSub.of(taskId).length;
      const other = await stage.submit();
      await eventually("another task's third publish", () => stage.pubSub.of(other).length >= 3);
      assert.equal(stage.pubSub.of(taskId).length, count);
    } finally {
      await stage.stop();
    }
  });

  void test("is marked even while Pub/Sub fails", async () => {
    const stage = await Stage.start({ IN_TIME_SCALE: SCALE });
    try {
      stage.pubSub.otherwise = 503;
      const taskId = await stage.submit();
      const view = await stage.viewWhen(taskId, (view) => view["overdue"] === true);
      assert.equal(view.status, "submitted");
      stage.pubSub.otherwise = "accept";
      await stage.viewWhen(taskId, ({ status }) => status === "processing_in_gcp");
    } finally {
      await stage.stop();
    }
  });
});
