import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Clocks } from "../src/clocks.js";
import { COMMANDS, decide, isRefusal, type Operation } from "../src/tasks/commands.js";
import { outgoing } from "../src/tasks/messages.js";
import { isTerminal, movesForward, type Status } from "../src/tasks/summary.js";
import { alarmOf, isDeleted, type Pending, type StoredTask } from "../src/tasks/task.js";
import * as transitions from "../src/tasks/transitions.js";

// Whatever order reports, commands and alarms come in, however often, and whatever is lost. The
// coordinator's transitions are driven as coordinator.ts and outbox.ts drive them, by a clock of the
// test's own; fast-check shrinks a story that fails and prints its seed.

const STORIES = 1_000;
const START = 1_790_000_000_000;
const CLOCKS: Clocks = {
  overdueAfterMs: 1_000,
  documentTtlMs: 40_000,
  backoffMinimumMs: 10,
  backoffMaximumMs: 80,
};
const ORDER: readonly Status[] = ["submitted", "processing_in_gcp", "completed", "failed"];

type Step =
  | { kind: "publish"; outcome: "taken" | "refused" | "answer lost" }
  | { kind: "report"; run: number; status: "processing_in_gcp" | "completed" | "failed" }
  | { kind: "command"; command: (typeof COMMANDS)[number]; id: number }
  | { kind: "time"; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("publish" as const),
    outcome: fc.constantFrom("taken" as const, "refused" as const, "answer lost" as const),
  }),
  fc.record({
    kind: fc.constant("report" as const),
    // An older run, this one, or one that another edge version has opened.
    run: fc.integer({ min: -1, max: 1 }),
    status: fc.constantFrom("processing_in_gcp" as const, "completed" as const, "failed" as const),
  }),
  fc.record({
    kind: fc.constant("command" as const),
    // Deleted tasks have a short story.
    command: fc.constantFrom("redrive" as const, "redrive" as const, ...COMMANDS),
    id: fc.integer({ min: 0, max: 9 }),
  }),
  fc.record({
    kind: fc.constant("time" as const),
    ms: fc.constantFrom(1, 15, 1_500, 15_000, 15_000),
  }),
);

