import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import example from "../../common-events/src/test/resources/result-example.json";
import { eventually } from "./support/eventually.js";
import { assertProblem, Stage, statusBody } from "./support/stage.js";

void describe("The summary", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start({ IN_TIME_SCALE: "50" })));
  after(() => stage.stop());

  const statusOf = async (taskId: string): Promise<readonly unknown[]> => {
    const { status, stage: at } = await stage.view(taskId);
    return [status, at];
  };

  void test("of a completed task shows the result", async () => {
    const taskId = await stage.submitAndPublish();
    assert.equal(await stage.putStatus(taskId, { status: "completed", result: example }), 204);
    const view = await stage.view(taskId);
    assert.equal(view.status, "completed");
    assert.deepEqual(view["result"], example);
    assert.equal("error" in view, false);
  });

  void test("of a failed task shows the error", async () => {
    const taskId = await stage.submitAndPublish();
    const error = { code: "corrupt_image", message: "no header", stage: "download" };
    const update = { status: "failed", stage: "download", error };
    assert.equal(await stage.putStatus(taskId, update), 204);
    const view = await stage.view(taskId);
    assert.equal(view.status, "failed");
    assert.equal(view["stage"], "download");
    assert.deepEqual(view["error"], error);
    assert.equal("result" in view, false);
  });

  void test("shows milestones", async () => {
    const taskId = await stage.submitAndPublish();
    assert.equal(await stage.putStatus(taskId, { stage: "download" }), 204);
    assert.deepEqual(await statusOf(taskId), ["processing_in_gcp", "download"]);
  });

  void test("keeps its first terminal status within a run", async () => {
    const taskId = await stage.submitAndPublish();
    const result = { durationMs: 7 };
    assert.equal(await stage.putStatus(taskId, { status: "completed", result }), 204);
    const before = await stage.view(taskId);
    for (const late of [
      { status: "completed", result: { durationMs: 8 } },
      { status: "failed", error: { code: "timed_out", message: "too late" } },
      { status: "processing_in_gcp", stage: "download", timestamp: Date.now() + 1000 },
    ]) {
      assert.equal(await stage.putStatus(taskId, late), 204);
      assert.deepEqual(await stage.view(taskId), before);
    }
  });

  void test("does not go back to an earlier milestone", async () => {
    const taskId = await stage.submitAndPublish();
    assert.equal(await stage.putStatus(taskId, { stage: "download" }), 204);
    const before = await stage.view(taskId);
    assert.equal(await stage.putStatus(taskId, {}), 204);
    assert.equal(await stage.putStatus(taskId, { stage: "download" }), 204);
    assert.deepEqual(await stage.view(taskId), before);
  });

  void test("orders an unknown stage by its time", async () => {
    const taskId = await stage.submitAndPublish();
    await stage.putStatus(taskId, { stage: "download", timestamp: 1000 });
    await stage.putStatus(taskId, { stage: "dreaming", timestamp: 2000 });
    assert.deepEqual(await statusOf(taskId), ["processing_in_gcp", "dreaming"]);
    await stage.putStatus(taskId, { stage: "waking", timestamp: 1999 });
    assert.deepEqual(await statusOf(taskId), ["processing_in_gcp", "dreaming"]);
  });

  void test("is reopened by a higher run and ends again", async () => {
    const taskId = await stage.submitAndPublish();
    const error = { code: "source_unreachable", message: "no answer", stage: "download" };
    await stage.putStatus(taskId, { status: "failed", stage: "download", error });
    assert.equal(await stage.putStatus(taskId, { run: 2 }), 204);
    const reopened = await stage.view(taskId);
    assert.deepEqual(
      [reopened.status, "stage" in reopened, "error" in reopened],
      ["processing_in_gcp", false, false],
    );
    assert.equal(await stage.putStatus(taskId, { status: "failed", error }), 204);
    assert.equal((await stage.view(taskId)).status, "processing_in_gcp");
    assert.equal(await stage.putStatus(taskId, { run: 2, status: "completed" }), 204);
    assert.equal((await stage.view(taskId)).status, "completed");
  });

  void test("accepts the end of a higher run without its beginning", async () => {
    const taskId = await stage.submitAndPublish();
    await stage.putStatus(taskId, { status: "failed", error: { code: "internal", message: "" } });
    const result = { durationMs: 1 };
    assert.equal(await stage.putStatus(taskId, { run: 3, status: "completed", result }), 204);
    const view = await stage.view(taskId);
    assert.deepEqual([view.status, view["result"], "error" in view], ["completed", result, false]);
  });

  for (const answer of ["accept", 503] as const) {
    void test(`does not change when Pub/Sub answers (${answer}) after a status update`, async () => {
      stage.pubSub.willDo("hang");
      const taskId = await stage.submit();
      await eventually("the publish", () => stage.pubSub.of(taskId).length === 1);
      assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
      const before = await stage.view(taskId);
      assert.equal(before.status, "completed");
      stage.pubSub.release(answer);
      // Another task's four alarms later it still was not published again.
      stage.pubSub.willDo(503, 503, 503, 503);
      await stage.submitAndPublish();
      assert.equal(stage.pubSub.of(taskId).length, 1);
      assert.deepEqual(await stage.view(taskId), before);
    });
  }

  void test("of a task that nobody submitted is not created", async () => {
    const taskId = "BBBBBBBBBBBBBBBBBBBBBB";
    const response = await stage.put(taskId, statusBody({}), await stage.syncToken());
    await assertProblem(response, 404, "unknown_task");
    await assertProblem(await stage.edge.fetch(`/v1/tasks/${taskId}`), 404, "not_found");
  });

  const refused: readonly [what: string, update: object, detail: RegExp][] = [
    ["no eventId", { eventId: null }, /eventId is missing/],
    ["an eventId that is not a UUID", { eventId: "1" }, /eventId must be a UUID/],
    ["run 0", { run: 0 }, /run must be a whole number, 1 or more/],
    ["a fraction of a run", { run: 1.5 }, /run must be a whole number/],
    [
      "a status that only the edge sets",
      { status: "submitted" },
      /status must be one of processing_in/,
    ],
    [
      "a status of Firestore's",
      { status: "processing" },
      /status must be one of processing_in_gcp/,
    ],
    [
      "a timestamp that is a string",
      { timestamp: "2026-01-01T00:00:00Z" },
      /timestamp must be a whole number/,
    ],
    ["a short traceId", { traceId: "0af7" }, /traceId must be 32 lower-case hex digits/],
    ["a stage that is not a string", { stage: 1 }, /stage must be a stage's name/],
    ["a result that is not an object", { result: [1] }, /result must be an object/],
    ["an error without a code", { error: { message: "x" } }, /error.code is missing/],
    ["an error without a message", { error: { code: "internal" } }, /error.message is missing/],
  ];
  for (const [what, update, detail] of refused) {
    void test(`update with ${what} is refused`, async () => {
      const body = statusBody(update);
      const response = await stage.put("CCCCCCCCCCCCCCCCCCCCCC", body, await stage.syncToken());
      await assertProblem(response, 400, "invalid_request", detail);
    });
  }

  void test("update that is not JSON is refused", async () => {
    const response = await stage.edge.fetch("/internal/v1/tasks/CCCCCCCCCCCCCCCCCCCCCC/status", {
      method: "PUT",
      headers: { authorization: `Bearer ${await stage.syncToken()}` },
      body: "{}",
    });
    await assertProblem(response, 415, "unsupported_media_type");
  });

  void test("result may have 64 KiB and not a byte more", async () => {
    const taskId = await stage.submitAndPublish();
    const sized = (bytes: number): object =>
      statusBody({
        status: "completed",
        result: { durationMs: 7, contentType: "x".repeat(bytes - 33) },
      });
    const token = await stage.syncToken();
    await assertProblem(await stage.put(taskId, sized(65_537), token), 413, "too_large");
    await assertProblem(await stage.put(taskId, sized(300_000), token), 413, "too_large");
    assert.equal((await stage.put(taskId, sized(65_536), token)).status, 204);
    assert.equal(JSON.stringify((await stage.view(taskId))["result"]).length, 65_536);
  });
});
