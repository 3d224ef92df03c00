import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import example from "../../common-events/src/test/resources/library-entry-example.json";
import { listTasks, NOTIFICATION, putEntry, search } from "./support/account.js";
import { eventually } from "./support/eventually.js";
import { assertProblem, IMAGE, Stage, statusBody, SYNC } from "./support/stage.js";

void describe("The library", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start()));
  after(() => stage.stop());

  /** A task of its own with these findings. */
  const found = async (entry: object): Promise<string> => {
    const taskId = await stage.submit();
    assert.equal((await putEntry(stage, taskId, entry)).status, 204);
    return taskId;
  };

  void test("has a task as soon as its submit is answered", async () => {
    const taskId = await stage.submit({ ...IMAGE, fileName: "pier.jpg" });
    const [item] = (await listTasks(stage)).items;
    assert.equal(item?.taskId, taskId);
    assert.equal(item["fileName"], "pier.jpg");
    assert.equal(item["createdAt"], (await stage.view(taskId))["createdAt"]);
    assert.deepEqual(await search(stage, "pier"), [taskId]);
  });

  void test("lists newest first, in stable pages, by status", async () => {
    const taskIds: string[] = [];
    for (let i = 0; i < 5; i++) {
      taskIds.unshift(await stage.submitAndPublish());
    }
    const error = { code: "corrupt_image", message: "no header", stage: "download" };
    await stage.putStatus(taskIds[1] ?? "", { status: "failed", error });
    const first = await listTasks(stage, "?limit=2");
    // What comes in between moves nothing.
    await stage.submit();
    const second = await listTasks(stage, `?limit=3&cursor=${first.nextCursor}`);
    const listed = [...first.items, ...second.items].map(({ taskId }) => taskId);
    assert.deepEqual(listed, taskIds);
    const item = await eventually("the failure", async () => {
      const { items } = await listTasks(stage, "?status=failed");
      return items.find(({ taskId }) => taskId === taskIds[1]);
    });
    assert.equal(item["status"], "failed");
    assert.deepEqual(item["error"], error);
  });

  void test("shows what was found, and finds it", async () => {
    const taskId = await found(example);
    const [item] = (await listTasks(stage, "?limit=1")).items;
    const { version: _v, text: _t, createdAt: _c, status: _s, failureCode: _f, ...shown } = example;
    assert.deepEqual(item, {
      ...shown,
      taskId,
      createdAt: item?.["createdAt"],
      status: item?.["status"],
    });
  });

  void test("finds beginnings of words, and all must match", async () => {
    const sign = await found({
      text: "NO DIVING SHABBY WATER",
      colors: ["blue"],
      camera: "Canon EOS R5",
    });
    const menu = await found({
      text: "Menü: shabbat",
      colors: ["white", "blue"],
      camera: "NIKON Z 6",
    });
    assert.deepEqual(await search(stage, "shabb"), [menu, sign]);
    assert.deepEqual(await search(stage, "shabb div"), [sign]);
    assert.deepEqual(await search(stage, "menu"), [menu]);
    assert.deepEqual(await search(stage, '"diving shabby"'), [sign]);
    assert.deepEqual(await search(stage, '"shabby diving"'), []);
    assert.deepEqual(await search(stage, "shabb camera:canon"), [sign]);
    assert.deepEqual(await search(stage, 'camera:"nikon z"'), [menu]);
    assert.deepEqual(await search(stage, "shabb color:white"), [menu]);
    assert.deepEqual(await search(stage, "shabb color:whit"), []);
    assert.deepEqual(await search(stage, "camera:shabby"), []);
    assert.deepEqual(await search(stage, "shabb", "&limit=1"), [menu]);
  });

  void test("finds by day: when the image was taken, or else submitted", async () => {
    const old = await found({ labels: ["daytest"], day: "2001-05-01" });
    const today = await found({ labels: ["daytest"] });
    assert.deepEqual(await search(stage, "daytest before:2001-05-02"), [old]);
    assert.deepEqual(await search(stage, "daytest before:2001-05-01"), []);
    assert.deepEqual(await search(stage, "daytest after:2001-05-01"), [today]);
    assert.deepEqual(await search(stage, "before:2001-05-02 after:2001-04-30"), [old]);
  });

  void test("finds by status", async () => {
    const taskId = await found({ labels: ["statustest"] });
    const other = await found({ labels: ["statustest"] });
    await stage.putStatus(taskId, { status: "completed" });
    const completed = async (): Promise<boolean> =>
      (await search(stage, "statustest status:completed")).length > 0;
    await eventually("the status", completed);
    assert.deepEqual(await search(stage, "statustest status:completed"), [taskId]);
    assert.deepEqual(await search(stage, "statustest"), [other, taskId]);
  });

  void test("pages through a search", async () => {
    const taskIds: string[] = [];
    for (let i = 0; i < 3; i++) {
      taskIds.unshift(await found({ labels: ["pagetest"] }));
    }
    const ids: string[] = [];
    for (let cursor = ""; ;) {
      const response = await stage.edge.fetch(`/v1/search?q=pagetest&limit=2${cursor}`);
      const page = (await response.json()) as { items: { taskId: string }[]; nextCursor?: string };
      ids.push(...page.items.map(({ taskId }) => taskId));
      if (page.nextCursor === undefined) {
        break;
      }
      cursor = `&cursor=${page.nextCursor}`;
    }
    assert.deepEqual(ids, taskIds);
  });

  void test("an entry replaces an older one whole; an older one changes nothing", async () => {
    const taskId = await found({ version: 2, labels: ["second"], text: "two" });
    await putEntry(stage, taskId, { version: 1, labels: ["first"] });
    assert.deepEqual(await search(stage, "first"), []);
    await putEntry(stage, taskId, { version: 3, labels: ["third"] });
    assert.deepEqual(await search(stage, "third"), [taskId]);
    assert.deepEqual(await search(stage, "second"), []);
    assert.deepEqual(await search(stage, "two"), []);
  });

  void test("forgets what is deleted, whatever comes later", async () => {
    const taskId = await found({ labels: ["deletiontest"] });
    assert.equal((await stage.edge.fetch(`/v1/tasks/${taskId}`, { method: "DELETE" })).status, 204);
    const gone = async (): Promise<boolean> => (await search(stage, "deletiontest")).length === 0;
    await eventually("the deletion", gone);
    assert.equal((await putEntry(stage, taskId, { labels: ["deletiontest"] })).status, 204);
    assert.deepEqual(await search(stage, "deletiontest"), []);
    const { items } = await listTasks(stage, "?limit=200");
    assert.equal(
      items.some((item) => item.taskId === taskId),
      false,
    );
  });

  const refusedQueries: readonly [q: string, detail: RegExp][] = [
    ['"open', /a quotation mark is not closed/],
    ["colour:red", /there is no colour: to search by/],
    ["status:done", /status: must be one of/],
    ["before:yesterday", /before: must be a day/],
    ["after:2026-13-01", /after: must be a day/],
    ["status:failed status:completed", /status: can be given once/],
    ["a ".repeat(17), /at most 16 terms/],
  ];
  for (const [q, detail] of refusedQueries) {
    void test(`refuses the search ${q}`, async () => {
      const response = await stage.edge.fetch(`/v1/search?q=${encodeURIComponent(q)}`);
      await assertProblem(response, 400, "invalid_request", detail);
    });
  }

  void test("refuses pages that are none", async () => {
    for (const query of ["limit=0", "limit=201", "limit=x", "cursor=%C3%BC", "status=done"]) {
      const response = await stage.edge.fetch(`/v1/tasks?${query}`);
      await assertProblem(response, 400, "invalid_request");
    }
  });

  const refusedEntries: readonly [entry: object, detail: RegExp][] = [
    [{ version: 0 }, /version must be a whole number, 1 or more/],
    [{ text: "x".repeat(10_001) }, /text must be text of at most 10000 characters/],
    [{ labels: ["x".repeat(129)] }, /labels\[0\] must be a name/],
    [{ colors: Array.from({ length: 201 }, () => "red") }, /colors must be a list of at most 200/],
    [{ day: "today" }, /day must be a day/],
    [{ place: { latitude: 91, longitude: 0 } }, /place.latitude must be degrees/],
  ];
  for (const [entry, detail] of refusedEntries) {
    void test(`refuses an entry: ${detail.source}`, async () => {
      const response = await putEntry(stage, "AAAAAAAAAAAAAAAAAAAAAA", entry);
      await assertProblem(response, 400, "invalid_request", detail);
    });
  }

  void test("takes entries from tag-indexer alone", async () => {
    for (const email of [SYNC, NOTIFICATION]) {
      const response = await putEntry(stage, "AAAAAAAAAAAAAAAAAAAAAA", {}, "local", email);
      await assertProblem(response, 403, "forbidden");
    }
  });
});

void describe("notification", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start()));
  after(() => stage.stop());

  void test("reports progress, and never an end", async () => {
    const taskId = await stage.submitAndPublish();
    const token = await stage.syncToken({ email: NOTIFICATION });
    const progress = await stage.put(taskId, statusBody({ stage: "download" }), token);
    assert.equal(progress.status, 204);
    assert.equal((await stage.view(taskId))["stage"], "download");
    for (const status of ["completed", "failed"]) {
      const response = await stage.put(taskId, statusBody({ status }), token);
      await assertProblem(response, 403, "forbidden", /may report progress alone/);
    }
    assert.equal((await stage.view(taskId)).status, "processing_in_gcp");
  });
});
