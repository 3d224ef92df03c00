import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { usersOf } from "./support/channels.js";
import { eventually } from "./support/eventually.js";
import { TestIssuer } from "./support/issuer.js";
import { assertProblem, IMAGE, Stage, statusBody } from "./support/stage.js";

const AUDIENCE = "in-users";

void describe("With AUTH_MODE=oidc", () => {
  let users: TestIssuer;
  let stage: Stage;
  before(async () => {
    users = await TestIssuer.start();
    stage = await Stage.start({
      ...usersOf(users.url, AUDIENCE),
    });
  });
  after(async () => {
    await stage.stop();
    await users.stop();
  });

  const as = async (sub: string): Promise<{ authorization: string }> => ({
    authorization: `Bearer ${await users.token({ aud: AUDIENCE, sub })}`,
  });

  void test("every route of /v1 requires a token", async () => {
    const task = "/v1/tasks/AAAAAAAAAAAAAAAAAAAAAA";
    for (const path of [task, `${task}/events`, `${task}/ws`, `${task}/image`]) {
      await assertProblem(await stage.edge.fetch(path), 401, "unauthorized");
    }
    for (const path of ["/v1/tasks", "/v1/uploads"]) {
      await assertProblem(await stage.edge.post(path, IMAGE), 401, "unauthorized");
    }
    assert.equal(stage.pubSub.requests.length, 0);
  });

  void test("the page and the health check do not", async () => {
    assert.equal((await stage.edge.fetch("/")).status, 200);
    assert.equal((await stage.edge.fetch("/healthz")).status, 200);
  });

  void test("broken tokens are refused", async () => {
    const past = Math.floor(Date.now() / 1000) - 10;
    const claims = [
      { aud: "another", sub: "ada" },
      { aud: AUDIENCE, sub: "ada", iss: "https://issuer.example" },
      { aud: AUDIENCE, sub: "ada", exp: past },
      { aud: AUDIENCE },
      { aud: AUDIENCE, sub: "" },
    ];
    for (const claim of claims) {
      const authorization = `Bearer ${await users.token(claim)}`;
      const response = await stage.edge.post("/v1/tasks", IMAGE, { authorization });
      await assertProblem(response, 401, "unauthorized");
    }
    const authorization = `Bearer ${await stage.syncToken({ aud: AUDIENCE, sub: "ada" })}`;
    const response = await stage.edge.post("/v1/tasks", IMAGE, { authorization });
    await assertProblem(response, 401, "unauthorized");
  });

  void test("a task is visible to its owner only: for others it does not exist", async () => {
    const ada = await as("ada");
    const taskId = await stage.submit(IMAGE, ada);
    assert.equal((await stage.view(taskId, ada))["taskId"], taskId);
    const headers = await as("bob");
    const strangers = await stage.edge.fetch(`/v1/tasks/${taskId}`, { headers });
    const nowhere = await stage.edge.fetch("/v1/tasks/AAAAAAAAAAAAAAAAAAAAAA", { headers });
    assert.equal(await strangers.clone().text(), await nowhere.text());
    await assertProblem(strangers, 404, "not_found");
    for (const rest of ["/events", "/image"]) {
      const response = await stage.edge.fetch(`/v1/tasks/${taskId}${rest}`, { headers });
      await assertProblem(response, 404, "not_found");
    }
  });

  void test("the owner is stable, opaque, and another for another subject", async () => {
    const ownerOf = async (sub: string): Promise<string | undefined> => {
      const headers = await as(sub);
      const taskId = await stage.submit(IMAGE, headers);
      const message = await eventually("the publish", () => stage.pubSub.of(taskId)[0]);
      return message.attributes["owner"];
    };
    const owner = await ownerOf("grace@navy.example");
    assert.match(owner ?? "", /^[A-Za-z0-9_-]{22}$/);
    assert.equal(await ownerOf("grace@navy.example"), owner);
    assert.notEqual(await ownerOf("grace@navy.exampl"), owner);
  });

  void test("an Idempotency-Key belongs to its owner", async () => {
    const key = { "Idempotency-Key": "first" };
    const ada = await stage.submit(IMAGE, { ...(await as("ada")), ...key });
    const bob = await stage.submit(IMAGE, { ...(await as("bob")), ...key });
    assert.notEqual(ada, bob);
  });

  void test("a user's token is refused at /internal", async () => {
    const taskId = await stage.submit(IMAGE, await as("ada"));
    const { authorization } = await as("ada");
    const response = await stage.put(taskId, statusBody({}), authorization.slice(7));
    await assertProblem(response, 401, "unauthorized");
  });

  void test("sync's token is accepted at /internal, as with AUTH_MODE=none", async () => {
    const ada = await as("ada");
    const taskId = await stage.submit(IMAGE, ada);
    assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
    assert.equal((await stage.view(taskId, ada)).status, "completed");
  });
});
