import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { createServer } from "node:net";
import { isDeepStrictEqual } from "node:util";
import { eventually } from "./support/eventually.js";
import { cloudEventOf, Receiver, verify } from "./support/receiver.js";
import { assertProblem, AUDIENCE, IMAGE, Stage } from "./support/stage.js";
import { WebhookClient } from "./support/webhook-client.js";

void describe("A webhook", () => {
  let receiver: Receiver;
  let stage: Stage;
  let client: WebhookClient;
  before(async () => {
    receiver = await Receiver.start();
    stage = await Stage.start({ IN_FETCH_ALLOW: receiver.host });
    client = new WebhookClient(stage);
  });
  after(async () => {
    await stage.stop();
    await receiver.stop();
  });

  void test("carries an event that the public libraries verify and parse", async () => {
    const { webhookId, secret } = await client.create(receiver.url("/verified"), [
      "task.completed",
    ]);
    const taskId = await stage.submitAndPublish();
    assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
    const [received] = await client.receivedAt(receiver, "/verified", 1);
    assert.ok(received !== undefined);
    assert.equal(received.method, "POST");
    const payload = verify(received, secret) as Record<string, unknown>;
    const event = cloudEventOf(received);
    assert.equal(event.id, received.headers["webhook-id"]);
    assert.equal(event.type, "task.completed");
    assert.equal(event.source, AUDIENCE);
    assert.equal(event.subject, taskId);
    assert.equal(event["timestamp"], event.time);
    assert.equal(event["sequencetype"], "Integer");
    assert.deepEqual(payload["data"], event.data);
    const { status, priority } = event.data ?? {};
    assert.deepEqual({ status, priority }, { status: "completed", priority: "normal" });
    const [delivery, ...more] = await client.deliveriesWhen(webhookId, ([one]) => {
      return one?.status === "delivered";
    });
    assert.deepEqual(more, []);
    assert.equal(delivery?.deliveryId, event.id);
    assert.equal(delivery.taskId, taskId);
    assert.deepEqual(
      delivery.attempts.map(({ status: code }) => code),
      [204],
    );
    await client.remove(webhookId);
  });

  void test("is not verified with another secret, or with another body", async () => {
    const { webhookId, secret } = await client.create(receiver.url("/other"));
    const other = await client.create(receiver.url("/elsewhere"));
    await client.test(webhookId);
    const [received] = await client.receivedAt(receiver, "/other", 1);
    assert.ok(received !== undefined);
    assert.throws(() => verify(received, other.secret), /No matching signature/);
    const changed = { ...received, body: received.body.replace("webhook.test", "webhook.best") };
    assert.throws(() => verify(changed, secret), /No matching signature/);
    verify(received, secret);
    await client.remove(webhookId);
    await client.remove(other.webhookId);
  });

  void test("receives only what it asked for, in the order of the feed", async () => {
    const all = await client.create(receiver.url("/all"));
    const some = await client.create(receiver.url("/some"), ["task.failed"]);
    const one = await stage.submitAndPublish();
    assert.equal(await stage.putStatus(one, { status: "completed" }), 204);
    const two = await stage.submitAndPublish();
    const error = { code: "timed_out", message: "m".repeat(30_000) };
    assert.equal(await stage.putStatus(two, { status: "failed", error }), 204);
    const [failed] = await client.receivedAt(receiver, "/some", 1);
    assert.ok(failed !== undefined);
    const event = cloudEventOf(failed);
    assert.equal(event.subject, two);
    assert.ok(failed.body.length < 20_000, `${failed.body.length} bytes`);
    const ends = await client.deliveriesWhen(all.webhookId, (deliveries) =>
      deliveries.some(({ type }) => type === "task.failed"),
    );
    const ofEnds = ends.filter(({ type }) => /completed|failed/.test(type));
    assert.deepEqual(
      ofEnds.map(({ type, taskId }) => [type, taskId]),
      [
        ["task.failed", two],
        ["task.completed", one],
      ],
    );
    // The same event is the same message at every endpoint.
    assert.equal(ofEnds[0]?.deliveryId, event.id);
    assert.deepEqual(
      (await client.deliveries(some.webhookId)).map(({ type }) => type),
      ["task.failed"],
    );
    await client.remove(all.webhookId);
    await client.remove(some.webhookId);
  });

  void test("keeps nothing of a task that is deleted, whatever it asked for", async () => {
    const all = await client.create(receiver.url("/kept"));
    const some = await client.create(receiver.url("/kept-some"), ["task.completed"]);
    const off = await client.create(receiver.url("/kept-off"));
    const [deleted, kept] = [await stage.submitAndPublish(), await stage.submitAndPublish()];
    for (const taskId of [deleted, kept]) {
      assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
    }
    const idsOf = async ({ webhookId }: { readonly webhookId: string }): Promise<unknown[]> =>
      (await client.deliveries(webhookId))
        .filter(({ type }) => type === "task.completed" || type === "task.deleted")
        .map(({ type, taskId }) => [type, taskId]);
    const both = [
      ["task.completed", kept],
      ["task.completed", deleted],
    ];
    const becomes = (webhook: { readonly webhookId: string }, ids: unknown[]): Promise<true> =>
      eventually("these deliveries", async () => isDeepStrictEqual(await idsOf(webhook), ids));
    for (const webhook of [all, some, off]) {
      await becomes(webhook, both);
    }
    await client.change(off.webhookId, { enabled: false });
    const path = `/v1/tasks/${deleted}`;
    assert.equal((await stage.edge.fetch(path, { method: "DELETE" })).status, 204);
    const [first] = both;
    await becomes(all, [["task.deleted", deleted], first]);
    await becomes(some, [first]);
    await becomes(off, [first]);
    for (const { webhookId } of [all, some, off]) {
      await client.remove(webhookId);
    }
  });

  void test("can be read, changed and deleted by its owner", async () => {
    const body = { url: receiver.url("/mine"), types: ["*"], description: "mine" };
    const response = await stage.edge.post("/v1/webhooks", body);
    const { secret, ...created } = (await response.json()) as Record<string, unknown>;
    assert.match(String(secret), /^whsec_[A-Za-z0-9+/]{43}=$/);
    assert.equal(response.headers.get("location"), `/v1/webhooks/${String(created["webhookId"])}`);
    const id = String(created["webhookId"]);
    assert.deepEqual(await client.read(id), created);
    const list = await stage.edge.fetch("/v1/webhooks");
    assert.deepEqual(await list.json(), { items: [created] });
    const changed = await client.change(id, { types: ["task.failed"], description: "yours" });
    const { updatedAt } = changed;
    const expected = { ...created, types: ["task.failed"], description: "yours", updatedAt };
    assert.deepEqual(changed, expected);
    await client.remove(id);
    for (const path of [id, `${id}/deliveries`]) {
      await assertProblem(await stage.edge.fetch(`/v1/webhooks/${path}`), 404, "not_found");
    }
    for (const path of ["test", "secret", `deliveries/${id}/resend`]) {
      const post = await stage.edge.fetch(`/v1/webhooks/${id}/${path}`, { method: "POST" });
      await assertProblem(post, 404, "not_found");
    }
    const { items } = (await (await stage.edge.fetch("/v1/webhooks")).json()) as {
      items: object[];
    };
    assert.deepEqual(items, []);
  });

  void test("is one of twenty at most", async () => {
    const created: string[] = [];
    for (let i = 0; i < 20; i++) {
      created.push((await client.create(receiver.url(`/${i}`))).webhookId);
    }
    const more = await stage.edge.post("/v1/webhooks", { url: receiver.url("/more") });
    await assertProblem(more, 422, "too_many_webhooks", /20/);
    await Promise.all(created.map((webhookId) => client.remove(webhookId)));
    await client.remove((await client.create(receiver.url("/more"))).webhookId);
  });

  void test("is signed with both secrets after a rotation", async () => {
    const { webhookId, secret } = await client.create(receiver.url("/rotated"));
    const rotated = await client.rotate(webhookId);
    assert.notEqual(rotated, secret);
    await client.test(webhookId);
    const [received] = await client.receivedAt(receiver, "/rotated", 1);
    assert.ok(received !== undefined);
    verify(received, secret);
    verify(received, rotated);
    await client.remove(webhookId);
  });

  void test("that redirects has failed, and nobody follows", async () => {
    receiver.answers("/moved", [307, { location: receiver.url("/target") }]);
    const { webhookId } = await client.create(receiver.url("/moved"));
    const id = await client.test(webhookId);
    const [delivery] = await client.deliveriesWhen(webhookId, ([one]) => one?.status === "failed");
    assert.equal(delivery?.deliveryId, id);
    assert.deepEqual(
      delivery.attempts.map(({ status }) => status),
      [307],
    );
    assert.equal(receiver.at("/target").length, 0);
    await client.remove(webhookId);
  });

  void test("is sent again when its owner wants it, under the same id", async () => {
    const { webhookId, secret } = await client.create(receiver.url("/again"));
    const id = await client.test(webhookId);
    await client.receivedAt(receiver, "/again", 1);
    await client.deliveriesWhen(webhookId, ([one]) => one?.status === "delivered");
    assert.equal((await client.resend(webhookId, id)).status, 202);
    const received = await client.receivedAt(receiver, "/again", 2);
    assert.deepEqual(
      received.map(({ headers }) => headers["webhook-id"]),
      [id, id],
    );
    received.forEach((one) => verify(one, secret));
    const unknown = await client.resend(webhookId, "AAAAAAAAAAAAAAAAAAAAAA");
    await assertProblem(unknown, 404, "not_found", /delivery/);
    await client.remove(webhookId);
  });

  void test("that nobody listens at is unreachable", async () => {
    const port = await closedPort();
    const own = await Stage.start({ IN_FETCH_ALLOW: `127.0.0.1:${port}` });
    try {
      const owner = new WebhookClient(own);
      const { webhookId } = await owner.create(`http://127.0.0.1:${port}/`);
      await owner.test(webhookId);
      const [delivery] = await owner.deliveriesWhen(webhookId, ([one]) => one?.status === "failed");
      const [attempt] = delivery?.attempts ?? [];
      assert.equal(attempt?.error, "unreachable");
      assert.equal(attempt.status, undefined);
    } finally {
      await own.stop();
    }
  });

  void test("is refused where its URL is not allowed", async () => {
    const refused = async (url: string, detail: RegExp): Promise<void> => {
      const created = await stage.edge.post("/v1/webhooks", { url });
      await assertProblem(created, 422, "url_not_allowed", detail);
      const submitted = await stage.edge.post("/v1/tasks", { ...IMAGE, webhookUrl: url });
      await assertProblem(submitted, 422, "url_not_allowed", /^webhookUrl must/);
    };
    await refused("http://hooks.example/", /^url must be https$/);
    await refused("https://127.0.0.1/", /public host name/);
    await refused("https://[::1]/", /public host name/);
    await refused("https://localhost/", /public host name/);
    await refused("https://me:secret@hooks.example/", /user name/);
    await refused("https://hooks.example:22/", /port 443 or 8443/);
    const { webhookId } = await client.create("https://hooks.example/");
    const change = await stage.edge.fetch(`/v1/webhooks/${webhookId}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ url: "https://10.0.0.1/" }),
    });
    await assertProblem(change, 422, "url_not_allowed");
    await client.remove(webhookId);
  });

  void test("is refused where the request does not conform", async () => {
    const url = "https://hooks.example/";
    const bodies: readonly (readonly [object, RegExp])[] = [
      [{}, /^url is missing/],
      [{ url: "hooks.example" }, /^url must be an absolute https URL/],
      [{ url, types: [] }, /^types must be a list/],
      [{ url, types: ["task.finished"] }, /^types\[0\] must be one of/],
      [{ url, description: "d".repeat(257) }, /^description must be/],
      [{ url, secret: "mine" }, /no field secret/],
    ];
    for (const [body, detail] of bodies) {
      const response = await stage.edge.post("/v1/webhooks", body);
      await assertProblem(response, 400, "invalid_request", detail);
    }
  });
});

void describe("A task's own webhook", () => {
  void test("receives its end, signed with the account's default secret", async () => {
    const receiver = await Receiver.start();
    const stage = await Stage.start({ IN_FETCH_ALLOW: receiver.host });
    try {
      const secretOf = async (method: string): Promise<string> => {
        const response = await stage.edge.fetch("/v1/account/webhook-secret", { method });
        assert.equal(response.status, 200);
        return ((await response.json()) as { secret: string }).secret;
      };
      const secret = await secretOf("GET");
      assert.equal(await secretOf("GET"), secret);
      const client = new WebhookClient(stage);
      const taskId = await stage.submitAndPublish({ ...IMAGE, webhookUrl: receiver.url("/task") });
      await stage.submitAndPublish();
      const rotated = await secretOf("POST");
      assert.notEqual(rotated, secret);
      assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
      const [received, ...more] = await client.receivedAt(receiver, "/task", 1);
      assert.ok(received !== undefined);
      assert.deepEqual(more, []);
      verify(received, secret);
      verify(received, rotated);
      const event = cloudEventOf(received);
      assert.equal(event.type, "task.completed");
      assert.equal(event.subject, taskId);
    } finally {
      await stage.stop();
      await receiver.stop();
    }
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
