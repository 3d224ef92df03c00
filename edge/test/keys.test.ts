import { strict as assert } from "node:assert";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { channelFile } from "./support/channels.js";
import { eventually } from "./support/eventually.js";
import { TestIssuer } from "./support/issuer.js";
import { assertProblem, IMAGE, Stage } from "./support/stage.js";

const AUDIENCE = "in-users";

interface Key {
  readonly keyId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly lastUsedAt?: string;
}

type NewKey = Key & { readonly key: string };
type Headers = Readonly<Record<string, string>>;

void describe("API keys", () => {
  let users: TestIssuer;
  let stage: Stage;
  before(async () => {
    users = await TestIssuer.start();
    const channel = { name: "acme", issuer: users.url, audience: AUDIENCE, limits: { apiKeys: 2 } };
    stage = await Stage.start({ AUTH_MODE: "oidc", IN_CHANNELS: channelFile(channel) });
  });
  after(async () => {
    await stage.stop();
    await users.stop();
  });

  const as = async (sub: string): Promise<Headers> =>
    bearer(await users.token({ aud: AUDIENCE, sub }));
  const make = async (maker: Headers, body: object): Promise<NewKey> => {
    const response = await stage.edge.post("/v1/keys", body, maker);
    assert.equal(response.status, 201, await response.clone().text());
    assert.equal(response.headers.get("cache-control"), "no-store");
    return (await response.json()) as NewKey;
  };
  const list = async (headers: Headers): Promise<readonly Key[]> => {
    const response = await stage.edge.fetch("/v1/keys", { headers });
    assert.equal(response.status, 200);
    return ((await response.json()) as { items: Key[] }).items;
  };
  const revoke = (keyId: string, headers: Headers): Promise<Response> =>
    stage.edge.fetch(`/v1/keys/${keyId}`, { method: "DELETE", headers });
  const tasks = (headers: Headers): Promise<Response> => stage.edge.fetch("/v1/tasks", { headers });

  void test("do what their owner may, but make no keys unless they say so", async () => {
    const ada = await as("ada");
    const { key, keyId, ...made } = await make(ada, { name: "nightly" });
    assert.match(key, /^in-key\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/);
    assert.deepEqual(
      { ...made, createdAt: "" },
      {
        name: "nightly",
        scopes: ["tasks:read", "tasks:write", "webhooks", "account"],
        createdAt: "",
      },
    );
    const taskId = await stage.submit(IMAGE, bearer(key));
    assert.equal((await stage.view(taskId, ada))["taskId"], taskId);
    const message = await eventually("the publish", () => stage.pubSub.of(taskId)[0]);
    assert.equal(message.attributes["channel"], "acme");
    const response = await stage.edge.post("/v1/keys", { name: "more" }, bearer(key));
    await assertProblem(response, 403, "insufficient_scope", /the API key has no scope keys/);
    assert.equal((await revoke(keyId, ada)).status, 204);
  });

  void test("are listed without the key, with the hour of their last use", async () => {
    const grace = await as("grace");
    const { key, ...made } = await make(grace, { name: "printer", scopes: ["tasks:read"] });
    assert.deepEqual(await list(grace), [made]);
    const before = Date.now();
    assert.equal((await tasks(bearer(key))).status, 200);
    const [used] = await list(grace);
    const lastUsedAt = used?.lastUsedAt ?? "";
    assert.match(lastUsedAt, /:00:00\.000Z$/);
    const age = before - Date.parse(lastUsedAt);
    assert.ok(age < 3_600_000 && age > -3_600_000, lastUsedAt);
    assert.deepEqual(used, { ...made, lastUsedAt });
    assert.deepEqual(await list(await as("somebody else")), []);
  });

  void test("are nowhere kept: only their hash is", async () => {
    const { key } = await make(await as("alan"), { name: "secret" });
    const secret = key.split(".")[2] ?? "";
    const files = await readdir(stage.edge.disk, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map(async (file) => await readFile(join(file.parentPath, file.name), "latin1")),
    );
    assert.ok(
      texts.some((text) => text.includes("secret")),
      "the key's name is on the disk",
    );
    assert.ok(texts.every((text) => !text.includes(secret)));
    assert.ok(!JSON.stringify(stage.edge.logs).includes(secret));
  });

  void test("rotate without a gap, within the channel's limit", async () => {
    const ada = await as("rotating");
    const old = await make(ada, { name: "old" });
    const fresh = await make(ada, { name: "new" });
    assert.equal((await tasks(bearer(old.key))).status, 200);
    assert.equal((await tasks(bearer(fresh.key))).status, 200);
    const third = await stage.edge.post("/v1/keys", { name: "third" }, ada);
    await assertProblem(third, 422, "too_many_keys", /may be 2 live API keys at most/);
    assert.equal((await revoke(old.keyId, ada)).status, 204);
    await assertProblem(
      await tasks(bearer(old.key)),
      401,
      "unauthorized",
      /unknown or was revoked/,
    );
    assert.equal((await tasks(bearer(fresh.key))).status, 200);
    await assertProblem(await revoke(old.keyId, ada), 404, "not_found");
    await make(ada, { name: "third" });
  });

  void test("stay revoked after a crash", async () => {
    const ada = await as("crashing");
    const kept = await make(ada, { name: "kept" });
    const gone = await make(ada, { name: "gone" });
    assert.equal((await revoke(gone.keyId, ada)).status, 204);
    await stage.restartAfterKill();
    assert.equal((await tasks(bearer(kept.key))).status, 200);
    await assertProblem(await tasks(bearer(gone.key)), 401, "unauthorized");
  });

  void test("expire, and make room then", async () => {
    const ada = await as("expiring");
    await make(ada, { name: "lasting" });
    const expiresAt = new Date(Date.now() + 1_500).toISOString();
    const short = await make(ada, { name: "short", expiresAt });
    assert.equal(short.expiresAt, expiresAt);
    assert.equal((await tasks(bearer(short.key))).status, 200);
    const refused = await eventually("the expiry", async () => {
      const response = await tasks(bearer(short.key));
      return response.status === 401 && response;
    });
    await assertProblem(refused, 401, "unauthorized", /has expired/);
    await make(ada, { name: "next" });
    assert.deepEqual(
      (await list(ada)).map(({ name }) => name),
      ["lasting", "next"],
    );
  });

  void test("make keys that may do no more, and live no longer, than themselves", async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const scopes = ["keys", "tasks:read"];
    const { key } = await make(await as("delegating"), { name: "maker", scopes, expiresAt });
    const maker = bearer(key);
    const wider = await stage.edge.post("/v1/keys", { name: "x", scopes: ["webhooks"] }, maker);
    await assertProblem(wider, 403, "insufficient_scope", /may not do webhooks/);
    const later = new Date(Date.now() + 7_200_000).toISOString();
    const longer = await stage.edge.post("/v1/keys", { name: "x", expiresAt: later }, maker);
    await assertProblem(longer, 422, "expiry_not_allowed", /later than that of the key that asks/);
    const made = await make(maker, { name: "made" });
    assert.deepEqual([made.scopes, made.expiresAt], [["tasks:read"], expiresAt]);
  });

  void test("are asked for as the document says", async () => {
    const ada = await as("asking");
    for (const [body, status, code, detail] of [
      [{}, 400, "invalid_request", /name is missing/],
      [{ name: "" }, 400, "invalid_request", /name must be 1 to 128 characters/],
      [{ name: "x", scopes: [] }, 400, "invalid_request", /scopes must be a list of at least one/],
      [{ name: "x", scopes: ["all"] }, 400, "invalid_request", /scopes\[0\] must be one of/],
      [{ name: "x", expiresAt: "soon" }, 400, "invalid_request", /expiresAt must be a date/],
      [{ name: "x", expiresAt: "2020-01-01T00:00:00Z" }, 422, "expiry_not_allowed", /is over/],
    ] as const) {
      const response = await stage.edge.post("/v1/keys", body, ada);
      await assertProblem(response, status, code, detail);
    }
    assert.deepEqual(await list(ada), []);
  });

  void test("of a channel that is gone, or has lost the right, are refused", async () => {
    const ada = await as("leaving");
    const { key } = await make(ada, { name: "leaving" });
    const acme = { name: "acme", issuer: users.url, audience: AUDIENCE };
    await stage.restartAfterKill({
      IN_CHANNELS: channelFile({ ...acme, rights: ["tasks:read"] }),
    });
    assert.equal((await tasks(bearer(key))).status, 200);
    const submitted = await stage.edge.post("/v1/tasks", IMAGE, bearer(key));
    await assertProblem(submitted, 403, "insufficient_scope", /channel acme have no right/);
    await stage.restartAfterKill({ IN_CHANNELS: channelFile({ ...acme, name: "globex" }) });
    await assertProblem(await tasks(bearer(key)), 401, "unauthorized", /channel is not accepted/);
    await stage.restartAfterKill();
    assert.equal((await tasks(bearer(key))).status, 200);
  });

  void test("that nobody made are refused", async () => {
    const secret = "A".repeat(43);
    for (const key of [
      "in-key.",
      "in-key.nobody",
      `in-key.nobody.${secret}`,
      `in-key..${secret}`,
    ]) {
      await assertProblem(await tasks(bearer(key)), 401, "unauthorized", /unknown or was revoked/);
    }
  });
});

void describe("With AUTH_MODE=none API keys", () => {
  void test("count as what they are, though none is needed", async () => {
    const stage = await Stage.start();
    try {
      const made = await stage.edge.post("/v1/keys", { name: "local", scopes: ["tasks:read"] });
      assert.equal(made.status, 201);
      const { key, keyId } = (await made.json()) as NewKey;
      const read = await stage.edge.fetch("/v1/tasks", { headers: bearer(key) });
      assert.equal(read.status, 200);
      const submitted = await stage.edge.post("/v1/tasks", IMAGE, bearer(key));
      await assertProblem(submitted, 403, "insufficient_scope");
      assert.equal((await stage.edge.fetch(`/v1/keys/${keyId}`, { method: "DELETE" })).status, 204);
      const revoked = await stage.edge.fetch("/v1/tasks", { headers: bearer(key) });
      await assertProblem(revoked, 401, "unauthorized");
    } finally {
      await stage.stop();
    }
  });
});

function bearer(token: string): Headers {
  return { authorization: `Bearer ${token}` };
}
