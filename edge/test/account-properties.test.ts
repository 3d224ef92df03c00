import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import type { ReportedTask, TaskReport } from "../src/account/report.js";
import type { LibraryEntry } from "../src/generated/library.js";
import { usersOf } from "./support/channels.js";
import { derivedId, AUDIENCE, ownerOf } from "./support/hub-story.js";
import { eventsOf } from "./support/events.js";
import { TestIssuer } from "./support/issuer.js";
import { Stage } from "./support/stage.js";
import { testingWorker } from "./support/testing-worker.js";

// Real accounts take what coordinators report and tag-indexer sends, in whatever order it comes, however
// often, and whatever of it is lost on the way and sent again. Feed and library end the same: as the tasks
// stand. Every story has an account of its own.

const STORIES = 40;
const START = 1_790_000_000_000;
const STAGES = ["download", "metadata", "ai"];

/** What becomes of one attempt to report, as far as the coordinator can see. */
type Outcome = "acknowledged" | "lost" | "answer lost" | "late";

type Step =
  | {
      readonly kind: "progress" | "complete" | "fail" | "redrive" | "delete";
      readonly task: number;
    }
  | { readonly kind: "attempt"; readonly task: number; readonly outcome: Outcome }
  | { readonly kind: "arrive"; readonly index: number }
  | { readonly kind: "index"; readonly task: number };

const task = fc.integer({ min: 0, max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("progress", "progress", "complete", "fail", "redrive"),
      task,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete" as const), task }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("attempt" as const),
      task,
      outcome: fc.constantFrom<Outcome>("acknowledged", "lost", "answer lost", "late"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("arrive" as const), index: fc.nat({ max: 9 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("index" as const), task }) },
);

type Sent =
  { readonly report: TaskReport } | { readonly taskId: string; readonly entry: LibraryEntry };

/** A task, and its coordinator's outbox: the latest state of each run. */
class Task {
  readonly outbox = new Map<number, TaskReport>();
  /** What never may be missing in the feed. */
  said: string[] = [];
  state: ReportedTask;
  deleted = false;
  /** Only then anything is published about it, and found by tag-indexer. */
  released = false;
  /** What tag-indexer sends of the latest run that has ended. */
  entry: LibraryEntry | undefined;

  constructor(
    readonly taskId: string,
    createdAt: number,
  ) {
    this.state = {
      ...{ taskId, createdAt, version: 1, updatedAt: createdAt, status: "submitted" },
      ...{ run: 1, runStartedAt: createdAt, priority: "normal" },
    };
    this.#changed("task.submitted");
  }

  happens(kind: "progress" | "complete" | "fail" | "redrive" | "delete", now: number): void {
    const { version, status, run, stage } = this.state;
    const hasEnded = status === "completed" || status === "failed";
    const next = { ...this.state, version: version + 1, updatedAt: now };
    if (this.deleted) {
      return;
    }
    if (kind === "delete") {
      this.deleted = true;
      this.outbox.clear();
      const { taskId, createdAt } = next;
      const report = { taskId, createdAt, version: next.version, updatedAt: now };
      this.outbox.set(run, { ...report, status: "deleted" });
      this.said = ["task.deleted"];
      return;
    }
    if (kind === "redrive") {
      if (status === "failed") {
        const { error: _error, stage: _stage, ...kept } = next;
        this.state = { ...kept, status: "processing_in_gcp", run: run + 1, runStartedAt: now };
        this.#changed("task.redriven");
      }
      return;
    }
    if (hasEnded) {
      return;
    }
    if (kind === "progress") {
      const following = STAGES[STAGES.indexOf(stage ?? "") + 1];
      if (following !== undefined) {
        this.state = { ...next, status: "processing_in_gcp", stage: following };
        this.#changed();
      }
      return;
    }
    const error = { code: "internal", message: `of run ${run}`, stage: "ai" };
    this.state =
      kind === "complete" ? { ...next, status: "completed" } : { ...next, status: "failed", error };
    this.#changed(kind === "complete" ? "task.completed" : "task.failed");
    this.entry = {
      ...{ version: run, status: this.state.status, labels: [`label${run}`] },
      // A document is made a little later than its task.
      createdAt: this.state.createdAt + 23,
      ...(kind === "complete" ? {} : { failureCode: "internal" }),
    };
  }

  #changed(type?: string): void {
    this.outbox.set(this.state.run, this.state);
    if (type !== undefined) {
      this.said.push(type);
    }
  }
}

