import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { listTasks, putEntry, search } from "./support/account.js";
import { eventually } from "./support/eventually.js";
import { Receiver } from "./support/receiver.js";
import { assertProblem, IMAGE, OPERATOR, Stage, SYNC } from "./support/stage.js";
import { createUpload } from "./support/uploads.js";
import { variant } from "./support/variant.js";

const OPERATION = "forget_AAAAAAAAAAAAAAAA";
const PNG = { contentType: "image/png", size: 5 };
const PATH = "/internal/v1/accounts/local/deletion";

interface Deletion {
  readonly operationId: string;
  readonly status: string;
  readonly tasks: number;
  readonly remains: readonly { store: string; what: string; days: number }[];
}

const headers = async (stage: Stage, email = OPERATOR): Promise<{ authorization: string }> => ({
  authorization: `Bearer ${await stage.syncToken({ email })}`,
});
const begin = async (stage: Stage, operationId: string): Promise<Response> =>
  stage.edge.post(PATH, { operationId }, await headers(stage));
const current = async (stage: Stage): Promise<Deletion> => {
  const response = await stage.edge.fetch(PATH, { headers: await headers(stage) });
  assert.equal(response.status, 200);
  return (await response.json()) as Deletion;
};
const finished = (stage: Stage): Promise<Deletion> =>
  eventually("the deletion is finished", async () => {
    const deletion = await current(stage);
    return deletion.status === "deleted" && deletion;
  });

/** An account with something in each of its parts; some of its tasks are running. */
async function fill(stage: Stage, receiver: Receiver): Promise<string[]> {
  const { uploadId } = await createUpload(stage, { ...PNG, fileName: "regatta.png" });
  const own = { ...IMAGE, fileName: "jetty.jpg", webhookUrl: receiver.url("/own") };
  const taskIds = [
    await stage.submitAndPublish({ uploadId }),
    await stage.submitAndPublish(own),
    ...(await Promise.all(
      [1, 2, 3, 4].map(() => stage.submit({ ...IMAGE, fileName: "buoy.jpg" })),
    )),
  ];
  const [ended = ""] = taskIds;
  await stage.putStatus(ended, { status: "completed", result: { durationMs: 7 } });
  const entry = { version: 1, status: "completed", createdAt: Date.now(), text: "NO DIVING" };
  assert.equal((await putEntry(stage, ended, entry)).status, 204);
  const webhook = { url: receiver.url("/all") };
  assert.equal((await stage.edge.post("/v1/webhooks", webhook)).status, 201);
  assert.equal((await stage.edge.post("/v1/keys", { name: "camera" })).status, 201);
  const mail = { mail: { types: ["webhook.disabled"], address: "ada@example.com" } };
  const chosen = await stage.edge.fetch("/v1/account", {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(mail),
  });
  assert.equal(chosen.status, 200);
  return taskIds;
}

async function assertEmpty(stage: Stage, taskIds: readonly string[]): Promise<void> {
  assert.deepEqual((await listTasks(stage)).items, []);
  for (const word of ["regatta", "buoy", "diving"]) {
    assert.deepEqual(await search(stage, word), []);
  }
  const items = async (path: string): Promise<unknown> =>
    ((await (await stage.edge.fetch(path)).json()) as { items: unknown }).items;
  assert.deepEqual(await items("/v1/webhooks"), []);
  assert.deepEqual(await items("/v1/keys"), []);
  const account = (await (await stage.edge.fetch("/v1/account")).json()) as object;
  assert.deepEqual(
    { ...account, cursor: 0 },
    {
      owner: "local",
      tasks: {},
      cursor: 0,
      mail: { types: [] },
      budgets: [],
    },
  );
  for (const taskId of taskIds) {
    const response = await stage.edge.fetch(`/v1/tasks/${taskId}`);
    await assertProblem(response, 404, "not_found");
    await stage.publishedOn("task-commands", taskId);
  }
}

