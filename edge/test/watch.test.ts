import { strict as assert } from "node:assert";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import WebSocket from "ws";
import { allEvents, eventsOf } from "./support/events.js";
import { assertTask } from "./support/openapi.js";
import { assertProblem, Stage, type View } from "./support/stage.js";

void describe("GET /v1/tasks/{taskId}/events", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start()));
  after(() => stage.stop());

  const watch = (taskId: string, headers: Record<string, string> = {}): Promise<Response> =>
    stage.edge.fetch(`/v1/tasks/${taskId}/events`, { headers });

  void test("sends what happened, then what happens, and ends with the task", async () => {
    const taskId = await stage.submitAndPublish();
    const response = await watch(taskId);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "text/event-stream");
    assert.equal(response.headers.get("cache-control"), "no-store");
    const events = allEvents(response);
    await stage.putStatus(taskId, { stage: "download" });
    await stage.putStatus(taskId, { stage: "download" });
    await stage.putStatus(taskId, { status: "completed", result: { durationMs: 7 } });
    const sent = await events;
    assert.deepEqual(
      sent.map(({ id, event, data }) => [
        id,
        event,
        (data as View).status,
        (data as View)["stage"],
      ]),
      [
        ["1", "status", "submitted", undefined],
        ["2", "status", "processing_in_gcp", undefined],
        ["3", "status", "processing_in_gcp", "download"],
        ["4", "status", "completed", undefined],
      ],
    );
    assert.deepEqual(sent[3]?.data, await stage.view(taskId));
  });

  void test("resumes after the last id that was seen", async () => {
    const taskId = await stage.submitAndPublish();
    await stage.putStatus(taskId, { stage: "download" });
    await stage.putStatus(taskId, { status: "failed", error: { code: "internal", message: "" } });
    const sent = await allEvents(await watch(taskId, { "Last-Event-ID": "2" }));
    assert.deepEqual(
      sent.map(({ id }) => id),
      ["3", "4"],
    );
  });

  void test("is 204 when nothing is left, so that an EventSource stops reconnecting", async () => {
    const taskId = await stage.submitAndPublish();
    await stage.putStatus(taskId, { status: "completed" });
    const response = await watch(taskId, { "Last-Event-ID": "3" });
    assert.equal(response.status, 204);
    assert.equal(await response.text(), "");
  });

  void test("sends only what happened so far, where the request says so", async () => {
    const taskId = await stage.submitAndPublish();
    const soFar = (query: string, headers = {}): Promise<Response> =>
      stage.edge.fetch(`/v1/tasks/${taskId}/events?follow=${query}`, { headers });
    const sent = await allEvents(await soFar("false"));
    assert.deepEqual(
      sent.map(({ id, data }) => [id, (data as View).status]),
      [
        ["1", "submitted"],
        ["2", "processing_in_gcp"],
      ],
    );
    assert.equal((await soFar("false", { "Last-Event-ID": "2" })).status, 204);
    await stage.putStatus(taskId, { stage: "download" });
    const news = await allEvents(await soFar("false", { "Last-Event-ID": "2" }));
    assert.deepEqual(
      news.map(({ id, data }) => [id, (data as View)["stage"]]),
      [["3", "download"]],
    );
    await assertProblem(await soFar("no"), 400, "invalid_request", /follow must be true or false/);
  });

  void test("stays open when everything was sent but the task goes on", async () => {
    const taskId = await stage.submitAndPublish();
    const response = await watch(taskId, { "Last-Event-ID": "2" });
    assert.equal(response.status, 200);
    const events = allEvents(response);
    await stage.putStatus(taskId, { status: "completed" });
    assert.deepEqual(
      (await events).map(({ id }) => id),
      ["3"],
    );
  });

  void test("continues after a redrive with growing ids", async () => {
    const taskId = await stage.submitAndPublish();
    await stage.putStatus(taskId, { status: "failed", error: { code: "internal", message: "" } });
    await stage.putStatus(taskId, { run: 2 });
    const events = allEvents(await watch(taskId, { "Last-Event-ID": "3" }));
    await stage.putStatus(taskId, { run: 2, status: "completed" });
    assert.deepEqual(
      (await events).map(({ id, data }) => [id, (data as View).status]),
      [
        ["4", "processing_in_gcp"],
        ["5", "completed"],
      ],
    );
  });

  void test("sends several watchers the same", async () => {
    const taskId = await stage.submitAndPublish();
    const watchers = await Promise.all([watch(taskId), watch(taskId), watch(taskId)]);
    const events = watchers.map(allEvents);
    await stage.putStatus(taskId, { status: "completed" });
    const [first, second, third] = await Promise.all(events);
    assert.equal(first?.length, 3);
    assert.deepEqual(second, first);
    assert.deepEqual(third, first);
  });

  void test("keeps the last 64 entries of a long timeline", async () => {
    const taskId = await stage.submitAndPublish();
    for (let run = 2; run <= 80; run++) {
      await stage.putStatus(taskId, { run });
    }
    await stage.putStatus(taskId, { run: 80, status: "completed" });
    const ids = (await allEvents(await watch(taskId))).map(({ id }) => Number(id));
    assert.equal(ids.length, 64);
    assert.equal(ids[0], 19);
    assert.equal(ids.at(-1), 82);
  });

  void test("is not disturbed by watchers that disconnect", async () => {
    const taskId = await stage.submitAndPublish();
    const leaving = new AbortController();
    const gone = await stage.edge.fetch(`/v1/tasks/${taskId}/events`, { signal: leaving.signal });
    const first = await eventsOf(gone).next();
    assert.equal(first.done, false);
    leaving.abort();
    const events = allEvents(await watch(taskId));
    await stage.putStatus(taskId, { status: "completed" });
    assert.equal((await events).length, 3);
    assert.deepEqual(
      stage.edge.logs.filter((line) => line["severity"] === "ERROR"),
      [],
    );
  });

  void test("refuses a Last-Event-ID that is not a number", async () => {
    const taskId = await stage.submitAndPublish();
    for (const id of ["-1", "x", "1.5", "9".repeat(16)]) {
      const response = await watch(taskId, { "Last-Event-ID": id });
      await assertProblem(response, 400, "invalid_request", /Last-Event-ID must be a whole number/);
    }
  });

  void test("resumes after a kill -9", async () => {
    const taskId = await stage.submitAndPublish();
    await stage.restartAfterKill();
    const events = allEvents(await watch(taskId, { "Last-Event-ID": "1" }));
    await stage.putStatus(taskId, { status: "completed" });
    assert.deepEqual(
      (await events).map(({ id }) => id),
      ["2", "3"],
    );
  });
});

