import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import { topology } from "../src/generated/topology.js";
import { eventually } from "./support/eventually.js";
import { Stage } from "./support/stage.js";

/** What is kept for forty days is kept for so long: enough for a task's way through a busy machine. */
const KEPT_MS = 4000;
const SCALE = String(topology.documentTtlMs / KEPT_MS);

void describe("A task that has ended", () => {
  void test("is deleted when its time is up, even across a crash", async () => {
    const stage = await Stage.start({ IN_TIME_SCALE: SCALE });
    try {
      const taskId = await stage.submitAndPublish();
      assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
      const ended = Date.now();
      assert.equal((await stage.view(taskId)).status, "completed");
      await stage.restartAfterKill();
      const gone = await eventually("its deletion", async () => {
        const answer = await stage.edge.fetch(`/v1/tasks/${taskId}`);
        return answer.status === 404 && Date.now();
      });
      assert.ok(gone - ended >= KEPT_MS * 0.9, `deleted after ${gone - ended} ms`);
      const events = await stage.edge.fetch(`/v1/tasks/${taskId}/events`);
      assert.equal(events.status, 404);
      // A repeated status update finds no task, and creates none.
      assert.equal(await stage.putStatus(taskId, { status: "completed" }), 404);
    } finally {
      await stage.stop();
    }
  });

  void test("and is reopened is not deleted", async () => {
    const stage = await Stage.start({ IN_TIME_SCALE: SCALE });
    try {
      const again = await stage.submitAndPublish();
      const ended = await stage.submitAndPublish();
      assert.equal(await stage.putStatus(again, { status: "failed" }), 204);
      assert.equal(await stage.putStatus(again, { run: 2 }), 204);
      assert.equal(await stage.putStatus(ended, { status: "failed" }), 204);
      await eventually("the other's deletion", async () => {
        const answer = await stage.edge.fetch(`/v1/tasks/${ended}`);
        return answer.status === 404;
      });
      // Not deleted: it goes on, or has timed out, in its second run.
      const { status, error } = await stage.view(again);
      assert.equal(status, error === undefined ? "processing_in_gcp" : "failed");
    } finally {
      await stage.stop();
    }
  });
});
