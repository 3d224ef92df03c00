import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { assertProblem, IMAGE, Stage, statusBody } from "./support/stage.js";

void describe("POST /v1/tasks", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start()));
  after(() => stage.stop());

  void test("accepts an image URL and says where the task is", async () => {
    const response = await stage.edge.post("/v1/tasks", IMAGE);
    assert.equal(response.status, 202);
    assert.equal(response.headers.get("content-type"), "application/json");
    const body = (await response.json()) as { taskId: string };
    assert.match(body.taskId, /^[A-Za-z0-9_-]{22}$/);
    const self = `/v1/tasks/${body.taskId}`;
    assert.deepEqual(body, {
      taskId: body.taskId,
      status: "submitted",
      links: { self, events: `${self}/events`, ws: `${self}/ws`, image: `${self}/image` },
    });
    assert.equal(response.headers.get("location"), self);
  });

  void test("a task can be read at once, with its defaults", async () => {
    const before = Date.now();
    const taskId = await stage.submitAndPublish();
    const view = await stage.view(taskId);
    assert.deepEqual(Object.keys(view), ["taskId", "status", "priority", "createdAt", "updatedAt"]);
    assert.equal(view["taskId"], taskId);
    assert.equal(view["priority"], "normal");
    const createdAt = String(view["createdAt"]);
    assert.equal(new Date(createdAt).toISOString(), createdAt);
    assert.ok(Date.parse(createdAt) >= before && Date.parse(createdAt) <= Date.now());
    assert.ok(String(view["updatedAt"]) >= createdAt);
  });

  void test("null counts as left out", async () => {
    const taskId = await stage.submitAndPublish({
      ...IMAGE,
      uploadId: null,
      priority: null,
      webhookUrl: null,
    });
    const [message] = stage.pubSub.of(taskId);
    const { payload } = JSON.parse(message?.data ?? "") as { payload: unknown };
    assert.deepEqual(payload, { input: IMAGE, features: ["text", "colors"] });
    assert.equal(message?.attributes["priority"], "normal");
  });

  void test("any absolute http or https URL is accepted as it is; download judges it", async () => {
    for (const imageUrl of ["http://127.0.0.1:1/a%20b", "https://ü.example/ü"]) {
      const taskId = await stage.submitAndPublish({ imageUrl });
      const { payload } = JSON.parse(stage.pubSub.of(taskId)[0]?.data ?? "") as {
        payload: { input: unknown };
      };
      assert.deepEqual(payload.input, { imageUrl });
    }
  });

  const upload = { uploadId: "q83vEjRWeJCrze8SNFZ4kA" };
  const refused: readonly [what: string, body: unknown, detail: RegExp][] = [
    ["no image at all", {}, /exactly one of imageUrl and uploadId/],
    ["two images", { ...IMAGE, ...upload }, /exactly one of imageUrl and uploadId/],
    ["a relative URL", { imageUrl: "/a.jpg" }, /imageUrl must be an absolute http or https URL/],
    ["a URL without slashes", { imageUrl: "http:a.example" }, /imageUrl must be an absolute/],
    ["a URL of another scheme", { imageUrl: "ftp://a.example/a" }, /imageUrl must be an absolute/],
    ["a URL with a line break", { imageUrl: "http://a.example/\na" }, /imageUrl must be an absol/],
    ["an imageUrl that is not a string", { imageUrl: 7 }, /imageUrl must be an absolute/],
    ["an uploadId of another form", { uploadId: "../x" }, /uploadId must be an uploadId/],
    ["an unknown priority", { ...IMAGE, priority: "urgent" }, /priority must be one of high, no/],
    [
      "an unknown feature",
      { ...IMAGE, features: ["text", "smell"] },
      /features\[1\] must be one of/,
    ],
    ["no feature", { ...IMAGE, features: [] }, /features must be a list of at least one/],
    ["features that are not a list", { ...IMAGE, features: "text" }, /features must be a list/],
    ["an unknown field", { ...IMAGE, extra: 1 }, /there is no field extra$/],
    ["a misspelt field", { ...IMAGE, Priority: "high" }, /there is no field Priority$/],
    ["a field with a name of the prototype", { ...IMAGE, constructor: 1 }, /no field constructor$/],
    ["a list", [IMAGE], /the body must be a JSON object/],
    ["a bare null", null, /the body must be a JSON object/],
  ];
  for (const [what, body, detail] of refused) {
    void test(`refuses ${what}`, async () => {
      const response = await stage.edge.post("/v1/tasks", body);
      await assertProblem(response, 400, "invalid_request", detail);
    });
  }

  void test("refuses what is not JSON", async () => {
    const headers = { "content-type": "application/json" };
    for (const body of ["{", "", new Uint8Array([0x22, 0xff, 0x22])]) {
      const response = await stage.edge.fetch("/v1/tasks", { method: "POST", headers, body });
      await assertProblem(response, 400, "invalid_request", /not valid UTF-8 JSON/);
    }
  });

  void test("refuses another content type", async () => {
    const body = JSON.stringify(IMAGE);
    const response = await stage.edge.fetch("/v1/tasks", { method: "POST", body });
    await assertProblem(response, 415, "unsupported_media_type");
  });

  void test("a body may have 64 KiB and not a byte more", async () => {
    const fit = (bytes: number): object => {
      const rest = JSON.stringify(IMAGE).length;
      return { imageUrl: IMAGE.imageUrl + "x".repeat(bytes - rest) };
    };
    assert.equal((await stage.edge.post("/v1/tasks", fit(65_536))).status, 202);
    await assertProblem(await stage.edge.post("/v1/tasks", fit(65_537)), 413, "too_large");
  });

  void test("a body without a length is measured while it is read", async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let i = 0; i < 65; i++) {
          controller.enqueue(new Uint8Array(1024).fill(0x20));
        }
        controller.close();
      },
    });
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body, duplex: "half" };
    await assertProblem(await stage.edge.fetch("/v1/tasks", init), 413, "too_large");
  });

  void describe("with an Idempotency-Key", () => {
    void test("the same key and body are the same task with the same answer", async () => {
      const headers = { "Idempotency-Key": "holiday 1" };
      const first = await stage.edge.post("/v1/tasks", IMAGE, headers);
      const { taskId } = (await first.clone().json()) as { taskId: string };
      await stage.viewWhen(taskId, ({ status }) => status === "processing_in_gcp");
      const again = await stage.edge.post("/v1/tasks", { ...IMAGE, priority: "normal" }, headers);
      assert.equal(again.status, 202);
      assert.equal(await again.text(), await first.text());
      assert.equal(stage.pubSub.of(taskId).length, 1);
    });

    void test("the id follows from owner and key", async () => {
      const digest = await crypto.subtle.digest(
        "SHA-256",
        new TextEncoder().encode("idempotency|local|holiday-2"),
      );
      const expected = Buffer.from(digest).toString("base64url").slice(0, 22);
      assert.equal(await stage.submit(IMAGE, { "Idempotency-Key": "holiday-2" }), expected);
    });

    void test("the id is never one that Firestore reserves", async () => {
      // The digest's first 22 characters are __fpmFccFV0rGUFV0hmx__.
      const headers = { "Idempotency-Key": "reserved-13921973" };
      const taskId = await stage.submit(IMAGE, headers);
      assert.equal(taskId, "A_fpmFccFV0rGUFV0hmx__");
      assert.equal(await stage.submit(IMAGE, headers), taskId);
    });

    void test("another body under the same key is a conflict", async () => {
      const headers = { "Idempotency-Key": "holiday-3" };
      await stage.submit(IMAGE, headers);
      const other = { ...IMAGE, priority: "high" };
      const response = await stage.edge.post("/v1/tasks", other, headers);
      await assertProblem(response, 409, "idempotency_key_conflict");
    });

    void test("without a key the same body is another task", async () => {
      assert.notEqual(await stage.submit(), await stage.submit());
    });

    void test("a key has 1 to 255 printable characters", async () => {
      const withKey = (key: string): Promise<Response> =>
        stage.edge.post("/v1/tasks", IMAGE, { "Idempotency-Key": key });
      assert.equal((await withKey("k".repeat(255))).status, 202);
      for (const key of ["", "k".repeat(256), "ü"]) {
        await assertProblem(await withKey(key), 400, "invalid_request", /Idempotency-Key must/);
      }
    });
  });
});

