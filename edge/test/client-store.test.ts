import { strict as assert } from "node:assert";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { InClient, ProblemError } from "../client/src/index.js";
import { type StoredTask, type TaskSnapshot, TaskStore } from "../client/src/store.js";
import { eventually } from "./support/eventually.js";
import { IMAGE, Stage } from "./support/stage.js";

void describe("A store of tasks", () => {
  let stage: Stage;
  let client: InClient;
  let leaving: AbortController;
  before(async () => {
    stage = await Stage.start();
    client = new InClient({ baseUrl: stage.edge.url });
  });
  after(() => stage.stop());
  beforeEach(() => (leaving = new AbortController()));
  afterEach(() => leaving.abort());

  const follow = (store: TaskStore): void => {
    store.follow({ signal: leaving.signal }).catch((error: unknown) => {
      assert.ok(leaving.signal.aborted, String(error));
    });
  };
  const statusIn = (store: TaskStore, taskId: string): string | undefined =>
    store.getSnapshot().tasks.find((task) => task.taskId === taskId)?.status;
  const statusBecomes = (store: TaskStore, taskId: string, status: string): Promise<true> =>
    eventually(`${status} in the store`, () => statusIn(store, taskId) === status);

  void test("shows what is submitted at once, and what becomes of it", async () => {
    const store = new TaskStore(client);
    follow(store);
    await eventually("the list", () => store.getSnapshot().cursor !== undefined);
    const seen: (readonly StoredTask[])[] = [];
    const unsubscribe = store.subscribe(() => seen.push(store.getSnapshot().tasks));
    const submitting = store.submit(IMAGE.imageUrl, { fileName: "harbour.jpg" });
    const [first] = store.getSnapshot().tasks;
    assert.deepEqual([first?.isSubmitting, first?.fileName], [true, "harbour.jpg"]);
    const taskId = await submitting;
    await statusBecomes(store, taskId, "processing_in_gcp");
    assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
    await statusBecomes(store, taskId, "completed");
    const same = store.getSnapshot();
    assert.equal(store.getSnapshot(), same);
    assert.equal(same.tasks.filter((task) => task.taskId === taskId).length, 1);
    unsubscribe();
    assert.ok(seen.length >= 3, `${seen.length} changes`);
  });

  void test("takes back what the edge refuses", async () => {
    const store = new TaskStore(client);
    const submitting = store.submit("ftp://images.example/a.jpg");
    assert.equal(store.getSnapshot().tasks.length, 1);
    await assert.rejects(submitting, { code: "invalid_request" });
    assert.deepEqual(store.getSnapshot().tasks, []);
  });

  void test("hides what is deleted at once, and shows it again when that is refused", async () => {
    const taskId = await stage.submitAndPublish();
    let refusing = true;
    const refusal = new ProblemError("insufficient_scope", "no", 403);
    const tasks = Object.assign(Object.create(client.tasks) as typeof client.tasks, {
      delete: (id: string) => (refusing ? Promise.reject(refusal) : client.tasks.delete(id)),
    });
    const { account } = client;
    const [feed, submit] = [client.feed.bind(client), client.submit.bind(client)];
    const store = new TaskStore({ account, feed, submit, tasks });
    follow(store);
    await statusBecomes(store, taskId, "processing_in_gcp");
    const deleting = store.delete(taskId);
    assert.equal(statusIn(store, taskId), undefined);
    await assert.rejects(deleting, { code: "insufficient_scope" });
    assert.equal(statusIn(store, taskId), "processing_in_gcp");
    refusing = false;
    await store.delete(taskId);
    await store.delete(taskId);
    assert.equal(statusIn(store, taskId), undefined);
  });

  void test("goes on from a snapshot, with what happened meanwhile", async () => {
    const taskId = await stage.submitAndPublish();
    const first = new TaskStore(client);
    const earlier = new AbortController();
    const following = first.follow({ signal: earlier.signal });
    await statusBecomes(first, taskId, "processing_in_gcp");
    earlier.abort(new Error("left"));
    await assert.rejects(following, /left/);
    const kept = JSON.stringify(first.getSnapshot());
    assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
    const store = new TaskStore(client, { snapshot: JSON.parse(kept) as TaskSnapshot });
    assert.equal(statusIn(store, taskId), "processing_in_gcp");
    follow(store);
    await statusBecomes(store, taskId, "completed");
  });
});