void describe("GET /v1/tasks/{taskId}/ws", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start()));
  after(() => stage.stop());

  // After a close of its own workerd ends the TCP connection only when it evicts the object.
  const impatient = { closeTimeout: 500 };

  const connect = (taskId: string, query = "", headers = {}): WebSocket =>
    new WebSocket(`${stage.edge.url.replace("http", "ws")}/v1/tasks/${taskId}/ws${query}`, {
      headers,
      ...impatient,
    });

  /** All messages until the edge closes, and the close code. */
  const listen = async (socket: WebSocket): Promise<{ messages: unknown[]; code: number }> => {
    const messages: unknown[] = [];
    socket.on("message", (data: Buffer) => {
      const message = JSON.parse(data.toString("utf8")) as { data: unknown };
      assertTask(message.data);
      messages.push(message);
    });
    const [code] = (await once(socket, "close")) as [number];
    return { messages, code };
  };

  void test("sends the same as the events, and closes with the task", async () => {
    const taskId = await stage.submitAndPublish();
    const socket = connect(taskId);
    const received = listen(socket);
    await once(socket, "open");
    await stage.putStatus(taskId, { status: "completed", result: { durationMs: 7 } });
    const { messages, code } = await received;
    assert.equal(code, 1000);
    const events = await allEvents(await stage.edge.fetch(`/v1/tasks/${taskId}/events`));
    assert.deepEqual(
      messages,
      events.map(({ id, event, data }) => ({ id: Number(id), event, data })),
    );
    assert.equal(messages.length, 3);
  });

  void test("resumes after the last id, from the header or the query", async () => {
    const taskId = await stage.submitAndPublish();
    await stage.putStatus(taskId, { status: "completed" });
    for (const [query, headers] of [
      ["?lastEventId=2", {}],
      ["", { "Last-Event-ID": "2" }],
    ] as const) {
      const { messages } = await listen(connect(taskId, query, headers));
      assert.deepEqual(
        messages.map((message) => (message as { id: number }).id),
        [3],
      );
    }
  });

  void test("answers pings, and ignores anything else", async () => {
    const taskId = await stage.submitAndPublish();
    const socket = connect(taskId, "?lastEventId=2");
    await once(socket, "open");
    socket.send("what?");
    socket.send("ping");
    const [answer] = (await once(socket, "message")) as [Buffer];
    assert.equal(answer.toString("utf8"), "pong");
    socket.close(1000);
    const [code] = (await once(socket, "close")) as [number];
    assert.equal(code, 1000);
  });

  void test("accepts WebSockets only", async () => {
    const taskId = await stage.submitAndPublish();
    const response = await stage.edge.fetch(`/v1/tasks/${taskId}/ws`);
    await assertProblem(response, 426, "upgrade_required");
  });

  void test("of an unknown task is 404", async () => {
    const socket = connect("AAAAAAAAAAAAAAAAAAAAAA");
    const [error] = (await once(socket, "error")) as [Error];
    assert.match(error.message, /404/);
  });
});