/** Plays a story; what is sent, in the order in which it arrives at the account. */
function play(tasks: readonly Task[], story: readonly Step[]): Sent[] {
  const sent: Sent[] = [];
  const onTheirWay: Sent[] = [];
  let now = START + 1_000;
  for (const one of story) {
    now += 7;
    if (one.kind === "arrive") {
      sent.push(...onTheirWay.splice(one.index, 1));
      continue;
    }
    const its = tasks[one.task] as Task;
    if (one.kind === "index") {
      if (its.entry !== undefined && its.released && !its.deleted) {
        sent.push({ taskId: its.taskId, entry: its.entry });
      }
    } else if (one.kind === "attempt") {
      attempt(its, one.outcome);
    } else {
      its.happens(one.kind, now);
    }
  }
  // In the end every coordinator reaches the account, and tag-indexer, too. What was late comes last of all.
  for (const its of tasks) {
    while (its.outbox.size > 0) {
      attempt(its, "acknowledged");
    }
    if (its.entry !== undefined && !its.deleted) {
      sent.push({ taskId: its.taskId, entry: its.entry });
    }
  }
  return [...sent, ...onTheirWay];

  function attempt(its: Task, outcome: Outcome): void {
    const [run, report] = [...its.outbox][0] ?? [];
    if (run === undefined || report === undefined || outcome === "lost") {
      return;
    }
    (outcome === "late" ? onTheirWay : sent).push({ report });
    if (outcome === "acknowledged") {
      its.outbox.delete(run);
      its.released = true;
    }
  }
}

const isIndexed = ({ type }: Entry): boolean => type === "task.indexed";

