import { strict as assert } from "node:assert";
import { after, afterEach, before, describe, test } from "node:test";
import { eventId } from "../src/events/event-id.js";
import { listTasks } from "./support/account.js";
import { eventually } from "./support/eventually.js";
import { assertProblem, Stage } from "./support/stage.js";
import { GENERATION, TestStorage } from "./support/storage.js";
import { completeUpload, createUpload, type SignedUpload } from "./support/uploads.js";
import { variant } from "./support/variant.js";

const BYTES = Buffer.from("bytes");
const PNG = { contentType: "image/png", size: BYTES.length };

void describe("POST /v1/uploads/{uploadId}/complete", () => {
  let storage: TestStorage;
  let stage: Stage;
  before(async () => {
    storage = await TestStorage.start();
    stage = await Stage.start({ STORAGE_ENDPOINT: storage.url, IN_TIME_SCALE: "50" });
  });
  afterEach(() => {
    storage.heads = undefined;
    stage.pubSub.otherwise = "accept";
  });
  after(async () => {
    await stage.stop();
    await storage.stop();
  });

  /** An upload whose object is there as declared. */
  const uploaded = async (more: object = {}): Promise<SignedUpload> => {
    const upload = await createUpload(stage, { ...PNG, ...more });
    const { url, method, headers } = upload;
    assert.equal((await fetch(url, { method, headers, body: BYTES })).status, 200);
    return upload;
  };
  const confirmed = async (uploadId: string): Promise<Readonly<Record<string, unknown>>> => {
    const response = await completeUpload(stage, uploadId);
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as Record<string, unknown>;
  };
  const announced = (uploadId: string): number => stage.pubSub.of(uploadId).length;
  /** Events of an account are published in their order: what was added before this one has come. */
  const allArePublished = async (): Promise<void> => {
    const { uploadId } = await uploaded();
    await confirmed(uploadId);
    await stage.publishedOn("account-events", uploadId);
  };

  void test("confirms what is there as declared, and announces it", async () => {
    const { uploadId } = await uploaded({ fileName: "pier.png" });
    const { completedAt, ...answer } = await confirmed(uploadId);
    assert.deepEqual(answer, { uploadId, ...PNG, fileName: "pier.png" });
    const [message] = await stage.publishedOn("account-events", uploadId);
    const { traceId, ...event } = JSON.parse(message?.data ?? "") as Record<string, unknown>;
    assert.match(String(traceId), /^[0-9a-f]{32}$/);
    assert.deepEqual(event, {
      eventId: await eventId(uploadId, 1, "edge", "media.upload.completed"),
      eventType: "media.upload.completed",
      taskId: uploadId,
      timestamp: Date.parse(String(completedAt)),
      source: "edge",
      payload: {
        uploadId,
        object: {
          bucket: "in-local-images",
          name: `uploads/local/${uploadId}`,
          generation: GENERATION,
        },
        contentType: "image/png",
        sizeBytes: 5,
      },
      run: 1,
      schemaVersion: 1,
    });
    assert.equal(message?.attributes["owner"], "local");
    assert.equal(message.attributes["channel"], "local");
  });

  void test("answers a repeat the same and announces nothing new, whatever became of the object", async () => {
    const { uploadId } = await uploaded();
    const answers = await Promise.all([1, 2, 3, 4].map(() => confirmed(uploadId)));
    // What a kill interrupts may be published again.
    await allArePublished();
    storage.objects.delete(`uploads/local/${uploadId}`);
    await stage.restartAfterKill();
    answers.push(await confirmed(uploadId));
    assert.deepEqual(
      answers,
      answers.map(() => answers[0]),
    );
    await allArePublished();
    assert.equal(announced(uploadId), 1);
    assert.deepEqual(
      stage.edge.logs.filter(({ severity }) => severity === "ERROR"),
      [],
    );
  });

  void test("is announced although Pub/Sub and the edge were down", async () => {
    stage.pubSub.otherwise = 503;
    const { uploadId } = await uploaded();
    await confirmed(uploadId);
    await stage.publishedOn("account-events", uploadId);
    await stage.restartAfterKill();
    const attempts = announced(uploadId);
    stage.pubSub.otherwise = "accept";
    const messages = await stage.publishedOn("account-events", uploadId, attempts + 1);
    assert.equal(new Set(messages.map(({ data }) => data)).size, 1);
  });

  void test("refuses what was not uploaded yet, and confirms it later", async () => {
    const upload = await createUpload(stage, PNG);
    const { uploadId, url, method, headers } = upload;
    const early = await completeUpload(stage, uploadId);
    await assertProblem(early, 409, "upload_missing", /nothing was uploaded/);
    // As Storage may say it to who may not list the bucket.
    storage.heads = 403;
    await assertProblem(await completeUpload(stage, uploadId), 409, "upload_missing");
    storage.heads = undefined;
    await fetch(url, { method, headers, body: BYTES });
    await confirmed(uploadId);
  });

  const others: readonly [what: string, contentType: string, bytes: string, detail: RegExp][] = [
    [
      "of another size",
      "image/png",
      "more bytes",
      /^10 bytes of image\/png were uploaded, 5 bytes/,
    ],
    ["of another type", "image/jpeg", "bytes", /5 bytes of image\/png declared$/],
  ];
  for (const [what, contentType, bytes, detail] of others) {
    void test(`refuses an object ${what} and announces nothing`, async () => {
      const { uploadId } = await createUpload(stage, PNG);
      storage.objects.set(`uploads/local/${uploadId}`, { contentType, bytes: Buffer.from(bytes) });
      const response = await completeUpload(stage, uploadId);
      await assertProblem(response, 422, "upload_mismatch", detail);
      await allArePublished();
      assert.equal(announced(uploadId), 0);
    });
  }

  void test("knows no upload that was not made here", async () => {
    for (const uploadId of ["q83vEjRWeJCrze8SNFZ4kA", "x", "a".repeat(300)]) {
      const response = await completeUpload(stage, uploadId);
      await assertProblem(response, 404, "upload_not_found", /there is no such upload/);
    }
  });

  for (const trouble of [500, "hang"] as const) {
    void test(`is unavailable while Storage answers a HEAD with ${trouble}`, async () => {
      const { uploadId } = await uploaded();
      storage.heads = trouble;
      const response = await completeUpload(stage, uploadId);
      await assertProblem(response, 503, "unavailable", /Storage does not answer/);
      storage.heads = undefined;
      await confirmed(uploadId);
    });
  }
});

