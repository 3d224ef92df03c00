import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import document from "../../docs/openapi.json";
import { assertDocumented, assertTask } from "./support/openapi.js";
import { Stage } from "./support/stage.js";

void describe("The OpenAPI document", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start()));
  after(() => stage.stop());

  void test("is served as it is committed", async () => {
    const response = await stage.edge.fetch("/v1/openapi.json");
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), document);
  });

  void test("is valid OpenAPI 3.1", async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    assert.deepEqual(errors, undefined);
    assert.equal(valid, true);
    assert.equal(document.openapi, "3.1.0");
  });

  void test("has the routes that are served, and no others", () => {
    const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    assert.deepEqual(routes.sort(), [
      "DELETE /v1/keys/{keyId}",
      "DELETE /v1/session",
      "DELETE /v1/tasks/{taskId}",
      "DELETE /v1/webhooks/{webhookId}",
      "GET /healthz",
      "GET /internal/v1/accounts/{owner}/deletion",
      "GET /internal/v1/accounts/{owner}/mail",
      "GET /readyz",
      "GET /v1/account",
      "GET /v1/account/webhook-secret",
      "GET /v1/batches/{batchId}",
      "GET /v1/batches/{batchId}/items",
      "GET /v1/events",
      "GET /v1/keys",
      "GET /v1/mail/confirm",
      "GET /v1/mail/unsubscribe",
      "GET /v1/openapi.json",
      "GET /v1/search",
      "GET /v1/session",
      "GET /v1/session/callback/{channel}",
      "GET /v1/session/signin",
      "GET /v1/tasks",
      "GET /v1/tasks/{taskId}",
      "GET /v1/tasks/{taskId}/events",
      "GET /v1/tasks/{taskId}/image",
      "GET /v1/tasks/{taskId}/ws",
      "GET /v1/webhooks",
      "GET /v1/webhooks/{webhookId}",
      "GET /v1/webhooks/{webhookId}/deliveries",
      "GET /v1/ws",
      "PATCH /v1/account",
      "PATCH /v1/webhooks/{webhookId}",
      "POST /internal/v1/accounts/{owner}/deletion",
      "POST /internal/v1/accounts/{owner}/mail/bounced",
      "POST /internal/v1/tasks/{taskId}/commands",
      "POST /v1/account/webhook-secret",
      "POST /v1/batches",
      "POST /v1/batches/{batchId}/cancel",
      "POST /v1/batches/{batchId}/items",
      "POST /v1/batches/{batchId}/retry",
      "POST /v1/batches/{batchId}/seal",
      "POST /v1/keys",
      "POST /v1/mail/confirm",
      "POST /v1/mail/unsubscribe",
      "POST /v1/tasks",
      "POST /v1/uploads",
      "POST /v1/uploads/{uploadId}/complete",
      "POST /v1/webhooks",
      "POST /v1/webhooks/{webhookId}/deliveries/{deliveryId}/resend",
      "POST /v1/webhooks/{webhookId}/recover",
      "POST /v1/webhooks/{webhookId}/secret",
      "POST /v1/webhooks/{webhookId}/test",
      "PUT /internal/v1/accounts/{owner}/entries/{taskId}",
      "PUT /internal/v1/tasks/{taskId}/status",
    ]);
  });
});

void describe("Holding answers to the document", () => {
  const path = "/v1/tasks/AAAAAAAAAAAAAAAAAAAAAA";
  const task = {
    taskId: "AAAAAAAAAAAAAAAAAAAAAA",
    status: "submitted",
    priority: "normal",
    createdAt: "2026-11-26T03:00:00.000Z",
    updatedAt: "2026-11-26T03:00:00.000Z",
  };
  const answered = (body: unknown, status = 200, type = "application/json"): Promise<unknown> => {
    const headers = { "content-type": type };
    return assertDocumented(path, {}, new Response(JSON.stringify(body), { status, headers }));
  };
  const problem = (code: string): object => ({
    type: "",
    title: "",
    status: 404,
    detail: "",
    code,
  });

  void test("lets pass what is documented", async () => {
    await answered(task);
    await answered(problem("not_found"), 404, "application/problem+json");
    assertTask(task);
  });

  void test("finds what is not", async () => {
    await assert.rejects(answered(task, 201), /answered 201, which is not documented/);
    await assert.rejects(answered(task, 200, "text/plain"), /with a text\/plain/);
    await assert.rejects(answered({ ...task, extra: 1 }), /must NOT have additional properties/);
    await assert.rejects(answered({ ...task, status: "done" }), /must be equal to one of/);
    await assert.rejects(
      answered(problem("unknown_task"), 404, "application/problem+json"),
      /with unknown_task, which is not documented/,
    );
    assert.throws(() => assertTask({ ...task, createdAt: "today" }), /must match format/);
  });

  void test("finds an accepted request that the document refuses", async () => {
    const headers = { "content-type": "application/json" };
    const links = { self: "", events: "", ws: "", image: "" };
    const body = JSON.stringify({ taskId: "", status: "submitted", links });
    const submitted = (request: object): Promise<unknown> =>
      assertDocumented(
        "/v1/tasks",
        { method: "POST", body: JSON.stringify(request) },
        new Response(body, { status: 202, headers }),
      );
    await submitted({ imageUrl: "https://a.example/a", uploadId: null });
    await assert.rejects(submitted({}), /its request: .*must match exactly one schema in oneOf/);
  });
});