void describe("The deletion of an account", () => {
  let receiver: Receiver;
  before(async () => (receiver = await Receiver.start()));
  after(() => receiver.stop());

  const staged = async (use: (stage: Stage) => Promise<void>): Promise<void> => {
    const stage = await Stage.start({ IN_TIME_SCALE: "50", IN_FETCH_ALLOW: receiver.host });
    try {
      await use(stage);
    } finally {
      await stage.stop();
    }
  };

  void test("leaves nothing of it at the edge, is announced once, and says what stays", () =>
    staged(async (stage) => {
      const taskIds = await fill(stage, receiver);
      assert.equal((await begin(stage, OPERATION)).status, 202);
      const { tasks, remains } = await finished(stage);
      assert.equal(tasks, taskIds.length);
      assert.ok(remains.every(({ days }) => days > 0));
      assert.ok(remains.some(({ store }) => store === "firestore backups, point-in-time recovery"));
      await assertEmpty(stage, taskIds);
      const [message] = await stage.publishedOn("account-events", OPERATION);
      const { payload } = JSON.parse(message?.data ?? "") as { payload: unknown };
      assert.deepEqual(payload, { operationId: OPERATION, tasks: taskIds.length });
      assert.equal(message?.attributes["owner"], "local");
      // Sent again it is the same deletion, although there is something new by now.
      await stage.submitAndPublish();
      const again = (await (await begin(stage, OPERATION)).json()) as Deletion;
      assert.equal(again.status, "deleted");
      assert.equal((await listTasks(stage)).items.length, 1);
      await begin(stage, "forget_BBBBBBBBBBBBBBBB");
      assert.equal((await finished(stage)).tasks, 1);
      assert.deepEqual((await listTasks(stage)).items, []);
      // What comes late of its tasks finds them deleted.
      const [late = ""] = taskIds;
      const entry = { version: 2, status: "completed", createdAt: Date.now(), text: "NO DIVING" };
      assert.equal((await putEntry(stage, late, entry)).status, 204);
      assert.deepEqual(await search(stage, "diving"), []);
    }));

  void test("goes on after a crash at every step", () =>
    staged(async (stage) => {
      const taskIds = await fill(stage, receiver);
      const stopped = 'throw new Error("stopped");';
      const end = "#finish(now) {";
      // Each version comes as far as its first place, and is killed there.
      const versions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
        "before-any-task": {
          "async #deleteTask(taskId, operationId) {": "await new Promise(() => {});",
        },
        "behind-the-coordinators": { "markDeleted(taskId, now) {": stopped, [end]: stopped },
        "before-the-end": { [end]: stopped },
      };
      for (const [name, places] of Object.entries(versions)) {
        const changes = Object.entries(places).map(([place, then], index) => {
          return [place, `${place} ${index === 0 ? 'console.log("stopped here");' : ""} ${then}`];
        });
        const version = await variant(name, Object.fromEntries(changes) as Record<string, string>);
        await stage.restartAfterKill({}, version);
        await begin(stage, OPERATION);
        await eventually(name, () =>
          stage.edge.logs.some(({ message }) => message === "stopped here"),
        );
      }
      stage.pubSub.otherwise = 503;
      await stage.restartAfterKill();
      assert.equal((await finished(stage)).tasks, taskIds.length);
      await stage.restartAfterKill();
      stage.pubSub.otherwise = "accept";
      await assertEmpty(stage, taskIds);
      const messages = await stage.publishedOn("account-events", OPERATION);
      assert.equal(new Set(messages.map(({ data }) => data)).size, 1);
    }));

  void test("takes nothing new while it is under way", () =>
    staged(async (stage) => {
      const taskIds = await fill(stage, receiver);
      const waiting = await variant("deletion-waits", {
        "async #deleteTask(taskId, operationId) {":
          'async #deleteTask(taskId, operationId) { throw new Error("a fault of the test");',
      });
      await stage.restartAfterKill({}, waiting);
      await begin(stage, OPERATION);
      for (const [path, body] of [
        ["/v1/tasks", IMAGE],
        ["/v1/uploads", PNG],
        ["/v1/keys", { name: "new" }],
        ["/v1/webhooks", { url: receiver.url("/new") }],
      ] as const) {
        await assertProblem(await stage.edge.post(path, body), 409, "account_deleting");
      }
      assert.equal((await current(stage)).status, "deleting");
      const other = (await (await begin(stage, "forget_BBBBBBBBBBBBBBBB")).json()) as Deletion;
      assert.equal(other.operationId, OPERATION);
      await stage.restartAfterKill();
      await finished(stage);
      await assertEmpty(stage, taskIds);
      await stage.submitAndPublish();
    }));

  void test("is for operators alone, and unknown where none was begun", () =>
    staged(async (stage) => {
      const authorization = await headers(stage, SYNC);
      const body = { operationId: OPERATION };
      await assertProblem(await stage.edge.post(PATH, body, authorization), 403, "forbidden");
      await assertProblem(await stage.edge.post(PATH, body), 401, "unauthorized");
      const unknown = await stage.edge.fetch(PATH, { headers: await headers(stage) });
      await assertProblem(unknown, 404, "not_found");
    }));
});