void describe("Routing", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start()));
  after(() => stage.stop());

  void test("an unknown path is 404", async () => {
    for (const path of ["/v2/tasks", "/v1/tasks/", "/v1/tasks/short", "/v1", "/internal"]) {
      await assertProblem(await stage.edge.fetch(path), 404, "not_found");
    }
  });

  void test("another method is 405 and says which is allowed", async () => {
    const wrong: readonly [method: string, path: string, allow: string][] = [
      ["PUT", "/v1/tasks", "POST, GET, HEAD"],
      ["GET", "/v1/uploads", "POST"],
      ["PUT", "/v1/tasks/AAAAAAAAAAAAAAAAAAAAAA", "GET, HEAD, DELETE"],
      ["POST", "/v1/tasks/AAAAAAAAAAAAAAAAAAAAAA/events", "GET, HEAD"],
      ["POST", "/v1/tasks/AAAAAAAAAAAAAAAAAAAAAA/ws", "GET, HEAD"],
      ["POST", "/v1/tasks/AAAAAAAAAAAAAAAAAAAAAA/image", "GET, HEAD"],
      ["GET", "/internal/v1/tasks/AAAAAAAAAAAAAAAAAAAAAA/status", "PUT"],
      ["POST", "/healthz", "GET, HEAD"],
      ["POST", "/", "GET, HEAD"],
    ];
    for (const [method, path, allow] of wrong) {
      const response = await stage.edge.fetch(path, { method });
      assert.equal(response.headers.get("allow"), allow);
      await assertProblem(response, 405, "method_not_allowed");
    }
  });

  void test("there is a page at /", async () => {
    const response = await stage.edge.fetch("/");
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
    assert.match(await response.text(), /<title>iN: image processing<\/title>/);
  });

  void test("an id that Firestore reserves belongs to no task", async () => {
    const reserved = "__AAAAAAAAAAAAAAAAAA__";
    for (const rest of ["", "/events", "/image"]) {
      const response = await stage.edge.fetch(`/v1/tasks/${reserved}${rest}`);
      await assertProblem(response, 404, "not_found");
    }
    // Not `unknown_task`: no coordinator was asked.
    const response = await stage.put(reserved, statusBody({}), await stage.syncToken());
    await assertProblem(response, 404, "not_found");
  });

  void test("a task that nobody submitted is 404, everywhere", async () => {
    for (const rest of ["", "/events", "/image"]) {
      const response = await stage.edge.fetch(`/v1/tasks/AAAAAAAAAAAAAAAAAAAAAA${rest}`);
      await assertProblem(response, 404, "not_found");
    }
  });
});
