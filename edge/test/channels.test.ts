import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import type { JWTPayload } from "jose";
import { parseChannelFile } from "../src/channels/channel-file.js";
import { channelFile } from "./support/channels.js";
import { eventually } from "./support/eventually.js";
import { TestIssuer } from "./support/issuer.js";
import { type Published } from "./support/pubsub.js";
import { assertProblem, IMAGE, Stage } from "./support/stage.js";

const ACME = { name: "acme", issuer: "https://login.acme.example", audience: "in-acme" };

void describe("A file of channels", () => {
  void test("has defaults for all but name, issuer and audience", () => {
    assert.deepEqual(parseChannelFile(channelFile(ACME)), [
      {
        ...ACME,
        claims: { subject: "sub", email: "email", emailVerified: "email_verified" },
        rights: ["tasks:read", "tasks:write", "webhooks", "account", "keys"],
        limits: { apiKeys: 20, tasksInFlight: 1_000 },
        defaultPriority: "normal",
      },
    ]);
  });

  void test("may limit what each user may use", () => {
    const limits = { submissionsPerMinute: 60, submissionsPerDay: 1_000, unitsPerDay: 2_000 };
    const [channel] = parseChannelFile(channelFile({ ...ACME, limits }));
    assert.deepEqual(channel?.limits, { apiKeys: 20, tasksInFlight: 1_000, ...limits });
  });

  void test("may limit what all users may use together, and what their analyses may cost", () => {
    const limits = { channel: { submissionsPerDay: 5_000, unitsPerDay: 10_000 } };
    const budget = { unitsPerDay: 4_000 };
    const [channel] = parseChannelFile(channelFile({ ...ACME, limits, budget }));
    assert.deepEqual(channel?.limits, { apiKeys: 20, tasksInFlight: 1_000, ...limits });
    assert.deepEqual(channel.budget, budget);
  });

  void test("may let users sign in, with defaults for all but what the page calls the channel", () => {
    const [channel] = parseChannelFile(channelFile({ ...ACME, signIn: { title: "Acme" } }));
    assert.deepEqual(channel?.signIn, {
      title: "Acme",
      scopes: ["openid", "email"],
      confidential: false,
    });
  });

  void test("may let users sign in on the command line, by a client of its own", () => {
    const signIn = { title: "Acme", cli: { clientId: "in-acme-cli" } };
    const [channel] = parseChannelFile(channelFile({ ...ACME, signIn }));
    assert.deepEqual(channel?.signIn?.cli, {
      clientId: "in-acme-cli",
      scopes: ["openid", "email"],
    });
  });

  void test("names every client once, and gives no secret away", () => {
    const faults = (...channels: object[]): string => messageOf(channelFile(...channels));
    const cli = { clientId: "in-cli" };
    assert.equal(
      faults(
        { ...ACME, signIn: { title: "Acme", cli } },
        { ...ACME, name: "globex", audience: "in-globex", signIn: { title: "Globex", cli } },
        { ...ACME, name: "initech", audience: "in-cli" },
      ),
      "channels[1].signIn.cli.clientId is that of an earlier channel with the same issuer: in-cli; " +
        "channels[2].audience is that of an earlier channel with the same issuer: in-cli",
    );
    assert.equal(
      faults({
        ...ACME,
        signIn: { title: "Acme", confidential: true, cli: { clientId: "in-acme" } },
      }),
      "channels[0].signIn.cli.clientId must not be the client that has a secret",
    );
    assert.equal(
      faults({ ...ACME, signIn: { title: "Acme", cli: { scopes: ["email"], secret: "s" } } }),
      "channels[0].signIn.cli.clientId is missing; " +
        "channels[0].signIn.cli.scopes must be a list of scopes, of which one is openid; " +
        "there is no field channels[0].signIn.cli.secret",
    );
  });

  void test("is what Terraform's example is", async () => {
    const text = await readFile("../terraform/environments/channels.example.json", "utf8");
    assert.deepEqual(
      parseChannelFile(text).map(({ name }) => name),
      ["acme", "globex"],
    );
  });

  void test("names every fault by its place", () => {
    const faults = (...channels: object[]): string => messageOf(channelFile(...channels));
    assert.equal(
      faults({}),
      "channels[0].name is missing; channels[0].issuer is missing; channels[0].audience is missing",
    );
    assert.equal(faults(), "channels must be a list of at least one channel");
    assert.equal(faults({ ...ACME, color: "red" }), "there is no field channels[0].color");
    assert.equal(
      faults({ ...ACME, name: "Acme" }),
      "channels[0].name must be 1 to 32 of a-z, 0-9 and -, beginning with a letter",
    );
    assert.equal(
      faults({ ...ACME, rights: ["tasks:read", "fly"] }),
      "channels[0].rights[1] must be one of tasks:read, tasks:write, webhooks, account, keys",
    );
    assert.equal(
      faults({ ...ACME, limits: { tasksInFlight: 0 } }),
      "channels[0].limits.tasksInFlight must be a whole number, 1 or more",
    );
    assert.equal(
      faults({ ...ACME, limits: { apiKeys: 1 } }),
      "channels[0].limits.apiKeys must be a whole number from 2 to 100",
    );
    assert.equal(
      faults({ ...ACME, limits: { submissionsPerDay: 0, unitsPerDay: "many", wishes: 3 } }),
      "channels[0].limits.submissionsPerDay must be a whole number, 1 or more; " +
        "channels[0].limits.unitsPerDay must be a whole number, 1 or more; " +
        "there is no field channels[0].limits.wishes",
    );
    assert.equal(
      faults({ ...ACME, limits: { channel: { uploadsPerDay: 1, unitsPerDay: 0 } }, budget: {} }),
      "channels[0].limits.channel.unitsPerDay must be a whole number, 1 or more; " +
        "there is no field channels[0].limits.channel.uploadsPerDay; " +
        "channels[0].budget.unitsPerDay is missing",
    );
    assert.equal(
      faults({ ...ACME, defaultPriority: "urgent" }),
      "channels[0].defaultPriority must be one of high, normal, low",
    );
    assert.equal(
      faults({ ...ACME, claims: { subject: "" } }),
      "channels[0].claims.subject must be the name of a claim",
    );
    assert.equal(
      faults({ ...ACME, signIn: { title: "", scopes: ["email"], confidential: "hidden" } }),
      "channels[0].signIn.title must be 1 to 64 characters; " +
        "channels[0].signIn.scopes must be a list of scopes, of which one is openid; " +
        "channels[0].signIn.confidential must be true or false: the secret itself is in CLIENT_SECRETS",
    );
    for (const issuer of [
      "login.acme.example",
      "http://login.acme.example",
      "https://login.acme.example/?tenant=1",
      "https://ada@login.acme.example",
    ]) {
      assert.equal(
        faults({ ...ACME, issuer }),
        "channels[0].issuer must be the issuer's https URL, without query and fragment",
      );
    }
  });

  void test("says who each channel is, once", () => {
    assert.equal(
      messageOf(channelFile(ACME, { ...ACME, audience: "other" })),
      "channels[1].name is an earlier channel's, too: acme",
    );
    assert.equal(
      messageOf(channelFile(ACME, { ...ACME, name: "other" })),
      "channels[1].audience is that of an earlier channel with the same issuer: in-acme",
    );
    assert.equal(
      messageOf(channelFile({ ...ACME, name: "local" })),
      "channels[0].name must not be local: that is the channel of AUTH_MODE=none",
    );
    assert.equal(
      parseChannelFile(channelFile(ACME, { ...ACME, name: "a", audience: "b" })).length,
      2,
    );
  });

  void test("is JSON of a version that is known", () => {
    assert.equal(messageOf("{"), "it is not JSON");
    assert.equal(messageOf("[]"), "must be an object");
    const future = JSON.stringify({ version: 2, channels: [ACME] });
    assert.equal(messageOf(future), "version must be 1, the only one that is known here");
  });
});

