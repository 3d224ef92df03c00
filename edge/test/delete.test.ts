import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { topology } from "../src/generated/topology.js";
import { allEvents } from "./support/events.js";
import { eventually } from "./support/eventually.js";
import { assertProblem, IMAGE, Stage } from "./support/stage.js";

const OPERATION = "operation_AAAAAAAAAAAA";
const KEY = { "Idempotency-Key": "holiday" };

void describe("DELETE /v1/tasks/{taskId}", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start({ IN_TIME_SCALE: "50" })));
  after(() => stage.stop());

  const remove = (taskId: string): Promise<Response> =>
    stage.edge.fetch(`/v1/tasks/${taskId}`, { method: "DELETE" });

  const assertGone = async (taskId: string): Promise<void> => {
    for (const rest of ["", "/events", "/image"]) {
      const response = await stage.edge.fetch(`/v1/tasks/${taskId}${rest}`);
      await assertProblem(response, 404, "not_found");
    }
    await assertProblem(await remove(taskId), 404, "not_found");
  };

  void test("deletes the task here, and publishes the command for the rest", async () => {
    const taskId = await stage.submitAndPublish();
    await stage.putStatus(taskId, { status: "completed", result: { durationMs: 7 } });
    const response = await remove(taskId);
    assert.equal(response.status, 204);
    assert.equal(await response.text(), "");
    await assertGone(taskId);
    const [message] = await stage.publishedOn("task-commands", taskId);
    const [first] = await stage.publishedOn("download-topic", taskId);
    const { eventId, payload } = JSON.parse(message?.data ?? "") as {
      eventId: string;
      payload: { operationId: string };
    };
    assert.match(payload.operationId, /^[A-Za-z0-9_-]{22}$/);
    assert.deepEqual(message?.attributes, {
      ...first?.attributes,
      eventId,
      eventType: "task.delete",
    });
  });

  void test("names the upload that was its image, which may go with it", async () => {
    const uploadId = "q83vEjRWeJCrze8SNFZ4kA";
    const taskId = await stage.submitAndPublish({ uploadId });
    await remove(taskId);
    const [message] = await stage.publishedOn("task-commands", taskId);
    const { payload } = JSON.parse(message?.data ?? "") as { payload: Record<string, unknown> };
    assert.equal(payload["uploadId"], uploadId);
  });

  void test("of a running task: its late status updates change nothing", async () => {
    const taskId = await stage.submitAndPublish();
    assert.equal((await remove(taskId)).status, 204);
    assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
    await assertGone(taskId);
  });

  void test("ends its watches", async () => {
    const taskId = await stage.submitAndPublish();
    const events = allEvents(await stage.edge.fetch(`/v1/tasks/${taskId}/events`));
    await remove(taskId);
    assert.equal((await events).length, 2);
  });

  void test("keeps the id from being used again, also after a crash", async () => {
    const taskId = await stage.submit(IMAGE, KEY);
    await remove(taskId);
    await stage.restartAfterKill();
    const again = await stage.edge.post("/v1/tasks", IMAGE, KEY);
    await assertProblem(again, 409, "task_deleted");
  });

  void test("is published until Pub/Sub accepts it, also after a crash", async () => {
    const taskId = await stage.submitAndPublish();
    stage.pubSub.willDo(503, "hang");
    await remove(taskId);
    await stage.publishedOn("task-commands", taskId, 2);
    await stage.restartAfterKill();
    const messages = await stage.publishedOn("task-commands", taskId, 3);
    assert.equal(new Set(messages.map(({ data }) => data)).size, 1);
  });

  void test("of a task that nobody submitted is 404", async () => {
    await assertProblem(await remove("EEEEEEEEEEEEEEEEEEEEEE"), 404, "not_found");
  });

  void test("is what an operator's delete does, once", async () => {
    const taskId = await stage.submitAndPublish();
    for (let i = 0; i < 2; i++) {
      assert.equal((await stage.command(taskId, "delete", OPERATION)).status, 202);
    }
    await assertGone(taskId);
    await assertProblem(await stage.command(taskId, "redrive", OPERATION), 404, "unknown_task");
    assert.equal((await stage.publishedOn("task-commands", taskId)).length, 1);
  });
});

void describe("A deleted id", () => {
  void test("can be used again after forty days, when nothing is pending", async () => {
    const keptMs = 1000;
    const stage = await Stage.start({ IN_TIME_SCALE: String(topology.documentTtlMs / keptMs) });
    try {
      const taskId = await stage.submit(IMAGE, KEY);
      await stage.edge.fetch(`/v1/tasks/${taskId}`, { method: "DELETE" });
      const deleted = Date.now();
      const accepted = await eventually("the id is free", async () => {
        const { status } = await stage.edge.post("/v1/tasks", IMAGE, KEY);
        return status === 202 && Date.now();
      });
      assert.ok(accepted - deleted >= keptMs * 0.9, `free after ${accepted - deleted} ms`);
    } finally {
      await stage.stop();
    }
  });
});
