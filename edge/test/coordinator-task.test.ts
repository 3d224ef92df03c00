import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import type { Clocks } from "../src/clocks.js";
import { decide } from "../src/tasks/commands.js";
import {
  alarmOf,
  parseStoredTask,
  REQUEST,
  type StoredTask,
  type Task,
} from "../src/tasks/task.js";
import * as transitions from "../src/tasks/transitions.js";

const CLOCKS: Clocks = {
  overdueAfterMs: 1_000,
  documentTtlMs: 100_000,
  backoffMinimumMs: 10,
  backoffMaximumMs: 80,
};
const NOW = 1_790_000_000_000;
const OPERATION = "operation_AAAAAAAAAAAA";

const newTask = transitions.released(
  transitions.submitted(
    {
      taskId: "AAAAAAAAAAAAAAAAAAAAAA",
      owner: "owner-of-the-task",
      channel: "acme",
      submission: {
        input: { imageUrl: "https://private.example/secret" },
        features: ["text"],
        priority: "normal",
      },
      traceId: "0af7651916cd43dd8448eb211c80319c",
      spanId: "b7ad6b7169203331",
    },
    NOW,
  ),
  NOW,
  CLOCKS,
);
const running = transitions.published(newTask, REQUEST, NOW) as Task;

const report = (task: Task, update: object, at: number): Task =>
  transitions.updated(
    task,
    {
      eventId: "272def0c-526d-5cf6-8685-0ea756495d32",
      traceId: task.traceId,
      run: task.summary.run,
      status: "failed",
      timestamp: at,
      ...update,
    },
    at,
    CLOCKS,
  );

const redrive = (task: Task, at: number): Task => {
  const decision = decide(task, "redrive", OPERATION);
  assert.ok(typeof decision !== "string");
  return transitions.redriven(task, decision.operation, at, CLOCKS);
};

void describe("A deleted task", () => {
  const operation = { operationId: OPERATION, command: "delete", run: 1 } as const;
  const error = { code: "internal", message: "a message" };
  const failed = report(running, { error, resultJson: '{"secret":1}' }, NOW);

  void test("keeps nothing of the user's but what the pending message needs", () => {
    const deleted = transitions.deleted(failed, operation, NOW, CLOCKS);
    assert.deepEqual(Object.keys(deleted).sort(), [
      ...["deleted", "outbox", "routing", "run", "spanId", "taskId", "traceId"],
    ]);
    assert.doesNotMatch(JSON.stringify(deleted), /secret|private|a message/);
  });

  void test("keeps nothing of the user's once that is published, and its id for forty days", () => {
    const deleted = transitions.deleted(failed, operation, NOW, CLOCKS);
    const [pending] = deleted.outbox.pending;
    assert.ok(pending !== undefined);
    const published = transitions.published(deleted, pending, NOW);
    assert.doesNotMatch(JSON.stringify(published), /owner|secret|private/);
    assert.deepEqual(published.outbox, {
      pending: [],
      failures: 0,
      overdueCount: 0,
      forgetAt: NOW + CLOCKS.documentTtlMs,
    });
  });
});

