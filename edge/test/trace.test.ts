import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { IMAGE, Stage, statusBody } from "./support/stage.js";
import { json, TestServer } from "./support/server.js";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER = "00f067aa0ba902b7";

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { key: string; value: { stringValue: string } }[];
  readonly status: { code?: number };
}

interface Export {
  readonly resourceSpans: readonly {
    resource: { attributes: unknown };
    scopeSpans: readonly { spans: readonly Span[] }[];
  }[];
}

void describe("A task's trace", () => {
  const exports: { path: string; body: Export }[] = [];
  let collector: TestServer;
  let stage: Stage;
  before(async () => {
    collector = await TestServer.start((request, body, response) => {
      const sent = JSON.parse(body.toString("utf8")) as Export;
      exports.push({ path: `${request.method} ${request.url}`, body: sent });
      json(response, 200, {});
    });
    stage = await Stage.start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, IN_TIME_SCALE: "50" });
  });
  after(async () => {
    await stage.stop();
    await collector.stop();
  });

  const spansOf = (taskId: string): Span[] =>
    exports
      .flatMap(({ body }) => body.resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap(({ spans }) => spans)
      .filter(({ attributes }) => attributes.some(({ value }) => value.stringValue === taskId));

  const span = (taskId: string, name: string): Promise<Span> =>
    eventually(name, () => Promise.resolve(spansOf(taskId).find((one) => one.name === name)));

  void test("begins with its submission, and the first message continues it", async () => {
    const taskId = await stage.submitAndPublish();

    const submit = await span(taskId, "submit task");
    const publish = await span(taskId, "publish download.requested");

    assert.equal(submit.kind, 2);
    assert.equal("parentSpanId" in submit, false);
    assert.match(submit.spanId, /^[0-9a-f]{16}$/);
    assert.ok(BigInt(submit.startTimeUnixNano) <= BigInt(submit.endTimeUnixNano));
    assert.equal(publish.kind, 4);
    assert.equal(publish.traceId, submit.traceId);
    assert.equal(publish.parentSpanId, submit.spanId);
    assert.deepEqual(publish.status, {});
    const { traceparent } = stage.pubSub.of(taskId)[0]?.attributes ?? {};
    assert.equal(traceparent, `00-${submit.traceId}-${submit.spanId}-01`);
    assert.ok(
      stage.edge.logs.some(
        (line) =>
          line["message"] === "task accepted" &&
          line["taskId"] === taskId &&
          line["traceId"] === submit.traceId &&
          line["spanId"] === submit.spanId,
      ),
    );
  });

  void test("continues the caller's", async () => {
    const taskId = await stage.submit(IMAGE, { traceparent: `00-${TRACE}-${CALLER}-01` });

    const submit = await span(taskId, "submit task");

    assert.equal(submit.traceId, TRACE);
    assert.equal(submit.parentSpanId, CALLER);
  });

  void test("ends with the callback, below sync's call", async () => {
    const taskId = await stage.submitAndPublish();
    const body = statusBody({ status: "completed", traceId: TRACE });
    const headers = { traceparent: `00-${TRACE}-${CALLER}-01` };

    const answer = await stage.put(taskId, body, await stage.syncToken(), headers);

    assert.equal(answer.status, 204);
    const callback = await span(taskId, "status update");
    assert.equal(callback.kind, 2);
    assert.equal(callback.traceId, TRACE);
    assert.equal(callback.parentSpanId, CALLER);
    assert.ok(
      stage.edge.logs.some(
        (line) =>
          line["message"] === "status update: applied" &&
          line["traceId"] === TRACE &&
          line["spanId"] === callback.spanId,
      ),
    );
  });

  void test("is sent as OTLP, by the edge's name", async () => {
    await span(await stage.submit(), "submit task");

    for (const { path, body } of exports) {
      assert.equal(path, "POST /v1/traces");
      assert.deepEqual(body.resourceSpans[0]?.resource.attributes, [
        { key: "service.name", value: { stringValue: "edge" } },
      ]);
    }
  });
});

void describe("A collector that is unreachable", () => {
  let stage: Stage;
  before(async () => {
    const gone = await TestServer.start(() => undefined);
    const { url } = gone;
    await gone.stop();
    stage = await Stage.start({ OTEL_EXPORTER_OTLP_ENDPOINT: url, IN_TIME_SCALE: "50" });
  });
  after(() => stage.stop());

  void test("does not affect users, and is logged", async () => {
    await stage.submitAndPublish();

    await eventually("the warning", () =>
      Promise.resolve(
        stage.edge.logs.some((line) => line["message"] === "a span was not exported"),
      ),
    );
  });
});
