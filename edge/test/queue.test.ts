import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { usersOf } from "./support/channels.js";
import { eventually } from "./support/eventually.js";
import { TestIssuer } from "./support/issuer.js";
import { AUDIENCE, IMAGE, Stage } from "./support/stage.js";
import { variant } from "./support/variant.js";

const REQUESTS = "download-topic";
/** Two tasks of an owner are in flight at a time. */
const TWO = { "DEFAULT_TASKS_IN_FLIGHT = 1e3": "DEFAULT_TASKS_IN_FLIGHT = 2" };

void describe("The queue of an owner's tasks", () => {
  let stage: Stage;
  let two: string;
  before(async () => {
    stage = await Stage.start({ IN_TIME_SCALE: "3600" });
    two = await variant("two-in-flight", TWO);
    await stage.restartAfterKill({}, two);
  });
  after(() => stage.stop());

  const requested = (taskId: string): boolean =>
    stage.pubSub.of(taskId).some(({ path }) => path.includes(`/${REQUESTS}:`));
  const isRequested = (taskId: string): Promise<unknown> =>
    eventually(`the request of ${taskId}`, () => requested(taskId));
  const submit = (priority = "normal", key?: string): Promise<string> =>
    stage.submit({ ...IMAGE, priority }, key === undefined ? {} : { "Idempotency-Key": key });
  const end = async (taskId: string): Promise<void> => {
    assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
  };
  /** Fills both places. */
  const occupy = async (): Promise<[string, string]> => {
    const [one, other] = [await submit(), await submit()];
    await isRequested(one);
    await isRequested(other);
    return [one, other];
  };
  const status = async (taskId: string): Promise<string> => (await stage.view(taskId)).status;

  void test("releases in order of priority, then of submission, as others end", async () => {
    const running = await occupy();
    const low = await submit("low");
    const normal = [await submit(), await submit()];
    const high = [await submit("high"), await submit("high")];
    const expected = [...high, ...normal, low];
    for (const taskId of expected) {
      assert.equal(await status(taskId), "submitted");
      assert.ok(!requested(taskId));
    }
    const started = [...running];
    for (const [index, taskId] of expected.entries()) {
      await end(started[index] ?? "");
      await isRequested(taskId);
      assert.deepEqual(
        expected.map(requested),
        expected.map((_, place) => place <= index),
      );
      started.push(taskId);
    }
    await end(started.at(-1) ?? "");
    await end(started.at(-2) ?? "");
  });

  void test("is not passed by a task that is submitted again, which is accepted as before", async () => {
    const [one, other] = await occupy();
    const first = await submit("normal", "waits");
    const second = await submit();
    assert.equal(await submit("normal", "waits"), first);
    await end(one);
    await isRequested(first);
    assert.ok(!requested(second));
    await end(other);
    await isRequested(second);
    assert.equal(stage.pubSub.of(first).length, 1);
    await end(first);
    await end(second);
  });

  void test("counts a run's deadline from its release", async () => {
    const [one, other] = await occupy();
    const waiting = await submit();
    const releasedAt = Date.now();
    await end(one);
    const [message] = await stage.publishedOn(REQUESTS, waiting);
    const body = JSON.parse(message?.data ?? "") as { timestamp: number };
    assert.ok(body.timestamp >= releasedAt, `${body.timestamp} < ${releasedAt}`);
    await end(other);
    await end(waiting);
  });

  void test("survives a kill -9 with everything that waits", async () => {
    const [one, other] = await occupy();
    const waiting = [await submit(), await submit()];
    await stage.restartAfterKill({}, two);
    await end(one);
    await end(other);
    for (const taskId of waiting) {
      await isRequested(taskId);
      await end(taskId);
    }
  });

  void test("releases after a kill -9 between its decision and the coordinator", async () => {
    const silent = await variant("silent-release", {
      ...TWO,
      "\n  release(owner, skipAnalysis) {":
        "\n  async release() { await new Promise(() => {}); }\n  unused(owner, skipAnalysis) {",
    });
    const [one, other] = await occupy();
    const waiting = await submit();
    await stage.restartAfterKill({}, silent);
    await end(one);
    await eventually("the end", async () => (await status(one)) === "completed");
    await stage.restartAfterKill({}, two);
    // Nobody asks about the task: the account's alarm alone must do it.
    await isRequested(waiting);
    await end(other);
    await end(waiting);
  });

  void test("waits once, and is released once, where the account's answer was lost", async () => {
    const forgetful = await variant("lost-queue-answer", {
      ...TWO,
      "\n  broadcast(": '\n  broadcast() { throw new Error("lost"); }\n  unused(',
    });
    const [one, other] = await occupy();
    await stage.restartAfterKill({}, forgetful);
    const [waiting, next] = [await submit(), await submit()];
    await stage.restartAfterKill({}, two);
    await end(one);
    await isRequested(waiting);
    assert.ok(!requested(next));
    await end(other);
    await isRequested(next);
    assert.equal(stage.pubSub.of(waiting).length, 1);
    await end(waiting);
    await end(next);
  });

  void test("finds a task whose end was never reported by asking its coordinator", async () => {
    const put = "this.#report(task, reportOf(task, id), reportDueAt);";
    const forgetful = await variant("lost-end", {
      ...TWO,
      [put]: `if (task.error?.message !== "unreported") { ${put} }`,
    });
    await stage.restartAfterKill({}, forgetful);
    const [one, other] = await occupy();
    const waiting = await submit();
    const error = { code: "internal", message: "unreported" };
    assert.equal(await stage.putStatus(one, { status: "failed", error }), 204);
    assert.ok(!requested(waiting));
    // Nothing else happens to the account: the alarm that it has while tasks wait must do it.
    await isRequested(waiting);
    await stage.restartAfterKill({}, two);
    await end(other);
    await end(waiting);
  });

  void test("that is lost holds nobody for ever: a task that waits reports again by itself", async () => {
    const forgetful = await variant("forgetful-queue", {
      ...TWO,
      "checkIfDue(now) {": 'checkIfDue(now) {\n    this.sql.exec("DELETE FROM queue");',
    });
    const running = await occupy();
    const waiting = await submit();
    await stage.restartAfterKill({}, forgetful);
    await isRequested(waiting);
    await stage.restartAfterKill({}, two);
    for (const taskId of [...running, waiting]) {
      await end(taskId);
    }
  });

  void test("lets a task go that is cancelled before it began, and its redrive begin", async () => {
    const [one, other] = await occupy();
    const [cancelled, next] = [await submit(), await submit()];
    assert.equal((await stage.command(cancelled, "cancel", "operation_cancel1")).status, 202);
    const view = await stage.view(cancelled);
    assert.equal(view.status, "failed");
    assert.equal((view["error"] as { code: string }).code, "cancelled");
    await end(one);
    await isRequested(next);
    assert.deepEqual(stage.pubSub.of(cancelled), []);
    await end(next);
    assert.equal((await stage.command(cancelled, "redrive", "operation_redrive")).status, 202);
    const [message] = await stage.publishedOn(REQUESTS, cancelled);
    assert.equal((JSON.parse(message?.data ?? "") as { run: number }).run, 2);
    assert.equal(await stage.putStatus(cancelled, { run: 2, status: "completed" }), 204);
    await end(other);
  });

  void test("lets a task go that is deleted while it waits", async () => {
    const [one, other] = await occupy();
    const [deleted, next] = [await submit(), await submit()];
    const response = await stage.edge.fetch(`/v1/tasks/${deleted}`, { method: "DELETE" });
    assert.equal(response.status, 204);
    await end(one);
    await isRequested(next);
    assert.ok(!requested(deleted));
    await end(other);
    await end(next);
  });
});

void describe("A channel's limit of tasks in flight", () => {
  let users: TestIssuer;
  let stage: Stage;
  before(async () => {
    users = await TestIssuer.start();
    stage = await Stage.start(usersOf(users.url, AUDIENCE, { tasksInFlight: 1 }));
  });
  after(async () => {
    await stage.stop();
    await users.stop();
  });

  void test("holds for each owner alone", async () => {
    const headersOf = async (sub: string): Promise<Record<string, string>> => ({
      authorization: `Bearer ${await users.token({ aud: AUDIENCE, sub })}`,
    });
    const ada = await headersOf("ada");
    const first = await stage.submit(IMAGE, ada);
    await stage.publishedOn(REQUESTS, first);
    const second = await stage.submit(IMAGE, ada);
    const others = await stage.submit(IMAGE, await headersOf("bob"));
    await stage.publishedOn(REQUESTS, others);
    assert.deepEqual(stage.pubSub.of(second), []);
    assert.equal(
      await stage.putStatus(first, { status: "failed", error: { code: "internal", message: "" } }),
      204,
    );
    await stage.publishedOn(REQUESTS, second);
  });
});
