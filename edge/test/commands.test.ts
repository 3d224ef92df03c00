import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import type { JWTPayload } from "jose";
import { allEvents } from "./support/events.js";
import { assertProblem, IMAGE, OPERATOR, Stage, SYNC } from "./support/stage.js";

const OPERATION = "operation_AAAAAAAAAAAA";
const FAILURE = {
  status: "failed",
  stage: "metadata",
  error: { code: "internal", message: "a fault of ours", stage: "metadata" },
};

void describe("POST /internal/v1/tasks/{taskId}/commands", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start({ IN_TIME_SCALE: "50" })));
  after(() => stage.stop());

  const failedTask = async (): Promise<string> => {
    const taskId = await stage.submitAndPublish(IMAGE);
    assert.equal(await stage.putStatus(taskId, FAILURE), 204);
    return taskId;
  };

  void test("redrive opens the next run at once and publishes the command", async () => {
    const taskId = await failedTask();
    const response = await stage.command(taskId, "redrive", OPERATION);
    assert.equal(response.status, 202);
    const expected = { taskId, command: "redrive", operationId: OPERATION, run: 2 };
    assert.deepEqual(await response.json(), expected);

    const view = await stage.view(taskId);
    assert.equal(view.status, "processing_in_gcp");
    assert.equal("error" in view || "stage" in view, false);
    const [message, ...more] = await stage.publishedOn("task-commands", taskId);
    assert.equal(more.length, 0);
    const event = JSON.parse(message?.data ?? "") as Record<string, unknown>;
    const [first] = await stage.publishedOn("download-topic", taskId);
    const { traceId } = JSON.parse(first?.data ?? "") as { traceId: string };
    assert.deepEqual(event, {
      eventId: event["eventId"],
      eventType: "task.redrive",
      taskId,
      traceId,
      timestamp: Date.parse(String(view["updatedAt"])),
      source: "edge",
      payload: { operationId: OPERATION },
      run: 2,
      schemaVersion: 1,
    });
    assert.deepEqual(message?.attributes, {
      ...first?.attributes,
      eventId: event["eventId"],
      eventType: "task.redrive",
      run: "2",
    });
  });

  void test("a redriven task ends in its new run, and in no older one", async () => {
    const taskId = await failedTask();
    await stage.command(taskId, "redrive", OPERATION);
    assert.equal(await stage.putStatus(taskId, FAILURE), 204);
    assert.equal((await stage.view(taskId)).status, "processing_in_gcp");
    assert.equal(await stage.putStatus(taskId, { run: 2, status: "completed" }), 204);
    assert.equal((await stage.view(taskId)).status, "completed");
  });

  void test("a run that cannot begin ends as recovery says, without the old result", async () => {
    const taskId = await failedTask();
    await stage.command(taskId, "redrive", OPERATION);
    const error = { code: "timed_out", message: "too old to run again", stage: "download" };
    const end = { run: 2, status: "failed", stage: "download", error, result: undefined };
    assert.equal(await stage.putStatus(taskId, end), 204);
    const view = await stage.view(taskId);
    assert.equal(view.status, "failed");
    assert.deepEqual(view["error"], error);
    assert.equal("result" in view || "overdue" in view, false);
  });

  void test("the end of a run that is newer than the one that was opened counts", async () => {
    const taskId = await failedTask();
    await stage.command(taskId, "redrive", OPERATION);
    assert.equal(await stage.putStatus(taskId, { run: 3, status: "completed" }), 204);
    assert.equal((await stage.view(taskId)).status, "completed");
  });

  void test("watchers see the new run", async () => {
    const taskId = await failedTask();
    await stage.command(taskId, "redrive", OPERATION);
    const watch = await stage.edge.fetch(`/v1/tasks/${taskId}/events`);
    const events = allEvents(watch);
    await stage.putStatus(taskId, { run: 2, status: "completed" });
    assert.deepEqual(
      (await events).map(({ data }) => (data as { status: string }).status),
      ["submitted", "processing_in_gcp", "failed", "processing_in_gcp", "completed"],
    );
  });

  void test("the same operation again is still one", async () => {
    const taskId = await failedTask();
    const first = await stage.command(taskId, "redrive", OPERATION);
    await stage.publishedOn("task-commands", taskId);
    const again = await stage.command(taskId, "redrive", OPERATION);
    assert.equal(again.status, 202);
    assert.equal(await again.text(), await first.text());
    // Also when the run that it opened has failed, too: that is another operation's to redrive.
    await stage.putStatus(taskId, { ...FAILURE, run: 2 });
    assert.equal((await stage.command(taskId, "redrive", OPERATION)).status, 202);
    assert.equal((await stage.view(taskId)).status, "failed");
    const other = await stage.command(taskId, "redrive", "operation_BBBBBBBBBBBB");
    assert.equal(((await other.json()) as { run: number }).run, 3);
    const messages = await stage.publishedOn("task-commands", taskId, 2);
    assert.deepEqual(
      messages.map(({ attributes }) => attributes["run"]),
      ["2", "3"],
    );
  });

  void test("an operation id belongs to one command", async () => {
    const taskId = await failedTask();
    await stage.command(taskId, "redrive", OPERATION);
    const response = await stage.command(taskId, "cancel", OPERATION);
    await assertProblem(response, 409, "operation_conflict");
  });

  void test("only a failed task can be redriven", async () => {
    const taskId = await stage.submitAndPublish();
    const running = await stage.command(taskId, "redrive", OPERATION);
    await assertProblem(running, 409, "task_not_failed");
    await stage.putStatus(taskId, { status: "completed" });
    const completed = await stage.command(taskId, "redrive", OPERATION);
    await assertProblem(completed, 409, "task_not_failed");
    assert.equal((await stage.view(taskId)).status, "completed");
  });

  void test("cancel publishes the command; the task goes on until the end is reported", async () => {
    const taskId = await stage.submitAndPublish();
    const response = await stage.command(taskId, "cancel", OPERATION);
    assert.equal(response.status, 202);
    assert.equal(((await response.json()) as { run: number }).run, 1);
    const [message] = await stage.publishedOn("task-commands", taskId);
    assert.equal(message?.attributes["eventType"], "task.cancel");
    assert.equal((await stage.view(taskId)).status, "processing_in_gcp");
    const error = { code: "cancelled", message: "by an operator" };
    await stage.putStatus(taskId, { status: "failed", error });
    assert.deepEqual((await stage.view(taskId))["error"], error);
  });

  void test("of two cancels of a run the first is published alone", async () => {
    const taskId = await stage.submitAndPublish();
    await stage.command(taskId, "cancel", OPERATION);
    const other = "operation_BBBBBBBBBBBB";
    const again = await stage.command(taskId, "cancel", other);
    assert.equal(again.status, 202);
    const expected = { taskId, command: "cancel", operationId: other, run: 1 };
    assert.deepEqual(await again.json(), expected);
    // What is published after it shows that nothing else was.
    await stage.edge.fetch(`/v1/tasks/${taskId}`, { method: "DELETE" });
    const messages = await stage.publishedOn("task-commands", taskId, 2);
    assert.deepEqual(
      messages.map(({ attributes }) => attributes["eventType"]),
      ["task.cancel", "task.delete"],
    );
    const { payload } = JSON.parse(messages[0]?.data ?? "") as { payload: object };
    assert.deepEqual(payload, { operationId: OPERATION });
  });

  void test("a task that has ended cannot be cancelled", async () => {
    const response = await stage.command(await failedTask(), "cancel", OPERATION);
    await assertProblem(response, 409, "task_ended");
  });

  void test("a command is published again until Pub/Sub accepts it, also after a crash", async () => {
    const taskId = await failedTask();
    stage.pubSub.willDo(503, 503, "hang");
    await stage.command(taskId, "redrive", OPERATION);
    await stage.publishedOn("task-commands", taskId, 3);
    await stage.restartAfterKill();
    const messages = await stage.publishedOn("task-commands", taskId, 4);
    assert.equal(new Set(messages.map(({ data }) => data)).size, 1);
  });

  void test("is the operators' only", async () => {
    const taskId = await failedTask();
    const body = { command: "redrive", operationId: OPERATION };
    const path = `/internal/v1/tasks/${taskId}/commands`;
    await assertProblem(await stage.edge.post(path, body), 401, "unauthorized");
    const claims: readonly JWTPayload[] = [
      { email: SYNC },
      { email: OPERATOR, email_verified: false },
      { email: "someone@in-local.iam.gserviceaccount.com" },
    ];
    for (const claim of claims) {
      const headers = { authorization: `Bearer ${await stage.syncToken(claim)}` };
      await assertProblem(await stage.edge.post(path, body, headers), 403, "forbidden");
    }
    assert.equal((await stage.view(taskId)).status, "failed");
  });

  void test("operators cannot report status updates", async () => {
    const taskId = await stage.submitAndPublish();
    const token = await stage.syncToken({ email: OPERATOR });
    await assertProblem(await stage.put(taskId, {}, token), 403, "forbidden");
  });

  void test("of an unknown task is refused", async () => {
    const response = await stage.command("DDDDDDDDDDDDDDDDDDDDDD", "redrive", OPERATION);
    await assertProblem(response, 404, "unknown_task");
  });

  const refused: readonly [what: string, command: string, operationId: string, detail: RegExp][] = [
    ["an unknown command", "pause", OPERATION, /command must be one of redrive, cancel, delete/],
    ["a short operation id", "cancel", "short", /operationId must be 16 to 64 of/],
  ];
  for (const [what, command, operationId, detail] of refused) {
    void test(`with ${what} is refused`, async () => {
      const response = await stage.command("DDDDDDDDDDDDDDDDDDDDDD", command, operationId);
      await assertProblem(response, 400, "invalid_request", detail);
    });
  }
});

void describe("Without IN_OPERATOR_SERVICE_ACCOUNT", () => {
  void test("nobody is an operator", async () => {
    const stage = await Stage.start({ IN_OPERATOR_SERVICE_ACCOUNT: "" });
    try {
      const taskId = await stage.submitAndPublish();
      await assertProblem(await stage.command(taskId, "cancel", OPERATION), 403, "forbidden");
    } finally {
      await stage.stop();
    }
  });
});
