import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { listTasks } from "./support/account.js";
import { pauseOf } from "../src/batches/pause.js";
import { usersOf } from "./support/channels.js";
import { eventually } from "./support/eventually.js";
import { TestIssuer } from "./support/issuer.js";
import { assertProblem, AUDIENCE, IMAGE, OPERATOR, Stage } from "./support/stage.js";
import { variant } from "./support/variant.js";

const TWO = { "DEFAULT_TASKS_IN_FLIGHT = 1e3": "DEFAULT_TASKS_IN_FLIGHT = 2" };

interface BatchView {
  readonly status: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly failures: Readonly<Record<string, number>>;
  readonly updatedAt: string;
}

interface Item {
  readonly position: number;
  readonly taskId: string;
  readonly status: string;
  readonly imageUrl: string;
  readonly error?: { readonly code: string };
}

type Headers = Readonly<Record<string, string>>;

const lines = (count: number, path = "image"): string =>
  Array.from({ length: count }, (_, i) =>
    JSON.stringify({ imageUrl: `https://a.example/${path}/${i + 1}` }),
  ).join("\n");

void describe("A batch", () => {
  let stage: Stage;
  let two: string;
  before(async () => {
    stage = await Stage.start({ IN_TIME_SCALE: "3600" });
    two = await variant("batch-of-two", TWO);
    await stage.restartAfterKill({}, two);
  });
  after(() => stage.stop());

  const create = async (body?: object, headers: Headers = {}): Promise<string> => {
    const response = await stage.edge.fetch("/v1/batches", {
      method: "POST",
      ...(body === undefined ? { headers } : { body: JSON.stringify(body) }),
      headers: {
        ...headers,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
    });
    assert.equal(response.status, 201, await response.clone().text());
    return ((await response.json()) as { batchId: string }).batchId;
  };
  const post = (batchId: string, what: string, headers: Headers = {}): Promise<Response> =>
    stage.edge.fetch(`/v1/batches/${batchId}/${what}`, { method: "POST", headers });
  const append = (batchId: string, body: string, headers: Headers = {}): Promise<Response> =>
    stage.edge.fetch(`/v1/batches/${batchId}/items`, {
      method: "POST",
      headers: { "content-type": "application/x-ndjson", ...headers },
      body,
    });
  const appended = async (response: Response): Promise<object> => {
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as object;
  };
  const view = async (batchId: string): Promise<BatchView> => {
    const response = await stage.edge.fetch(`/v1/batches/${batchId}`);
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as BatchView;
  };
  const counts = async (batchId: string): Promise<number[]> => {
    const all = (await view(batchId)).counts;
    return ["total", "waiting", "processing", "completed", "failed", "cancelled"].map(
      (status) => all[status] ?? -1,
    );
  };
  const page = async (
    batchId: string,
    query = "",
  ): Promise<{ readonly items: readonly Item[]; readonly nextCursor?: string }> => {
    const response = await stage.edge.fetch(`/v1/batches/${batchId}/items${query}`);
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as { items: Item[] };
  };
  const items = async (batchId: string, query = ""): Promise<readonly Item[]> =>
    (await page(batchId, query)).items;
  const requested = (taskId: string): boolean =>
    stage.pubSub.of(taskId).some(({ path }) => path.includes("/download-topic:"));
  /** The tasks that are in flight, once there are so many. */
  const inFlight = (batchId: string, count: number): Promise<readonly Item[]> =>
    eventually(`${count} items in flight`, async () => {
      const all = (await items(batchId, "?status=processing")).filter(({ taskId }) =>
        requested(taskId),
      );
      return all.length === count && all;
    });
  const end = async (taskId: string, update: object = { status: "completed" }): Promise<void> => {
    assert.equal(await stage.putStatus(taskId, update), 204);
  };
  /** Ends whatever is in flight until nothing is. */
  const finish = async (batchId: string): Promise<BatchView> =>
    await eventually("the end of the batch", async () => {
      for (const { taskId } of await items(batchId, "?status=processing")) {
        if (requested(taskId)) {
          await end(taskId);
        }
      }
      const now = await view(batchId);
      return !["open", "processing"].includes(now.status) && now;
    });
  const seal = async (batchId: string): Promise<void> => {
    assert.equal((await post(batchId, "seal")).status, 200);
  };

  void test("takes good lines and names every other", async () => {
    const batchId = await create({ name: "harbour", features: ["colors"] });
    const chunk = [
      '{"imageUrl": "https://a.example/1"}',
      "not JSON",
      "",
      '{"imageUrl": "ftp://a.example/2"}',
      '{"imageUrl": "https://a.example/3", "priority": "high"}',
      '{"imageUrl": "https://a.example/4", "features": ["text"], "fileName": "four.jpg"}\r',
      "{}",
    ].join("\n");
    assert.deepEqual(await appended(await append(batchId, chunk)), {
      accepted: 2,
      rejected: [
        { line: 2, code: "invalid_json", message: "the line is not JSON" },
        {
          line: 4,
          code: "invalid_item",
          message: "imageUrl must be an absolute http or https URL",
        },
        { line: 5, code: "invalid_item", message: "there is no field priority" },
        {
          line: 7,
          code: "invalid_item",
          message: "exactly one of imageUrl and uploadId is needed",
        },
      ],
    });
    const [first, second] = await inFlight(batchId, 2);
    const features = [first, second].map((item) => {
      const [message] = stage.pubSub.of(item?.taskId ?? "");
      return (JSON.parse(message?.data ?? "") as { payload: { features: string[] } }).payload
        .features;
    });
    assert.deepEqual(features, [["colors"], ["text"]]);
    await seal(batchId);
    assert.equal((await finish(batchId)).status, "completed");
  });

  void test("is the same when it is created again, and needs no body", async () => {
    const key = { "Idempotency-Key": "a batch" };
    const batchId = await create({ name: "one" }, key);
    assert.equal(await create({ name: "one" }, key), batchId);
    const other = await stage.edge.post("/v1/batches", { name: "other" }, key);
    await assertProblem(other, 409, "idempotency_key_conflict");
    const plain = await create();
    assert.notEqual(plain, batchId);
    await seal(plain);
    assert.equal((await view(plain)).status, "completed");
  });

  void test("takes a chunk once, by its key or its bytes, also after a kill -9 and once sealed", async () => {
    const batchId = await create();
    const key = { "Idempotency-Key": "first" };
    const first = await appended(await append(batchId, lines(3), key));
    assert.deepEqual(await appended(await append(batchId, lines(3), key)), first);
    await assertProblem(await append(batchId, lines(2), key), 409, "idempotency_key_conflict");
    await appended(await append(batchId, lines(2, "more")));
    await stage.restartAfterKill({}, two);
    assert.deepEqual(await appended(await append(batchId, lines(3), key)), first);
    await appended(await append(batchId, lines(2, "more")));
    await seal(batchId);
    assert.deepEqual(await appended(await append(batchId, lines(2, "more"))), {
      accepted: 2,
      rejected: [],
    });
    await assertProblem(await append(batchId, lines(1, "late")), 409, "batch_sealed");
    assert.equal((await view(batchId)).counts["total"], 5);
    assert.equal((await finish(batchId)).counts["completed"], 5);
  });

  void test("has as many tasks in flight as its owner may, and gives way to higher priorities", async () => {
    const batchId = await create();
    await appended(await append(batchId, lines(5)));
    await seal(batchId);
    const [one] = await inFlight(batchId, 2);
    assert.deepEqual(await counts(batchId), [5, 3, 2, 0, 0, 0]);
    const high = await stage.submit({ ...IMAGE, priority: "high" });
    await end(one?.taskId ?? "");
    await stage.publishedOn("download-topic", high);
    assert.equal((await inFlight(batchId, 1)).length, 1);
    await end(high);
    const done = await finish(batchId);
    assert.deepEqual(done.counts, {
      ...{ total: 5, waiting: 0, processing: 0, completed: 5, failed: 0, cancelled: 0 },
    });
    assert.deepEqual(done.failures, {});
  });

  void test("lists its items by status, in pages", async () => {
    const batchId = await create();
    await appended(await append(batchId, lines(5)));
    await inFlight(batchId, 2);
    const first = await page(batchId, "?status=waiting&limit=2");
    assert.deepEqual(
      first.items.map(({ position, imageUrl }) => [position, imageUrl]),
      [
        [3, "https://a.example/image/3"],
        [4, "https://a.example/image/4"],
      ],
    );
    const second = await page(batchId, `?status=waiting&limit=2&cursor=${first.nextCursor ?? ""}`);
    assert.deepEqual(
      [second.items.map(({ position }) => position), second.nextCursor],
      [[5], undefined],
    );
    assert.equal((await items(batchId)).length, 5);
    await seal(batchId);
    await finish(batchId);
  });

  void test("that is cancelled ends what has not begun, and lets the rest finish", async () => {
    const other = await stage.submitAndPublish();
    const batchId = await create();
    await appended(await append(batchId, lines(5)));
    // One begins, one waits in the account, three in the batch.
    const [begun] = await inFlight(batchId, 1);
    await eventually("the second to wait in the account", async () => {
      return (await counts(batchId))[2] === 2;
    });
    assert.equal((await post(batchId, "cancel")).status, 200);
    assert.equal((await post(batchId, "cancel")).status, 200);
    await eventually("four are cancelled", async () => (await counts(batchId))[5] === 4);
    assert.equal((await view(batchId)).status, "processing");
    await end(begun?.taskId ?? "");
    const done = await finish(batchId);
    assert.deepEqual([done.status, done.counts["completed"]], ["cancelled", 1]);
    await assertProblem(await post(batchId, "retry"), 409, "batch_ended");
    await assertProblem(await append(batchId, lines(1, "late")), 409, "batch_sealed");
    for (const { taskId } of await items(batchId, "?status=cancelled")) {
      assert.ok(!requested(taskId));
    }
    await end(other);
  });

  void test("retries what has failed, as new runs, and nothing else", async () => {
    const batchId = await create();
    await appended(await append(batchId, lines(2)));
    await seal(batchId);
    const [one, other] = await inFlight(batchId, 2);
    const error = { code: "source_not_found", message: "" };
    await end(one?.taskId ?? "", { status: "failed", error });
    await end(other?.taskId ?? "");
    await eventually("the end", async () => (await view(batchId)).status === "completed");
    assert.deepEqual((await view(batchId)).failures, { source_not_found: 1 });
    const [failed] = await items(batchId, "?status=failed");
    assert.deepEqual([failed?.position, failed?.error?.code], [one?.position, "source_not_found"]);
    assert.equal((await post(batchId, "retry")).status, 200);
    assert.equal((await view(batchId)).status, "processing");
    const [redrive] = await stage.publishedOn("task-commands", one?.taskId ?? "");
    assert.equal((JSON.parse(redrive?.data ?? "") as { run: number }).run, 2);
    assert.deepEqual(
      stage.pubSub.of(other?.taskId ?? "").map(({ attributes }) => attributes["eventType"]),
      ["download.requested"],
    );
    await end(one?.taskId ?? "", { run: 2, status: "completed" });
    await eventually("the end", async () => (await view(batchId)).status === "completed");
    const { counts: all, failures } = await view(batchId);
    assert.deepEqual([all["completed"], all["failed"], failures], [2, 0, {}]);
    assert.equal((await post(batchId, "retry")).status, 200);
    assert.equal((await view(batchId)).status, "completed");
  });

  void test("of which every item failed has failed", async () => {
    const batchId = await create();
    await appended(await append(batchId, lines(1)));
    await seal(batchId);
    const [only] = await inFlight(batchId, 1);
    const error = { code: "corrupt_image", message: "" };
    await end(only?.taskId ?? "", { status: "failed", error });
    await eventually("the end", async () => (await view(batchId)).status === "failed");
    await assertProblem(await post(batchId, "cancel"), 409, "batch_ended");
  });

  void test("goes on after a kill -9 while items are submitted, and submits none twice", async () => {
    const silent = await variant("silent-submit", {
      ...TWO,
      "\n  async submit(task) {":
        "\n  async submit(task) { if (task.batch) await new Promise(() => {});",
    });
    await stage.restartAfterKill({}, silent);
    const batchId = await create();
    await appended(await append(batchId, lines(4)));
    await seal(batchId);
    await eventually("items that begin", async () => (await counts(batchId))[2] === 2);
    await stage.restartAfterKill({}, two);
    // Nobody asks about the batch: its alarm alone must do it.
    await eventually("their requests", () => {
      const all = stage.pubSub.requests.filter(({ data }) => data.includes("a.example/image/"));
      return all.length > 0;
    });
    await inFlight(batchId, 2);
    await stage.restartAfterKill({}, two);
    const done = await finish(batchId);
    assert.equal(done.counts["completed"], 4);
    for (const { taskId } of await items(batchId)) {
      // Killed before it had the answer, a coordinator sends the same message again.
      assert.equal(new Set(stage.pubSub.of(taskId).map(({ data }) => data)).size, 1);
    }
  });

  void test("learns of an end that was reported while it was away", async () => {
    const away = await variant("away-batch", {
      ...TWO,
      "\n  report(owner, place, report) {":
        '\n  report(owner, place, report) { throw new Error("away");',
    });
    const batchId = await create();
    await appended(await append(batchId, lines(1)));
    await seal(batchId);
    const [only] = await inFlight(batchId, 1);
    await stage.restartAfterKill({}, away);
    await end(only?.taskId ?? "");
    assert.deepEqual(await counts(batchId), [1, 0, 1, 0, 0, 0]);
    await stage.restartAfterKill({}, two);
    await eventually("the end", async () => (await view(batchId)).status === "completed");
  });

  void test("ends an item whose task is deleted, and keeps nothing of its line", async () => {
    const batchId = await create();
    await appended(await append(batchId, lines(1)));
    await seal(batchId);
    const [only] = await inFlight(batchId, 1);
    const path = `/v1/tasks/${only?.taskId ?? ""}`;
    assert.equal((await stage.edge.fetch(path, { method: "DELETE" })).status, 204);
    await eventually("the end", async () => (await view(batchId)).status === "completed");
    const { position, taskId } = only ?? assert.fail();
    const error = { code: "deleted", message: "its task was deleted" };
    assert.deepEqual(await items(batchId), [{ position, taskId, status: "cancelled", error }]);
  });

  void test("is deleted with its account, and nothing more of it is submitted", async () => {
    const key = { "idempotency-key": "delete me" };
    const batchId = await create({ name: "Regatta" }, key);
    assert.equal((await append(batchId, lines(5, "deleted"))).status, 200);
    await eventually(
      "two are in flight",
      async () => (await view(batchId)).counts["processing"] === 2,
    );
    const operator = { authorization: `Bearer ${await stage.syncToken({ email: OPERATOR })}` };
    const path = "/internal/v1/accounts/local/deletion";
    const begun = await stage.edge.post(path, { operationId: "forget_batch_AAAAAAAA" }, operator);
    assert.equal(begun.status, 202);
    await eventually("the deletion is finished", async () => {
      const response = await stage.edge.fetch(path, { headers: operator });
      return ((await response.json()) as { status: string }).status === "deleted";
    });
    await assertProblem(await stage.edge.fetch(`/v1/batches/${batchId}`), 404, "not_found");
    await assertProblem(await append(batchId, lines(1)), 404, "not_found");
    const again = await stage.edge.post("/v1/batches", { name: "Regatta" }, key);
    await assertProblem(again, 409, "batch_deleted");
    assert.deepEqual((await listTasks(stage)).items, []);
  });

  void test("takes NDJSON alone, and there must be one", async () => {
    const batchId = await create();
    const json = await append(batchId, lines(1), { "content-type": "application/json" });
    await assertProblem(json, 415, "unsupported_media_type");
    await assertProblem(await append("A".repeat(22), lines(1)), 404, "not_found");
  });
});

void test("A refused item waits until the last limit resets, and long where its account is closed", () => {
  assert.equal(pauseOf({ exceeded: [{ resetMs: 5_000 }, { resetMs: 9_000 }] }), 9_001);
  assert.equal(pauseOf({ exceeded: [], isClosed: true }), 3_600_000);
});

void describe("A batch of an owner with limits", () => {
  let users: TestIssuer;
  let stage: Stage;
  before(async () => {
    users = await TestIssuer.start();
    const limits = { submissionsPerDay: 2 };
    // A day has three seconds.
    stage = await Stage.start({
      ...usersOf(users.url, AUDIENCE, limits),
      IN_TIME_SCALE: "28800",
    });
  });
  after(async () => {
    await stage.stop();
    await users.stop();
  });

  void test("waits for the next day with what is beyond them, and is nobody else's", async () => {
    const headersOf = async (sub: string): Promise<Headers> => ({
      authorization: `Bearer ${await users.token({ aud: AUDIENCE, sub })}`,
    });
    const ada = await headersOf("ada");
    const created = await stage.edge.post("/v1/batches", {}, ada);
    const { batchId } = (await created.json()) as { batchId: string };
    const path = `/v1/batches/${batchId}`;
    const dayOf = (at: number): number => Math.floor(at / 3_000);
    const first = dayOf(Date.now());
    const response = await stage.edge.fetch(`${path}/items`, {
      method: "POST",
      headers: { ...ada, "content-type": "application/x-ndjson" },
      body: lines(5),
    });
    assert.equal(response.status, 200);
    // When each was requested first; a request may come later than it was admitted, but not earlier.
    const requests = await eventually("all of them", () => {
      const first = new Map<string | undefined, number>();
      for (const { attributes, at } of stage.pubSub.requests.toReversed()) {
        first.set(attributes["taskId"], at);
      }
      return first.size === 5 && [...first.values()];
    });
    const days = requests.map(dayOf).sort();
    assert.ok(Number(days[2]) > first && Number(days[4]) > first + 1, `${first}: ${days.join()}`);
    const bob = await headersOf("bob");
    for (const [method, what] of [
      ["GET", ""],
      ["GET", "/items"],
      ["POST", "/seal"],
      ["POST", "/cancel"],
      ["POST", "/retry"],
    ]) {
      const refused = await stage.edge.fetch(`${path}${what ?? ""}`, {
        method: method ?? "",
        headers: bob,
      });
      await assertProblem(refused, 404, "not_found");
    }
  });
});
