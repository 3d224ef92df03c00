import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { importSPKI, jwtVerify } from "jose";
import { eventually } from "./support/eventually.js";
import { IMAGE, publisher, Stage } from "./support/stage.js";
import { TestServer } from "./support/server.js";

void describe("The first message", () => {
  let stage: Stage;
  // The clocks run fifty times as fast: backoff from 20 ms to 1.2 s.
  before(async () => (stage = await Stage.start({ IN_TIME_SCALE: "50" })));
  after(() => stage.stop());

  void test("is an INEvent on download-topic", async () => {
    const before = Date.now();
    const body = {
      uploadId: "q83vEjRWeJCrze8SNFZ4kA",
      features: ["safeSearch", "text", "text"],
      priority: "high",
    };
    const taskId = await stage.submitAndPublish(body);
    const [message, ...more] = stage.pubSub.of(taskId);
    assert.ok(message !== undefined);
    assert.equal(more.length, 0);
    assert.equal(message.path, "POST /v1/projects/in-local/topics/download-topic:publish");
    const event = JSON.parse(message.data) as Record<string, unknown>;
    const { eventId, traceId, timestamp } = event as {
      eventId: string;
      traceId: string;
      timestamp: number;
    };
    assert.deepEqual(event, {
      eventId,
      eventType: "download.requested",
      taskId,
      traceId,
      timestamp,
      source: "edge",
      payload: {
        input: { uploadId: "q83vEjRWeJCrze8SNFZ4kA" },
        features: ["text", "safeSearch"],
      },
      run: 1,
      schemaVersion: 1,
    });
    assert.match(eventId, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.match(traceId, /^[0-9a-f]{32}$/);
    assert.ok(timestamp >= before && timestamp <= Date.now());
    const { traceparent } = message.attributes;
    assert.match(traceparent ?? "", new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
    assert.deepEqual(message.attributes, {
      eventId,
      eventType: "download.requested",
      taskId,
      run: "1",
      priority: "high",
      owner: "local",
      channel: "local",
      schemaVersion: "1",
      traceparent,
    });
  });

  void test("carries the submission's time: the view's createdAt", async () => {
    const taskId = await stage.submitAndPublish();
    const { timestamp } = JSON.parse(stage.pubSub.of(taskId)[0]?.data ?? "") as {
      timestamp: number;
    };
    const view = await stage.view(taskId);
    assert.equal(new Date(timestamp).toISOString(), view["createdAt"]);
  });

  void test("continues the caller's trace", async () => {
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const taskId = await stage.submit(IMAGE, { traceparent });
    const [message] = await eventually("a publish", () => {
      const messages = stage.pubSub.of(taskId);
      return messages.length > 0 && messages;
    });
    assert.match(
      message?.attributes["traceparent"] ?? "",
      /^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01$/,
    );
    assert.match(message?.data ?? "", /"traceId":"0af7651916cd43dd8448eb211c80319c"/);
  });

  void test("is sent with a JWT that the publisher's key signed for Pub/Sub", async () => {
    const taskId = await stage.submitAndPublish();
    const token = (stage.pubSub.of(taskId)[0]?.authorization ?? "").replace("Bearer ", "");
    const key = await importSPKI(publisher.publicKey, "RS256");
    const { payload, protectedHeader } = await jwtVerify(token, key);
    assert.deepEqual(protectedHeader, { alg: "RS256", typ: "JWT", kid: "publisher-key" });
    const { iat = 0, exp = 0 } = payload;
    assert.deepEqual(payload, {
      iss: publisher.email,
      sub: publisher.email,
      aud: "https://pubsub.googleapis.com/",
      iat,
      exp,
    });
    assert.equal(exp - iat, 3600);
    assert.ok(Math.abs(iat - Date.now() / 1000) < 60);
  });

  void test("is sent again, byte for byte, until Pub/Sub accepts it", async () => {
    stage.pubSub.willDo(503, 500, 429, 403);
    const taskId = await stage.submitAndPublish();
    const attempts = stage.pubSub.of(taskId);
    assert.equal(attempts.length, 5);
    for (const attempt of attempts) {
      assert.equal(attempt.data, attempts[0]?.data);
      assert.deepEqual(attempt.attributes, attempts[0]?.attributes);
    }
  });

  void test("comes at growing gaps while Pub/Sub fails", async () => {
    stage.pubSub.otherwise = 503;
    const taskId = await stage.submit();
    const attempts = await eventually("six attempts", () => {
      const attempts = stage.pubSub.of(taskId);
      return attempts.length >= 6 && attempts;
    });
    stage.pubSub.otherwise = "accept";
    const gaps = attempts.slice(1).map(({ at }, index) => at - (attempts[index]?.at ?? 0));
    [20, 40, 80, 160, 320].forEach((least, index) => {
      assert.ok((gaps[index] ?? 0) >= least, `gap ${index} of ${gaps.join(", ")} ms`);
    });
    assert.equal((await stage.view(taskId)).status, "submitted");
    await stage.viewWhen(taskId, ({ status }) => status === "processing_in_gcp");
  });

  void test("is not published twice when its answer is only slow", async () => {
    stage.pubSub.willDo("hang");
    const taskId = await stage.submit();
    await eventually("a publish", () => stage.pubSub.of(taskId).length > 0);
    assert.equal((await stage.view(taskId)).status, "submitted");
    // Alarms of this task fire at 20 ms and later; publishing another task takes longer.
    await stage.submitAndPublish();
    assert.equal(stage.pubSub.of(taskId).length, 1);
  });

  void test("logs what failed, with trace and task, and never the image's URL", async () => {
    stage.pubSub.willDo(503);
    const taskId = await stage.submitAndPublish({ imageUrl: "https://private.example/secret" });
    const lines = await eventually("three lines", () => {
      const lines = stage.edge.logs.filter((line) => line["taskId"] === taskId);
      return lines.length >= 3 && lines;
    });
    assert.deepEqual(
      lines.map((line) => [line["severity"], line["message"]]),
      [
        ["INFO", "task accepted"],
        ["ERROR", "publishing download.requested failed"],
        ["INFO", "download.requested published"],
      ],
    );
    assert.match(String(lines[1]?.["reason"]), /503/);
    assert.equal(new Set(lines.map((line) => line["traceId"])).size, 1);
    assert.doesNotMatch(JSON.stringify(stage.edge.logs), /private\.example|PRIVATE KEY|Bearer/);
  });
});

void describe("The outbox", () => {
  void test("publishes at once: the first alarm would come a second later", async () => {
    const stage = await Stage.start();
    try {
      const taskId = await stage.submitAndPublish();
      const view = await stage.view(taskId);
      const [message] = stage.pubSub.of(taskId);
      assert.ok((message?.at ?? Infinity) < Date.parse(String(view["createdAt"])) + 1000);
    } finally {
      await stage.stop();
    }
  });

  void test("publishes after a kill -9 between 202 and the publish", async () => {
    const stage = await Stage.start({ IN_TIME_SCALE: "10" });
    try {
      stage.pubSub.otherwise = "hang";
      const taskId = await stage.submit();
      await stage.edge.kill();
      const attempts = stage.pubSub.of(taskId).length;
      stage.pubSub.otherwise = "accept";
      await stage.restartAfterKill();
      // Nobody asks about the task: its alarm alone must do it.
      const messages = await eventually("a publish", () => {
        const messages = stage.pubSub.of(taskId);
        return messages.length > attempts && messages;
      });
      await stage.viewWhen(taskId, ({ status }) => status === "processing_in_gcp");
      assert.equal(new Set(messages.map(({ data }) => data)).size, 1);
    } finally {
      await stage.stop();
    }
  });

  void test("publishes after a kill -9 while the alarm's own attempt is under way", async () => {
    const stage = await Stage.start({ IN_TIME_SCALE: "10" });
    try {
      stage.pubSub.willDo(503, "hang");
      const taskId = await stage.submit();
      await eventually("the alarm's attempt", () => stage.pubSub.of(taskId).length === 2);
      await stage.restartAfterKill();
      await eventually("a third attempt", () => stage.pubSub.of(taskId).length === 3);
      await stage.viewWhen(taskId, ({ status }) => status === "processing_in_gcp");
    } finally {
      await stage.stop();
    }
  });

  void test("publishes once a refused connection is accepted", async () => {
    // A port that nobody listens on yet.
    const placeholder = await TestServer.start(() => undefined);
    const { port } = placeholder;
    await placeholder.stop();
    const stage = await Stage.start({
      IN_TIME_SCALE: "10",
      PUBSUB_ENDPOINT: `http://127.0.0.1:${port}`,
    });
    try {
      const taskId = await stage.submit();
      await eventually("two refusals", () => {
        const failures = stage.edge.logs.filter((line) => line["severity"] === "ERROR");
        return failures.length >= 2;
      });
      assert.equal((await stage.view(taskId)).status, "submitted");
      const bodies: Buffer[] = [];
      const server = await TestServer.start((_request, body, response) => {
        bodies.push(body);
        response.end("{}");
      }, port);
      await stage.viewWhen(taskId, ({ status }) => status === "processing_in_gcp");
      assert.equal(bodies.length, 1);
      await server.stop();
    } finally {
      await stage.stop();
    }
  });

  void test("a finished task is still there after a kill -9", async () => {
    const stage = await Stage.start();
    try {
      const taskId = await stage.submitAndPublish();
      assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
      const before = await stage.view(taskId);
      await stage.restartAfterKill();
      assert.deepEqual(await stage.view(taskId), before);
    } finally {
      await stage.stop();
    }
  });
});
