import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import { topology } from "../src/generated/topology.js";
import { eventually } from "./support/eventually.js";
import { Stage } from "./support/stage.js";
import { variant } from "./support/variant.js";

const FAILED = "the alarm failed and is set again";
/** The platform gives an alarm up after six. */
const FAILURES = 8;
/** So that they do not take minutes. */
const SHORT_DELAYS = { "ALARM_RETRY_MIN_MS = 1e3": "ALARM_RETRY_MIN_MS = 10" };

/** Waits until the alarm has failed more often than the platform would bear. */
async function alarmsFailed(stage: Stage): Promise<void> {
  await eventually(`${FAILURES} failed alarms`, () => {
    return stage.edge.logs.filter(({ message }) => message === FAILED).length >= FAILURES;
  });
}

void describe("A task that was accepted", () => {
  void test("is published after a deployment with a wrong IN_TIME_SCALE", async () => {
    const stage = await Stage.start();
    try {
      stage.pubSub.otherwise = 503;
      const taskId = await stage.submit();
      const impatient = await variant("short-delays", SHORT_DELAYS);
      await stage.restartAfterKill({ IN_TIME_SCALE: "fast" }, impatient);
      await alarmsFailed(stage);
      stage.pubSub.otherwise = "accept";
      const attempts = stage.pubSub.of(taskId).length;
      await stage.restartAfterKill();
      // Nobody asks about the task: its alarm alone must do it.
      await eventually("a publish", () => stage.pubSub.of(taskId).length > attempts);
    } finally {
      await stage.stop();
    }
  });

  void test("is published after a deployment whose migration throws", async () => {
    const broken = await variant("broken-migration", {
      ...SHORT_DELAYS,
      "var MIGRATIONS = [": 'var MIGRATIONS = ["SELECT 1", "CREATE TABLE broken (",',
    });
    const stage = await Stage.start({ IN_TIME_SCALE: "50" });
    try {
      stage.pubSub.otherwise = 503;
      const taskId = await stage.submit();
      await stage.restartAfterKill({}, broken);
      await alarmsFailed(stage);
      assert.equal((await stage.edge.fetch(`/v1/tasks/${taskId}`)).status, 500);
      stage.pubSub.otherwise = "accept";
      await stage.restartAfterKill();
      await stage.viewWhen(taskId, ({ status }) => status === "processing_in_gcp");
    } finally {
      await stage.stop();
    }
  });

  void test("whose alarm is lost is published when somebody reads it", async () => {
    const alarmless = await variant("alarmless", {
      "void (alarm === void 0 ? this.storage.deleteAlarm() : this.storage.setAlarm(alarm))":
        "void this.storage.deleteAlarm()",
    });
    const stage = await Stage.start({ IN_TIME_SCALE: "50" });
    try {
      await stage.restartAfterKill({}, alarmless);
      stage.pubSub.otherwise = 503;
      const taskId = await stage.submit();
      await stage.publishedOn("download-topic", taskId);
      stage.pubSub.otherwise = "accept";
      await stage.restartAfterKill();
      // Another task's way through shows that there is no alarm of this one.
      await stage.submitAndPublish();
      assert.equal(stage.pubSub.of(taskId).length, 1);
      await stage.viewWhen(taskId, ({ status }) => status === "processing_in_gcp");
    } finally {
      await stage.stop();
    }
  });
});

void describe("Deleting everything of a task", () => {
  void test("is finished after a kill half-way", async () => {
    const scale = String(topology.documentTtlMs / 500);
    const hanging = await variant("hanging-deletion", {
      "async forget() {":
        'async forget() { console.log(JSON.stringify({ message: "deleting" })); await new Promise(() => {});',
    });
    const stage = await Stage.start({ IN_TIME_SCALE: scale });
    try {
      await stage.restartAfterKill({}, hanging);
      const taskId = await stage.submit();
      assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
      await eventually("the deletion", () =>
        stage.edge.logs.some(({ message }) => message === "deleting"),
      );
      await stage.restartAfterKill();
      // Its alarm alone must do it: a read would set it again.
      const line = "task is deleted: its time is up";
      await eventually("the deletion again", () =>
        stage.edge.logs.some((log) => log["message"] === line && log["taskId"] === taskId),
      );
      const gone = async (): Promise<boolean> =>
        (await stage.edge.fetch(`/v1/tasks/${taskId}`)).status === 404;
      await eventually("its end", gone);
    } finally {
      await stage.stop();
    }
  });
});