void describe("Users of channels", () => {
  let acme: TestIssuer;
  let shared: TestIssuer;
  let stage: Stage;
  before(async () => {
    acme = await TestIssuer.start();
    shared = await TestIssuer.start();
    stage = await Stage.start({
      AUTH_MODE: "oidc",
      IN_CHANNELS: channelFile(
        {
          name: "acme",
          issuer: acme.url,
          audience: "in-acme",
          claims: { subject: "employee", email: "mail", emailVerified: "mail_checked" },
          defaultPriority: "low",
        },
        { name: "one", issuer: shared.url, audience: "in-one" },
        { name: "two", issuer: shared.url, audience: "in-two", rights: ["tasks:read", "keys"] },
        { name: "three", issuer: shared.url, audience: "in-three" },
      ),
    });
  });
  after(async () => {
    await stage.stop();
    await acme.stop();
    await shared.stop();
  });

  const as = async (issuer: TestIssuer, claims: JWTPayload): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await issuer.token(claims)}`,
  });
  const published = async (taskId: string): Promise<Published> =>
    await eventually("the publish", () => stage.pubSub.of(taskId)[0]);
  const ownerOf = async (headers: Record<string, string>): Promise<string> => {
    const response = await stage.edge.fetch("/v1/account", { headers });
    assert.equal(response.status, 200);
    return ((await response.json()) as { owner: string }).owner;
  };

  void test("give their tasks' messages the channel, and its priority where they name none", async () => {
    const ada = await as(acme, { aud: "in-acme", employee: "ada" });
    const quiet = await published(await stage.submit(IMAGE, ada));
    assert.equal(quiet.attributes["channel"], "acme");
    assert.equal(quiet.attributes["priority"], "low");
    const urgent = await published(await stage.submit({ ...IMAGE, priority: "high" }, ada));
    assert.equal(urgent.attributes["priority"], "high");
    const bob = await as(shared, { aud: "in-one", sub: "bob" });
    const other = await published(await stage.submit(IMAGE, bob));
    assert.equal(other.attributes["channel"], "one");
    assert.equal(other.attributes["priority"], "normal");
  });

  void test("cannot choose another by a header", async () => {
    const ada = await as(acme, { aud: "in-acme", employee: "ada" });
    const taskId = await stage.submit(IMAGE, { ...ada, "IN-Channel": "one" });
    assert.equal((await published(taskId)).attributes["channel"], "acme");
  });

  void test("are known by the claims that the channel names", async () => {
    const owner = await ownerOf(await as(acme, { aud: "in-acme", employee: "ada", sub: "1" }));
    const same = await ownerOf(await as(acme, { aud: "in-acme", employee: "ada", sub: "2" }));
    assert.equal(same, owner);
    const nobody = await as(acme, { aud: "in-acme", sub: "ada" });
    await assertProblem(
      await stage.edge.fetch("/v1/account", { headers: nobody }),
      401,
      "unauthorized",
      /names no subject: its claim employee/,
    );
  });

  void test("are other owners in another channel of the same issuer", async () => {
    const one = await as(shared, { aud: "in-one", sub: "ada" });
    const three = await as(shared, { aud: "in-three", sub: "ada" });
    assert.notEqual(await ownerOf(one), await ownerOf(three));
    const taskId = await stage.submit(IMAGE, one);
    const response = await stage.edge.fetch(`/v1/tasks/${taskId}`, { headers: three });
    await assertProblem(response, 404, "not_found");
  });

  void test("with a token for several channels are of the one that azp names", async () => {
    const aud = ["in-one", "in-three"];
    const one = await ownerOf(await as(shared, { aud: "in-one", sub: "eve" }));
    assert.equal(await ownerOf(await as(shared, { aud, azp: "in-one", sub: "eve" })), one);
    const headers = await as(shared, { aud, sub: "eve" });
    await assertProblem(
      await stage.edge.fetch("/v1/account", { headers }),
      401,
      "unauthorized",
      /was not made for a channel of this edge/,
    );
  });

  void test("of an unknown issuer or audience are refused, and the problem says which it is", async () => {
    const stranger = await as(stage.issuer, { aud: "in-acme", employee: "ada" });
    await assertProblem(
      await stage.edge.fetch("/v1/account", { headers: stranger }),
      401,
      "unauthorized",
      /issuer has no channel here/,
    );
    // Another channel's audience is not this issuer's.
    const headers = await as(acme, { aud: "in-one", employee: "ada" });
    await assertProblem(
      await stage.edge.fetch("/v1/account", { headers }),
      401,
      "unauthorized",
      /was not made for a channel of this edge: its audience/,
    );
  });

  void test("may do what their channel has a right to, and nothing else", async () => {
    const ada = await as(shared, { aud: "in-two", sub: "ada" });
    assert.equal((await stage.edge.fetch("/v1/tasks", { headers: ada })).status, 200);
    const response = await stage.edge.post("/v1/tasks", IMAGE, ada);
    assert.equal(
      response.headers.get("www-authenticate"),
      'Bearer error="insufficient_scope", scope="tasks:write"',
    );
    await assertProblem(
      response,
      403,
      "insufficient_scope",
      /users of the channel two have no right tasks:write/,
    );
  });
});

function messageOf(file: string): string {
  try {
    parseChannelFile(file);
  } catch (error) {
    assert.ok(error instanceof Error);
    assert.equal(error.name, "ChannelFileError");
    return error.message;
  }
  throw new Error("the file is accepted");
}
