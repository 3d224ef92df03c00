import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { type LibraryPage, listTasks, search } from "./support/account.js";
import { usersOf } from "./support/channels.js";
import { TestIssuer } from "./support/issuer.js";
import { assertProblem, Stage } from "./support/stage.js";
import { createUpload } from "./support/uploads.js";
import { variant } from "./support/variant.js";

const PNG = { contentType: "image/png", size: 5 };
const USERS = "in-users";

void describe("A task of an upload", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start()));
  after(() => stage.stop());

  const listedName = async (taskId: string): Promise<unknown> => {
    const { items } = await listTasks(stage);
    return items.find((item) => item.taskId === taskId)?.["fileName"];
  };

  void test("is listed and found by the name that its upload was declared with", async () => {
    const { uploadId } = await createUpload(stage, { ...PNG, fileName: "Lighthouse 7.png" });
    const taskId = await stage.submit({ uploadId });
    assert.equal(await listedName(taskId), "Lighthouse 7.png");
    assert.deepEqual(await search(stage, "lighth"), [taskId]);
  });

  void test("keeps a name of its own", async () => {
    const { uploadId } = await createUpload(stage, { ...PNG, fileName: "breakwater.png" });
    const taskId = await stage.submit({ uploadId, fileName: "jetty.png" });
    assert.equal(await listedName(taskId), "jetty.png");
    assert.deepEqual(await search(stage, "breakwater"), []);
  });

  void test("has no name where neither it nor its upload has one, or there is no such upload", async () => {
    const { uploadId } = await createUpload(stage, PNG);
    assert.equal(await listedName(await stage.submit({ uploadId })), undefined);
    const unknown = { uploadId: "q83vEjRWeJCrze8SNFZ4kA" };
    assert.equal(await listedName(await stage.submit(unknown)), undefined);
  });

  void test("is refused for now where its upload's name cannot be read", async () => {
    const { uploadId } = await createUpload(stage, { ...PNG, fileName: "buoy.png" });
    const broken = await variant("unreadable-uploads", {
      "  upload(uploadId) {": '  upload(uploadId) { throw new Error("a fault of the test");',
    });
    await stage.restartAfterKill({}, broken);
    await assertProblem(await stage.edge.post("/v1/tasks", { uploadId }), 503, "unavailable");
    const named = await stage.submit({ uploadId, fileName: "own.png" });
    assert.equal(await listedName(named), "own.png");
    await stage.restartAfterKill();
    assert.equal(await listedName(await stage.submit({ uploadId })), "buoy.png");
  });
});

void test("Another owner's upload names nobody's task", async () => {
  const users = await TestIssuer.start();
  const stage = await Stage.start(usersOf(users.url, USERS));
  try {
    const [ada, mallory] = await Promise.all(
      ["ada", "mallory"].map(async (sub) => {
        return { authorization: `Bearer ${await users.token({ aud: USERS, sub })}` };
      }),
    );
    const { uploadId } = await createUpload(stage, { ...PNG, fileName: "secret.png" }, ada);
    const taskId = await stage.submit({ uploadId }, mallory);
    const response = await stage.edge.fetch("/v1/tasks", { headers: mallory ?? {} });
    const { items } = (await response.json()) as LibraryPage;
    assert.deepEqual(
      items.map((item) => [item.taskId, item["fileName"]]),
      [[taskId, undefined]],
    );
  } finally {
    await stage.stop();
    await users.stop();
  }
});