void describe("An overdue task", () => {
  void test("nudges with the request of its current run", () => {
    const second = report(report(running, {}, NOW), { run: 2, status: "processing_in_gcp" }, NOW);
    const overdue = transitions.overdue(second, NOW + 1_000, CLOCKS);
    assert.deepEqual(overdue.outbox.pending, [REQUEST]);
    assert.equal(overdue.summary.run, 2);
    assert.equal(overdue.runStartedAt, NOW);
  });

  void test("sends its redrive again, too, until something is reported about the run", () => {
    const redriven = redrive(report(running, {}, NOW), NOW);
    const [command] = redriven.outbox.pending;
    assert.ok(command !== undefined);
    const sent = transitions.published(redriven, command, NOW) as Task;
    assert.deepEqual(transitions.overdue(sent, NOW, CLOCKS).outbox.pending, [command, REQUEST]);
    // Still pending, it is not there twice.
    assert.deepEqual(transitions.overdue(redriven, NOW, CLOCKS).outbox.pending, [command, REQUEST]);
    const reported = report(sent, { status: "processing_in_gcp", stage: "metadata" }, NOW);
    assert.deepEqual(transitions.overdue(reported, NOW, CLOCKS).outbox.pending, [REQUEST]);
  });

  void test("is not nudged after its document's lifetime, but has timed out", () => {
    const last = NOW + CLOCKS.documentTtlMs;
    assert.equal(transitions.isExpired(running, last - 1, CLOCKS), false);
    assert.equal(transitions.isExpired(running, last, CLOCKS), true);
    // Never published, it cannot have a document: it is published as soon as that is possible.
    assert.equal(transitions.isExpired(newTask, last, CLOCKS), false);
    const timedOut = transitions.timedOut(running, last, CLOCKS);
    assert.deepEqual(timedOut.summary, { status: "failed", run: 1 });
    assert.equal(timedOut.error?.code, "timed_out");
    assert.deepEqual(timedOut.outbox.pending, []);
    assert.equal(timedOut.outbox.overdueAt, undefined);
    assert.equal(timedOut.outbox.forgetAt, last + CLOCKS.documentTtlMs);
  });

  void test("that has timed out while a nudge was due has nothing due but its deletion", () => {
    const last = NOW + CLOCKS.documentTtlMs;
    const nudging = transitions.overdue(running, last - 1, CLOCKS);
    const timedOut = transitions.timedOut(nudging, last, CLOCKS);
    assert.equal(timedOut.outbox.publishDueAt, undefined);
    assert.equal(alarmOf(timedOut.outbox), last + CLOCKS.documentTtlMs);
  });

  void test("that Pub/Sub has never accepted stays overdue at growing gaps, however old", () => {
    const late = NOW + 2 * CLOCKS.documentTtlMs;
    const overdue = transitions.overdue(newTask, late, CLOCKS);
    assert.equal(overdue.summary.status, "submitted");
    assert.equal(overdue.outbox.overdueAt, late + 2 * CLOCKS.overdueAfterMs);
  });

  void test("has its alarm no later than that", () => {
    let task = running;
    let at = NOW + CLOCKS.overdueAfterMs;
    while (!transitions.isExpired(task, at, CLOCKS)) {
      task = transitions.overdue(task, at, CLOCKS);
      at = task.outbox.overdueAt ?? Infinity;
    }
    assert.equal(task.outbox.overdueAt, NOW + CLOCKS.documentTtlMs);
  });
});

void describe("The alarm", () => {
  void test("of a deleted task is that of its pending message, even when its time is up", () => {
    const operation = { operationId: OPERATION, command: "delete", run: 1 } as const;
    const deleted = transitions.deleted(running, operation, NOW, CLOCKS);
    assert.equal(alarmOf(deleted.outbox), NOW + CLOCKS.backoffMinimumMs);
    const later = NOW + 2 * CLOCKS.documentTtlMs;
    const failed = transitions.attemptFailed(deleted, later, CLOCKS, 0);
    assert.equal(alarmOf(failed.outbox), later + CLOCKS.backoffMinimumMs);
    const [pending] = deleted.outbox.pending;
    assert.ok(pending !== undefined);
    const published = transitions.published(failed, pending, later);
    assert.equal(alarmOf(published.outbox), NOW + CLOCKS.documentTtlMs);
  });
});

void describe("A reopened task", () => {
  void test("is not deleted, and its clock begins anew", () => {
    const at = NOW + 5_000;
    for (const reopened of [
      redrive(report(running, {}, NOW), at),
      report(report(running, {}, NOW), { run: 2, status: "processing_in_gcp" }, at),
    ]) {
      assert.equal(reopened.outbox.forgetAt, undefined);
      assert.equal(reopened.outbox.overdueAt, at + CLOCKS.overdueAfterMs);
      assert.equal(reopened.runStartedAt, at);
    }
  });
});

void describe("A row that an older version wrote", () => {
  const { runStartedAt: _started, outbox, ...rest } = newTask;
  const { pending: _pending, ...older } = outbox;

  void test("has the request pending where a publish was due", () => {
    const row = JSON.stringify({ ...rest, outbox: older });
    assert.deepEqual(parseStoredTask(row), newTask);
  });

  void test("has nothing pending where none was", () => {
    const { publishDueAt: _due, ...published } = older;
    const row = JSON.stringify({ ...rest, outbox: published });
    assert.deepEqual(parseStoredTask(row).outbox.pending, []);
  });

  void test("is read as it is when this version wrote it", () => {
    const operation = { operationId: OPERATION, command: "delete", run: 1 } as const;
    const deleted: StoredTask = transitions.deleted(running, operation, NOW, CLOCKS);
    for (const stored of [newTask, running, deleted]) {
      assert.deepEqual(parseStoredTask(JSON.stringify(stored)), stored);
    }
  });
});
