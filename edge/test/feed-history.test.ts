import { strict as assert } from "node:assert";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { describe, test } from "node:test";
import { type FeedEntry, feedSocket, listTasks, readFeed, search } from "./support/account.js";
import { eventually } from "./support/eventually.js";
import { assertProblem, IMAGE, Stage } from "./support/stage.js";
import { variant } from "./support/variant.js";

const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;

const isLast =
  (seq: number) =>
  (entry: FeedEntry): boolean =>
    entry.seq === seq;

/** The `seq` of the feed's latest entry. */
async function head(stage: Stage): Promise<number> {
  const response = await stage.edge.fetch("/v1/account");
  return ((await response.json()) as { cursor: number }).cursor;
}

/** Submits so many tasks and waits until the feed has everything of them. */
async function submitAll(stage: Stage, count: number): Promise<string[]> {
  const taskIds: string[] = [];
  const before = await head(stage);
  for (let i = 0; i < count; i++) {
    taskIds.push(await stage.submit());
  }
  await eventually("all entries", async () => (await head(stage)) === before + 2 * count);
  return taskIds;
}

/** That a cursor is refused, however the feed is read. */
async function assertExpired(stage: Stage, cursor: number): Promise<void> {
  const expired = /read GET \/v1\/tasks/;
  const byQuery = await stage.edge.fetch(`/v1/events?cursor=${cursor}`);
  await assertProblem(byQuery, 410, "cursor_expired", expired);
  const headers = { "Last-Event-ID": String(cursor) };
  const byHeader = await stage.edge.fetch("/v1/events", { headers });
  await assertProblem(byHeader, 410, "cursor_expired", expired);
  const socket = feedSocket(stage, `?cursor=${cursor}`);
  const [, answer] = (await once(socket, "unexpected-response")) as [unknown, IncomingMessage];
  assert.equal(answer.statusCode, 410);
  const problem = (await answer.toArray()).join("");
  assert.equal((JSON.parse(problem) as { code: string }).code, "cursor_expired");
}

/** Starts the account's object anew and has its alarm sweep. */
async function sweep(stage: Stage): Promise<void> {
  await stage.restartAfterKill();
  const created = await stage.edge.post("/v1/webhooks", { url: "https://hooks.example/" });
  assert.equal(created.status, 201);
}

const REPORTED_AT = "take(report, Date.now())";

/** The edge as it was so long ago, for the account: what is reported to it then is that old. */
function ago(name: string, ms: number): Promise<string> {
  return variant(name, {
    [REPORTED_AT]: REPORTED_AT.replace("Date.now()", `Date.now() - ${ms}`),
  });
}

void describe("A feed's history", () => {
  void test("ends after its number of entries: older cursors are 410, later ones go on", async () => {
    const short = await variant("short-history", {
      "MAX_ENTRIES = 1e5": "MAX_ENTRIES = 20",
      "TRIM_SLACK = 100": "TRIM_SLACK = 1",
    });
    const stage = await Stage.start();
    try {
      await stage.restartAfterKill({}, short);
      await submitAll(stage, 15);
      const all = await readFeed(stage, isLast(30));
      assert.equal(all.length, 20);
      assert.equal(all[0]?.seq, 11);
      await assertExpired(stage, 9);
      assert.deepEqual(await readFeed(stage, isLast(30), "?cursor=10"), all);
      assert.deepEqual(await readFeed(stage, isLast(30), "?cursor=25"), all.slice(-5));
      await stage.restartAfterKill({}, short);
      await assertExpired(stage, 9);
      assert.deepEqual(await readFeed(stage, isLast(30), "?cursor=10"), all);
    } finally {
      await stage.stop();
    }
  });

  void test("ends after 30 days", async () => {
    const stage = await Stage.start();
    try {
      await stage.restartAfterKill({}, await ago("30-days-ago", 30 * DAY_MS + MINUTE_MS));
      await submitAll(stage, 2);
      await stage.restartAfterKill({}, await ago("nearly-30-days-ago", 30 * DAY_MS - MINUTE_MS));
      const kept = await submitAll(stage, 2);
      await sweep(stage);
      await eventually("the end of the history", async () => {
        return (await stage.edge.fetch("/v1/events?cursor=0")).status === 410;
      });
      await assertExpired(stage, 3);
      const entries = await readFeed(stage, isLast(8));
      assert.deepEqual(
        entries.map(({ seq }) => seq),
        [5, 6, 7, 8],
      );
      assert.deepEqual([...new Set(entries.map(({ taskId }) => taskId))], kept);
      assert.deepEqual(await readFeed(stage, isLast(8), "?cursor=4"), entries);
    } finally {
      await stage.stop();
    }
  });

  void test("that is over goes on with the next number", async () => {
    const stage = await Stage.start();
    try {
      await stage.restartAfterKill({}, await ago("long-ago", 31 * DAY_MS));
      await submitAll(stage, 2);
      await sweep(stage);
      await eventually("the end of the history", async () => {
        return (await stage.edge.fetch("/v1/events?cursor=0")).status === 410;
      });
      assert.equal(await head(stage), 4);
      const taskId = await stage.submit();
      const [entry] = await readFeed(stage, () => true, "?cursor=4");
      assert.deepEqual([entry?.seq, entry?.taskId], [5, taskId]);
    } finally {
      await stage.stop();
    }
  });
});

