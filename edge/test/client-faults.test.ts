import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { Backoff, type FeedEntry, InClient, type TaskEvent } from "../client/src/index.js";
import { type Fault, FaultyEdge } from "./support/faulty-edge.js";
import { IMAGE, Stage } from "./support/stage.js";

const STORIES = 15;
/** More than a story has, and more often than it can fail: who does not resume fails. */
const MAX_EVENTS = 50;
const MAX_ATTEMPTS = 500;

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constant<Fault>({ kind: "none" }),
  fc.record({
    kind: fc.constant("refused" as const),
    status: fc.constantFrom(429 as const, 503 as const),
  }),
  fc.record({ kind: fc.constantFrom("lost" as const, "answer lost" as const) }),
  fc.record({ kind: fc.constant("cut" as const), bytes: fc.integer({ min: 0, max: 900 }) }),
  fc.record({ kind: fc.constant("silent" as const), bytes: fc.integer({ min: 0, max: 900 }) }),
  fc.record({ kind: fc.constant("delayed" as const), ms: fc.integer({ min: 1, max: 20 }) }),
);

/** A story: what the network does, and before which of the reports the edge is killed. */
const story = fc.record({
  faults: fc.array(fault, { minLength: 1, maxLength: 12 }),
  kill: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 4 }),
});

void describe("Behind a network that loses, cuts, delays and refuses, the client", () => {
  let stage: Stage;
  let edge: FaultyEdge;
  before(async () => {
    stage = await Stage.start();
    edge = await FaultyEdge.to(stage.edge.url);
  });
  after(async () => {
    await edge.stop();
    await stage.stop();
  });

  const restart = async (): Promise<void> => {
    edge.target = undefined;
    await stage.restartAfterKill();
    edge.target = stage.edge.url;
  };

  void test("submits each image once, and reads each event once", async () => {
    const retry = new Backoff({ attempts: MAX_ATTEMPTS, minDelayMs: 1, maxDelayMs: 50 });
    const client = new InClient({
      baseUrl: edge.url,
      retry,
      streamRetry: retry,
      timeoutMs: 300,
      silenceTimeoutMs: 100,
      reopenDelayMs: 5,
    });
    let met = 0;
    let cursor = 0;
    await fc.assert(
      fc.asyncProperty(story, async ({ faults, kill }) => {
        edge.meets(faults);
        const { taskId } = await client.submit(IMAGE.imageUrl);
        const reading = readTask(client, taskId);
        const following = readFeed(client, cursor, taskId);
        const reports = [
          { status: "processing_in_gcp", stage: "download" },
          { status: "processing_in_gcp", stage: "metadata" },
          { status: "completed" },
        ];
        for (const [index, report] of reports.entries()) {
          if (index === kill) {
            await restart();
          }
          const timestamp = Date.now() + index;
          assert.equal(await stage.putStatus(taskId, { ...report, timestamp }), 204);
        }
        if (kill === reports.length) {
          await restart();
        }
        const direct = new InClient({ baseUrl: stage.edge.url });
        const events = await reading;
        assert.deepEqual(events, await direct.tasks.history(taskId));
        assert.equal(events.at(-1)?.task.status, "completed");
        const entries = await following;
        assert.deepEqual(
          entries.map(({ seq }) => seq),
          await seqsBetween(direct, cursor, entries.at(-1)?.seq ?? 0),
        );
        // A task for each submission, however often it was sent.
        const submitted = entries.filter(({ type }) => type === "task.submitted");
        assert.deepEqual(
          submitted.map((entry) => entry.taskId),
          [taskId],
        );
        cursor = entries.at(-1)?.seq ?? cursor;
        met += faults.length - edge.remaining;
      }),
      { numRuns: STORIES, endOnFailure: true },
    );
    assert.ok(met > STORIES, `only ${met} faults were met`);
  });
});

async function readTask(client: InClient, taskId: string): Promise<TaskEvent[]> {
  const events: TaskEvent[] = [];
  for await (const event of client.tasks.watch(taskId)) {
    events.push(event);
    assert.ok(events.length <= MAX_EVENTS, "a watch begins again and again");
  }
  return events;
}

/** The entries behind the cursor, up to the task's end. */
async function readFeed(client: InClient, cursor: number, taskId: string): Promise<FeedEntry[]> {
  const entries: FeedEntry[] = [];
  for await (const entry of client.feed({ cursor })) {
    entries.push(entry);
    assert.ok(entries.length <= MAX_EVENTS, "a feed begins again and again");
    if (entry.taskId === taskId && entry.type === "task.completed") {
      break;
    }
  }
  return entries;
}

/** As the feed has them, read without faults. */
async function seqsBetween(client: InClient, cursor: number, last: number): Promise<number[]> {
  const seqs: number[] = [];
  for await (const { seq } of client.feed({ cursor })) {
    seqs.push(seq);
    if (seq >= last) {
      break;
    }
  }
  return seqs;
}