/** A coordinator without its platform. */
class Coordinator {
  task: StoredTask = transitions.released(
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
      START,
    ),
    START,
    CLOCKS,
  );
  now = START;
  readonly accepted = new Map<string, Operation>();
  readonly bodies = new Map<string, string>();
  /** What Pub/Sub has, by its type, run and operation. */
  readonly published: Pending[] = [];
  /** The latest run that anything was reported about. */
  reportedRun = 0;
  /** The latest run that ended since nothing was reported about it. */
  silentUntil = 0;

  async run(step: Step): Promise<void> {
    const before = this.task;
    switch (step.kind) {
      case "publish":
        await this.publish(step.outcome);
        break;
      case "report":
        this.report(step.run, step.status);
        break;
      case "command":
        this.command(step.command, `operation_AAAAAAAAAAA${step.id}`);
        break;
      case "time":
        this.now += step.ms;
        await this.alarm("refused");
    }
    this.check(before);
  }

  async publish(outcome: "taken" | "refused" | "answer lost"): Promise<void> {
    const [next] = this.task.outbox.pending;
    if (next === undefined) {
      return;
    }
    if (outcome !== "refused") {
      const { message } = await outgoing(this.task, next);
      const known = this.bodies.get(message.attributes["eventId"] ?? "");
      assert.ok(known === undefined || known === message.body, "one id, two contents");
      this.bodies.set(message.attributes["eventId"] ?? "", message.body);
      this.published.push(next);
    }
    this.task =
      outcome === "taken"
        ? transitions.published(this.task, next, this.now)
        : transitions.attemptFailed(this.task, this.now, CLOCKS, 0.5);
  }

  report(offset: number, status: "processing_in_gcp" | "completed" | "failed"): void {
    if (isDeleted(this.task)) {
      return;
    }
    const run = Math.max(1, this.task.summary.run + offset);
    const update = { run, status, timestamp: this.now };
    if (movesForward(this.task.summary, update)) {
      const { traceId } = this.task;
      const eventId = "272def0c-526d-5cf6-8685-0ea756495d32";
      const whole = { ...update, traceId, eventId };
      this.task = transitions.updated(this.task, whole, this.now, CLOCKS);
      this.reportedRun = run;
    }
  }

  command(command: (typeof COMMANDS)[number], operationId: string): void {
    const decision = decide(this.task, command, operationId);
    if (isRefusal(decision)) {
      assert.ok(this.accepted.get(operationId)?.command !== command || isDeleted(this.task));
      return;
    }
    const known = this.accepted.get(operationId);
    if (decision.repeated) {
      assert.ok(isDeleted(this.task) || assertEqual(decision.operation, known));
      return;
    }
    assert.equal(known, undefined, "accepted twice");
    assert.ok(!isDeleted(this.task));
    this.accepted.set(operationId, decision.operation);
    const change = { redrive: "redriven", cancel: "cancelling", delete: "deleted" } as const;
    this.task = transitions[change[command]](this.task, decision.operation, this.now, CLOCKS);
  }

  async alarm(publishing: "taken" | "refused"): Promise<void> {
    const due = alarmOf(this.task.outbox);
    if (due === undefined || due > this.now) {
      return;
    }
    const { overdueAt, publishDueAt } = this.task.outbox;
    if (!isDeleted(this.task) && overdueAt !== undefined && overdueAt <= this.now) {
      if (transitions.isExpired(this.task, this.now, CLOCKS)) {
        this.task = transitions.timedOut(this.task, this.now, CLOCKS);
        this.silentUntil = this.task.summary.run;
        return;
      }
      this.task = transitions.overdue(this.task, this.now, CLOCKS);
    }
    if (publishDueAt !== undefined) {
      await this.publish(publishing);
    }
  }

  private check(before: StoredTask): void {
    const { pending, publishDueAt, overdueAt, forgetAt } = this.task.outbox;
    assert.equal(pending.length > 0, publishDueAt !== undefined, "pending, but never due");
    assert.notEqual(alarmOf(this.task.outbox), undefined, "nothing wakes it");
    assert.equal(new Set(pending.map((one) => JSON.stringify(one))).size, pending.length);
    if (isDeleted(this.task)) {
      assert.doesNotMatch(JSON.stringify(this.task), /private/);
      return;
    }
    assert.ok(!isDeleted(before), "a deleted task is back");
    const ended = isTerminal(this.task.summary.status);
    assert.equal(overdueAt === undefined, ended, "overdue exactly while it goes on");
    assert.equal(forgetAt !== undefined, ended, "forgotten exactly when it has ended");
    assert.ok(this.task.summary.run >= before.summary.run, "a run went back");
    if (this.task.summary.run === before.summary.run) {
      const [from, to] = [before.summary.status, this.task.summary.status];
      assert.ok(ORDER.indexOf(to) >= ORDER.indexOf(from) || from === to, `${from} to ${to}`);
      assert.ok(!isTerminal(from) || from === to, "an end was overwritten");
    }
  }

  /** Nothing is lost any more: all is published, and the chain reports how its run ended. */
  async finish(): Promise<void> {
    while (this.task.outbox.pending.length > 0) {
      await this.publish("taken");
    }
    for (const { command, operationId, run } of this.accepted.values()) {
      // Of several cancels of a run one is published.
      const sent = this.published.some(
        (one) =>
          one.type !== "download.requested" &&
          (one.operationId === operationId ||
            (one.type === "task.cancel" && command === "cancel" && one.run === run)),
      );
      // A report on the run shows that the redrive has arrived; an end, also one for silence, that a
      // cancel came too late. A deletion makes both meaningless.
      const overtaken =
        command !== "delete" &&
        (this.reportedRun >= run || this.silentUntil >= run || isDeleted(this.task));
      assert.ok(sent || overtaken, `${command} of run ${run} was never published`);
    }
    if (!isDeleted(this.task) && !isTerminal(this.task.summary.status)) {
      this.report(0, "completed");
      assert.equal(this.task.summary.status, "completed");
    }
    assert.deepEqual(this.task.outbox.pending, []);
  }
}

function assertEqual(actual: unknown, expected: unknown): true {
  assert.deepEqual(actual, expected);
  return true;
}

void describe("A coordinator", () => {
  void test("goes forward only, keeps what it accepted, and can always be woken", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (story) => {
        const coordinator = new Coordinator();
        for (const one of story) {
          await coordinator.run(one);
        }
        await coordinator.finish();
      }),
      { numRuns: STORIES },
    );
  });

  void test("ends a task that nothing is ever reported about, and publishes nothing after that", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5_000 })), async (gaps) => {
        const coordinator = new Coordinator();
        await coordinator.publish("taken");
        let next = 0;
        while (!isDeleted(coordinator.task) && !isTerminal(coordinator.task.summary.status)) {
          coordinator.now += gaps[next++ % Math.max(1, gaps.length)] ?? 1_000;
          await coordinator.alarm("taken");
        }
        const published = coordinator.published.length;
        assert.ok(coordinator.now >= START + CLOCKS.documentTtlMs, "ended early");
        assert.ok(published > 1, "it was never nudged");
        coordinator.now += CLOCKS.documentTtlMs - 1;
        await coordinator.alarm("taken");
        assert.equal(coordinator.published.length, published);
      }),
      { numRuns: 200 },
    );
  });
});