void describe("A task in the library", () => {
  void test("is forgotten 40 days after its end, as its coordinator forgets it", async () => {
    const stage = await Stage.start();
    const end = async (taskId: string): Promise<void> => {
      await stage.viewWhen(taskId, ({ status }) => status === "processing_in_gcp");
      assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
      await readFeed(stage, (one) => one.taskId === taskId && one.type === "task.completed");
    };
    try {
      await stage.restartAfterKill({}, await ago("40-days-ago", 40 * DAY_MS + MINUTE_MS));
      const old = await stage.submit({ ...IMAGE, fileName: "sweeptest-old.jpg" });
      await end(old);
      const open = await stage.submit({ ...IMAGE, fileName: "sweeptest-open.jpg" });
      await stage.viewWhen(open, ({ status }) => status === "processing_in_gcp");
      const late = await ago("nearly-40-days-ago", 40 * DAY_MS - MINUTE_MS);
      await stage.restartAfterKill({}, late);
      const kept = await stage.submit({ ...IMAGE, fileName: "sweeptest-kept.jpg" });
      await end(kept);
      assert.deepEqual(await search(stage, "sweeptest"), [kept, open, old]);
      await sweep(stage);
      await eventually("the sweep", async () => {
        return (await search(stage, "sweeptest")).length < 3;
      });
      assert.deepEqual(await search(stage, "sweeptest"), [kept, open]);
      const { items } = await listTasks(stage);
      assert.deepEqual(
        items.map(({ taskId }) => taskId),
        [kept, open],
      );
    } finally {
      await stage.stop();
    }
  });
});