void describe("An upload", () => {
  const statusOf = async (stage: Stage, uploadId: string): Promise<string> => {
    const response = await completeUpload(stage, uploadId);
    return `${response.status} ${((await response.json()) as { code: string }).code}`;
  };
  const MISSING = "409 upload_missing";
  const FORGOTTEN = "404 upload_not_found";

  /** The edge as it would have signed URLs so many seconds before. */
  const signedBefore = (seconds: number): Promise<string> =>
    variant(`signed-${seconds}-before`, {
      "UPLOAD_URL_SECONDS = 15 * 60": `UPLOAD_URL_SECONDS = -${seconds}`,
    });

  void test("is forgotten a day after its URL has expired, and its task keeps its name", async () => {
    const storage = await TestStorage.start();
    const stage = await Stage.start({ STORAGE_ENDPOINT: storage.url });
    try {
      await stage.restartAfterKill({}, await signedBefore(24 * 3600 + 1));
      const old = await createUpload(stage, { ...PNG, fileName: "old.png" });
      const submission = { uploadId: old.uploadId };
      const key = { "idempotency-key": "once" };
      const taskId = await stage.submit(submission, key);
      await stage.restartAfterKill({}, await signedBefore(23 * 3600));
      const recent = await createUpload(stage, PNG);
      // A change that is to be handed on brings the alarm, and the first one sweeps.
      await stage.restartAfterKill();
      const created = await stage.edge.post("/v1/webhooks", { url: "https://hooks.example/" });
      assert.equal(created.status, 201);
      await eventually("the end of the old upload", async () => {
        return (await statusOf(stage, old.uploadId)) === FORGOTTEN;
      });
      assert.equal(await statusOf(stage, recent.uploadId), MISSING);
      assert.equal(await stage.submit(submission, key), taskId);
      const { items } = await listTasks(stage);
      assert.deepEqual(
        items.map((item) => [item.taskId, item["fileName"]]),
        [[taskId, "old.png"]],
      );
    } finally {
      await stage.stop();
      await storage.stop();
    }
  });

  void test("is forgotten when there are too many later ones", async () => {
    const storage = await TestStorage.start();
    const stage = await Stage.start({ STORAGE_ENDPOINT: storage.url });
    try {
      await stage.restartAfterKill(
        {},
        await variant("few-uploads", { "MAX_UPLOADS = 1e5": "MAX_UPLOADS = 2" }),
      );
      const uploads: SignedUpload[] = [];
      for (let i = 0; i < 3; i++) {
        uploads.push(await createUpload(stage, PNG));
      }
      const statuses = await Promise.all(uploads.map(({ uploadId }) => statusOf(stage, uploadId)));
      assert.deepEqual(statuses, [FORGOTTEN, MISSING, MISSING]);
    } finally {
      await stage.stop();
      await storage.stop();
    }
  });
});