interface Entry {
  readonly seq: number;
  readonly type: string;
  readonly taskId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

void describe("An account", () => {
  let users: TestIssuer;
  let stage: Stage;
  let stories = 0;
  before(async () => {
    users = await TestIssuer.start();
    stage = await Stage.start({
      ...usersOf(users.url, AUDIENCE),
    });
    await stage.restartAfterKill({}, await testingWorker());
  });
  after(async () => {
    await stage.stop();
    await users.stop();
  });

  const account = async (
    sub: string,
  ): Promise<{
    send: (all: readonly Sent[]) => Promise<void>;
    get: (path: string) => Promise<Response>;
  }> => {
    const owner = await ownerOf(sub, users);
    const authorization = `Bearer ${await users.token({ aud: AUDIENCE, sub })}`;
    return {
      send: async (all) => {
        const init = { method: "POST", body: JSON.stringify(all) };
        const answer = await fetch(new URL(`/testing/${owner}`, stage.edge.url), init);
        assert.equal(answer.status, 204, await answer.text());
      },
      get: (path) => fetch(new URL(path, stage.edge.url), { headers: { authorization } }),
    };
  };

  type Account = Awaited<ReturnType<typeof account>>;

  const json = async (from: Account, path: string): Promise<unknown> =>
    await (await from.get(path)).json();

  const items = async (from: Account, path: string): Promise<readonly object[]> =>
    ((await json(from, path)) as { items: readonly object[] }).items;

  const feed = async (from: Account, cursor = 0): Promise<Entry[]> => {
    const { cursor: head } = (await json(from, "/v1/account")) as { cursor: number };
    const response = await from.get(`/v1/events?cursor=${cursor}`);
    const entries: Entry[] = [];
    if (cursor < head) {
      for await (const { event, data } of eventsOf(response)) {
        if (event !== undefined) {
          entries.push(data as Entry);
          if ((data as Entry).seq === head) {
            break;
          }
        }
      }
    } else {
      await response.body?.cancel();
    }
    return entries;
  };

  const tasksOf = async (sub: string): Promise<Task[]> => {
    const ids = await Promise.all([0, 1, 2].map((index) => derivedId(`${sub} ${index}`)));
    return ids.map((taskId, index) => new Task(taskId, START + index * 100));
  };

  void test("ends with the same feed and library, whatever is lost, late or repeated", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (story) => {
        const sub = `story ${++stories}`;
        const tasks = await tasksOf(sub);
        const its = await account(sub);
        const sent = play(tasks, story);
        await its.send(sent);
        const entries = await feed(its);
        for (const { taskId, said, state } of tasks) {
          const own = entries.filter((entry) => entry.taskId === taskId);
          const ofTask = own.filter(({ type }) => type !== "task.indexed");
          const lasting = ofTask.filter(({ type }) => type !== "task.progress");
          assert.deepEqual(
            lasting.map(({ type }) => type),
            said,
          );
          const { status } = state;
          const last = ofTask.at(-1)?.data ?? {};
          assert.equal(last["status"], said[0] === "task.deleted" ? undefined : status);
        }
        for (const { taskId, deleted } of tasks) {
          // Each entry of tag-indexer's once, however often it came.
          const found = sent.flatMap((one) =>
            "entry" in one && one.taskId === taskId ? [JSON.stringify(one.entry)] : [],
          );
          const indexed = entries.filter((one) => one.taskId === taskId && isIndexed(one));
          assert.equal(indexed.length, deleted ? 0 : new Set(found).size);
        }
        const steps = entries
          .filter((entry) => !isIndexed(entry))
          .map(({ data }) => JSON.stringify(data));
        assert.equal(new Set(steps).size, steps.length, "the same twice");
        const middle = entries[Math.floor(entries.length / 2)]?.seq ?? 0;
        assert.deepEqual(
          await feed(its, middle),
          entries.filter(({ seq }) => seq > middle),
        );

        const kept = tasks.filter(({ deleted }) => !deleted).reverse();
        assert.deepEqual(
          await items(its, "/v1/tasks"),
          kept.map(({ taskId, state, entry }) => ({
            taskId,
            ...(entry === undefined ? {} : { labels: entry.labels }),
            status: state.status,
            createdAt: new Date(state.createdAt).toISOString(),
            ...(state.stage === undefined ? {} : { stage: state.stage }),
            ...(state.error === undefined ? {} : { error: state.error }),
          })),
        );
        const found = await items(its, "/v1/search?q=label");
        assert.equal(found.length, kept.filter(({ entry }) => entry !== undefined).length);
        // All of it again changes nothing.
        await its.send([...sent].reverse());
        assert.deepEqual(await feed(its), entries);
      }),
      { numRuns: STORIES },
    );
  });

  void test("that is built again from entries and reports, in any order, equals the live one", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
        async (story, order) => {
          const sub = `story ${++stories}`;
          const tasks = await tasksOf(sub);
          const live = await account(sub);
          await live.send(play(tasks, story));
          const rebuilt = await account(`${sub} rebuilt`);
          const all = tasks
            .filter(({ deleted }) => !deleted)
            .flatMap(({ taskId, state, entry }): Sent[] => [
              { report: state },
              ...(entry === undefined ? [] : [{ taskId, entry }]),
            ]);
          const shuffled = all
            .map((one, index) => ({ one, place: order[index] ?? 0 }))
            .sort((a, b) => a.place - b.place)
            .map(({ one }) => one);
          await rebuilt.send(shuffled);
          for (const path of ["/v1/tasks", "/v1/search?q=label", "/v1/tasks?status=failed"]) {
            assert.deepEqual(await items(rebuilt, path), await items(live, path));
          }
        },
      ),
      { numRuns: STORIES },
    );
  });
});
