import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { type FeedEntry, listTasks, readFeed } from "./support/account.js";
import { eventually } from "./support/eventually.js";
import { Stage } from "./support/stage.js";
import { variant } from "./support/variant.js";

const ofTask =
  (taskId: string, type: string) =>
  (entry: FeedEntry): boolean =>
    entry.taskId === taskId && entry.type === type;

void describe("A report to the account", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start({ IN_TIME_SCALE: "10" })));
  after(() => stage.stop());

  void test("comes after a kill -9 before the account had it, and the task goes on", async () => {
    const silent = await variant("silent-account", {
      "async report(report) {": "async report(report) { await new Promise(() => {});",
    });
    await stage.restartAfterKill({}, silent);
    // Not awaited: the account never answers.
    const submitted = stage.edge.post(
      "/v1/tasks",
      { imageUrl: "https://a.example/silent" },
      {
        "Idempotency-Key": "silent",
      },
    );
    submitted.catch(() => undefined);
    const taskId = Buffer.from(
      await crypto.subtle.digest("SHA-256", new TextEncoder().encode("idempotency|local|silent")),
    )
      .toString("base64url")
      .slice(0, 22);
    await eventually("the coordinator has it", async () => {
      return (await stage.edge.fetch(`/v1/tasks/${taskId}`)).status === 200;
    });
    assert.equal(stage.pubSub.of(taskId).length, 0);
    await stage.restartAfterKill();
    // Nobody asks about the task: its alarm alone must do it.
    await eventually("its message", () => stage.pubSub.of(taskId).length > 0);
    assert.ok((await listTasks(stage)).items.some((item) => item.taskId === taskId));
  });

  void test("whose acknowledgement is lost changes nothing the second time", async () => {
    const forgetful = await variant("lost-acknowledgement", {
      "\n  broadcast(": '\n  broadcast() { throw new Error("lost"); }\n  unused(',
    });
    await stage.restartAfterKill({}, forgetful);
    const taskId = await stage.submit();
    await stage.restartAfterKill();
    await stage.viewWhen(taskId, ({ status }) => status === "processing_in_gcp");
    await stage.putStatus(taskId, { status: "completed" });
    const entries = await readFeed(stage, ofTask(taskId, "task.completed"));
    const submitted = entries.filter(ofTask(taskId, "task.submitted"));
    assert.equal(submitted.length, 1);
  });

  void test("of what happened while the account was away comes in the end", async () => {
    const failing = await variant("failing-account", {
      "async report(report) {": 'async report(report) { throw new Error("away");',
    });
    const taskId = await stage.submitAndPublish();
    await stage.restartAfterKill({}, failing);
    await stage.putStatus(taskId, { status: "failed", error: { code: "internal", message: "" } });
    await stage.command(taskId, "redrive", "operation_AAAAAAAAAAAA");
    await stage.putStatus(taskId, { run: 2, stage: "download" });
    await stage.putStatus(taskId, { run: 2, status: "completed" });
    await stage.restartAfterKill();
    const entries = await readFeed(stage, ofTask(taskId, "task.completed"));
    assert.deepEqual(
      entries
        .filter((entry) => entry.taskId === taskId && entry.type !== "task.progress")
        .map(({ type }) => type),
      ["task.submitted", "task.failed", "task.redriven", "task.completed"],
    );
  });
});
