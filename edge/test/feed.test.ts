import { strict as assert } from "node:assert";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import type WebSocket from "ws";
import { type FeedEntry, feedSocket, readFeed } from "./support/account.js";
import { assertFeedEntry } from "./support/openapi.js";
import { assertProblem, Stage } from "./support/stage.js";

const ended = ({ type }: FeedEntry): boolean => type === "task.completed" || type === "task.failed";
const endOf =
  (taskId: string) =>
  (entry: FeedEntry): boolean =>
    ended(entry) && entry.taskId === taskId;

/** The types that are never left out, of one task. */
const typesOf = (entries: readonly FeedEntry[], taskId: string): string[] =>
  entries
    .filter((entry) => entry.taskId === taskId && entry.type !== "task.progress")
    .map(({ type }) => type);

/** The next message, once it has come. */
async function nextEntry(socket: WebSocket): Promise<FeedEntry> {
  const [data] = (await once(socket, "message")) as [Buffer];
  const entry: unknown = JSON.parse(data.toString("utf8"));
  assertFeedEntry(entry);
  return entry as FeedEntry;
}

void describe("GET /v1/events", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start()));
  after(() => stage.stop());

  void test("sends what happened to every task, then what happens", async () => {
    const first = await stage.submitAndPublish();
    const feed = readFeed(stage, endOf(first));
    await stage.putStatus(first, { stage: "download" });
    await stage.putStatus(first, { status: "completed", result: { durationMs: 7 } });
    const entries = await feed;
    assert.deepEqual(
      entries.map(({ seq }) => seq),
      entries.map((_, index) => (entries[0]?.seq ?? 0) + index),
    );
    const own = entries.filter(({ taskId }) => taskId === first);
    assert.deepEqual(typesOf(own, first), ["task.submitted", "task.completed"]);
    const { result, ...view } = await stage.view(first);
    assert.deepEqual(result, { durationMs: 7 });
    assert.deepEqual(own.at(-1)?.data, view);
    assert.equal(own.at(-1)?.timestamp, view["updatedAt"]);
    assert.deepEqual(own[0]?.data, {
      ...view,
      status: "submitted",
      updatedAt: view["createdAt"],
    });
  });

  void test("resumes after the last seq, by header or query, without a gap or a repeat", async () => {
    const taskId = await stage.submitAndPublish();
    await stage.putStatus(taskId, { status: "failed", error: { code: "internal", message: "" } });
    const all = await readFeed(stage, endOf(taskId));
    const from = all[all.length - 3]?.seq ?? 0;
    for (const [query, headers] of [
      [`?cursor=${from}`, {}],
      ["", { "Last-Event-ID": String(from) }],
      ["?cursor=0", { "Last-Event-ID": String(from) }],
    ] as const) {
      assert.deepEqual(await readFeed(stage, endOf(taskId), query, headers), all.slice(-2));
    }
  });

  void test("sends the wanted types only", async () => {
    const taskId = await stage.submitAndPublish();
    const feed = readFeed(stage, endOf(taskId), "?types=task.completed,task.submitted");
    await stage.putStatus(taskId, { stage: "download" });
    await stage.putStatus(taskId, { status: "completed" });
    const entries = await feed;
    const types = new Set(entries.map(({ type }) => type));
    assert.deepEqual(types, new Set(["task.submitted", "task.completed"]));
  });

  void test("says that a task was redriven, and of a deleted one that alone", async () => {
    const taskId = await stage.submitAndPublish();
    await stage.putStatus(taskId, { status: "failed", error: { code: "internal", message: "" } });
    await stage.command(taskId, "redrive", "operation_AAAAAAAAAAAA");
    await stage.putStatus(taskId, { run: 2, status: "completed" });
    const entries = await readFeed(
      stage,
      (entry) => entry.taskId === taskId && entry.type === "task.completed",
    );
    assert.deepEqual(typesOf(entries, taskId), [
      "task.submitted",
      "task.failed",
      "task.redriven",
      "task.completed",
    ]);
    const cursor = entries.at(-1)?.seq ?? 0;
    await stage.edge.fetch(`/v1/tasks/${taskId}`, { method: "DELETE" });
    const deleted = ({ type }: FeedEntry): boolean => type === "task.deleted";
    const [entry] = await readFeed(stage, deleted, `?cursor=${cursor}`);
    assert.ok(entry !== undefined);
    assert.deepEqual(entry.data, { taskId });
    const all = await readFeed(stage, (one) => one.seq === entry.seq);
    assert.deepEqual(typesOf(all, taskId), ["task.deleted"]);
  });

  void test("resumes after a kill -9", async () => {
    const taskId = await stage.submitAndPublish();
    const submitted = (entry: FeedEntry): boolean => entry.taskId === taskId;
    const cursor = (await readFeed(stage, submitted)).at(-1)?.seq ?? 0;
    await stage.putStatus(taskId, { status: "completed" });
    await stage.restartAfterKill();
    const entries = await readFeed(stage, endOf(taskId), `?cursor=${cursor}`);
    assert.equal(entries[0]?.seq, cursor + 1);
    assert.deepEqual(typesOf(entries, taskId), ["task.completed"]);
  });

  const refused: readonly [query: string, detail: RegExp][] = [
    ["cursor=-1", /cursor must be a whole number/],
    ["cursor=x", /cursor must be a whole number/],
    ["types=", /types must be 1 to 32 types/],
    ["types=task.completed,", /types must be 1 to 32 types/],
    ["types=*", /types must be 1 to 32 types/],
  ];
  for (const [query, detail] of refused) {
    void test(`refuses ${query}`, async () => {
      const response = await stage.edge.fetch(`/v1/events?${query}`);
      await assertProblem(response, 400, "invalid_request", detail);
    });
  }
});

void describe("GET /v1/ws", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start()));
  after(() => stage.stop());

  void test("sends the same as the events", async () => {
    const taskId = await stage.submitAndPublish();
    await stage.putStatus(taskId, { status: "completed" });
    const entries = await readFeed(stage, endOf(taskId));
    const socket = feedSocket(stage, "?cursor=0");
    const messages: unknown[] = [];
    socket.on("message", (data: Buffer) => messages.push(JSON.parse(data.toString("utf8"))));
    await once(socket, "open");
    const next = await stage.submit();
    await readFeed(stage, (entry) => entry.taskId === next);
    assert.deepEqual(messages.slice(0, entries.length), entries);
    assert.equal((messages[entries.length] as FeedEntry).taskId, next);
    socket.close();
  });

  void test("sends the wanted types only", async () => {
    const socket = feedSocket(stage, "?types=task.failed");
    await once(socket, "open");
    const taskId = await stage.submitAndPublish();
    const entry = nextEntry(socket);
    await stage.putStatus(taskId, { status: "failed", error: { code: "internal", message: "" } });
    assert.equal((await entry).taskId, taskId);
    socket.close();
  });

  void test("answers pings, and closes on messages that are too long", async () => {
    const socket = feedSocket(stage, "?types=task.deleted");
    await once(socket, "open");
    socket.send("what?");
    socket.send("ping");
    const [answer] = (await once(socket, "message")) as [Buffer];
    assert.equal(answer.toString("utf8"), "pong");
    socket.send("x".repeat(1_025));
    const [code] = (await once(socket, "close")) as [number];
    assert.equal(code, 1009);
  });

  void test("accepts WebSockets only", async () => {
    await assertProblem(await stage.edge.fetch("/v1/ws"), 426, "upgrade_required");
  });
});