void describe("A WebSocket on the feed", () => {
  const MAX = 10;
  const impatient = (): Promise<string> =>
    variant("little-unread", { "MAX_UNREAD = 1e4": `MAX_UNREAD = ${MAX}` });

  /** Reads until it is closed; answers what came, and how it was closed. */
  const readUntilClosed = async (
    stage: Stage,
    query: string,
    onEntry: (seq: number, send: (text: string) => void) => void = () => undefined,
  ): Promise<{ entries: FeedEntry[]; code: number; reason: string }> => {
    const socket = feedSocket(stage, query);
    const entries: FeedEntry[] = [];
    socket.on("message", (data: Buffer) => {
      const entry = JSON.parse(data.toString("utf8")) as FeedEntry;
      entries.push(entry);
      onEntry(entry.seq, (text) => socket.send(text));
    });
    const [code, reason] = (await once(socket, "close")) as [number, Buffer];
    return { entries, code, reason: reason.toString("utf8") };
  };

  void test("that says nothing is closed with 4008 after what may be unread, and resumes", async () => {
    const stage = await Stage.start();
    try {
      await stage.restartAfterKill({}, await impatient());
      const slow = readUntilClosed(stage, "?cursor=0");
      await submitAll(stage, 8);
      const { entries, code, reason } = await slow;
      assert.deepEqual([code, reason], [4008, "resume after the last seq"]);
      assert.deepEqual(
        entries.map(({ seq }) => seq),
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      );
      // The rest is a page that fits: nothing closes it.
      const socket = feedSocket(stage, "?cursor=10");
      const rest: unknown[] = [];
      socket.on("message", (data: Buffer) => {
        const text = data.toString("utf8");
        rest.push(text === "pong" ? text : JSON.parse(text));
      });
      await eventually("the rest", () => rest.length >= 6);
      socket.send("ping");
      await eventually("an answer", () => rest.includes("pong"));
      socket.terminate();
      const all = await readFeed(stage, isLast(16));
      assert.deepEqual([...entries, ...rest], [...all, "pong"]);
    } finally {
      await stage.stop();
    }
  });

  void test("that is far behind gets one page after another, each ending with 4008", async () => {
    const stage = await Stage.start();
    try {
      await submitAll(stage, 12);
      const all = await readFeed(stage, isLast(24));
      await stage.restartAfterKill({}, await impatient());
      const first = await readUntilClosed(stage, "?cursor=0");
      const second = await readUntilClosed(stage, `?cursor=${first.entries.at(-1)?.seq}`);
      assert.deepEqual([first.code, second.code], [4008, 4008]);
      assert.deepEqual([...first.entries, ...second.entries], all.slice(0, 2 * MAX));
    } finally {
      await stage.stop();
    }
  });

  void test("that acknowledges stays, also when its object starts anew", async () => {
    const stage = await Stage.start();
    try {
      await stage.restartAfterKill({}, await impatient());
      const socket = feedSocket(stage, "?cursor=0");
      const seqs: number[] = [];
      socket.on("message", (data: Buffer) => {
        const { seq } = JSON.parse(data.toString("utf8")) as FeedEntry;
        seqs.push(seq);
        socket.send(JSON.stringify({ ack: seq }));
      });
      await once(socket, "open");
      for (let i = 1; i <= 4; i++) {
        await submitAll(stage, 4);
        await eventually("the entries", () => seqs.length === 8 * i);
      }
      assert.equal(socket.readyState, socket.OPEN);
      socket.terminate();
    } finally {
      await stage.stop();
    }
  });

  void test("stays open however much its types leave out, and is closed after what it was sent", async () => {
    const stage = await Stage.start();
    try {
      await stage.restartAfterKill({}, await impatient());
      const socket = feedSocket(stage, "?cursor=0&types=task.submitted");
      const types: string[] = [];
      socket.on("message", (data: Buffer) =>
        types.push((JSON.parse(data.toString("utf8")) as FeedEntry).type),
      );
      const closed = once(socket, "close") as Promise<[number, Buffer]>;
      await once(socket, "open");
      // Twice as many entries, half of them of other types.
      await submitAll(stage, MAX);
      await eventually("what it wants", () => types.length === MAX);
      assert.equal(socket.readyState, socket.OPEN);
      await submitAll(stage, 1);
      assert.equal((await closed)[0], 4008);
      assert.deepEqual(types, Array(MAX).fill("task.submitted"));
    } finally {
      await stage.stop();
    }
  });

  void test("resumes after a kill -9 with its cursor and types, without a gap or a repeat", async () => {
    const stage = await Stage.start();
    try {
      const read: FeedEntry[] = [];
      const follow = (query: string): void => {
        const socket = feedSocket(stage, query);
        socket.on("message", (data: Buffer) =>
          read.push(JSON.parse(data.toString("utf8")) as FeedEntry),
        );
        // The kill: its reader comes again.
        socket.on("error", () => undefined);
      };
      const types = "types=task.submitted,task.completed";
      follow(`?cursor=0&${types}`);
      const first = await stage.submitAndPublish();
      await eventually("the submit", () => read.length === 1);
      await stage.restartAfterKill();
      // While nobody reads.
      await stage.putStatus(first, { status: "completed" });
      const second = await stage.submitAndPublish();
      follow(`?cursor=${read.at(-1)?.seq}&${types}`);
      await stage.putStatus(second, { status: "completed" });
      await eventually("the rest", () => read.length === 4);
      const all = await readFeed(stage, (entry) => {
        return entry.type === "task.completed" && entry.taskId === second;
      });
      assert.deepEqual(
        read,
        all.filter(({ type }) => type === "task.submitted" || type === "task.completed"),
      );
      assert.equal(all.length, 6);
    } finally {
      await stage.stop();
    }
  });
});
