import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import type { JWTPayload } from "jose";
import { usersOf } from "./support/channels.js";
import { NOTIFICATION, TAG_INDEXER } from "./support/account.js";
import { eventually } from "./support/eventually.js";
import { TestIssuer } from "./support/issuer.js";
import { assertProblem, AUDIENCE, OPERATOR, Stage, SYNC } from "./support/stage.js";

const TYPES = ["webhook.disabled"];
const ADDRESS = "ada@example.com";
const OFF = { types: [] };

type Headers = Readonly<Record<string, string>>;

interface Preferences {
  readonly address?: string;
  readonly confirmed: boolean;
  readonly types: readonly string[];
  readonly unsubscribeUrl: string;
  readonly confirmation?: Confirmation;
}

interface Confirmation {
  readonly requestId: string;
  readonly address: string;
  readonly url: string;
}

const patch = (stage: Stage, body: unknown, headers: Headers = {}): Promise<Response> =>
  stage.edge.fetch("/v1/account", {
    method: "PATCH",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

const account = async (
  stage: Stage,
  headers: Headers = {},
): Promise<{ readonly owner: string; readonly mail: unknown }> => {
  const response = await stage.edge.fetch("/v1/account", { headers });
  assert.equal(response.status, 200);
  return (await response.json()) as { owner: string; mail: unknown };
};

/** Calls a route of an account's mail with that service account's token. */
const internal = async (
  stage: Stage,
  path: string,
  init: RequestInit = {},
  email = NOTIFICATION,
): Promise<Response> => {
  const authorization = `Bearer ${await stage.syncToken({ email })}`;
  const headers = { "content-type": "application/json", authorization };
  return await stage.edge.fetch(`/internal/v1/accounts/${path}`, { ...init, headers });
};

const preferences = async (stage: Stage, owner = "local"): Promise<Preferences> => {
  const response = await internal(stage, `${owner}/mail`);
  assert.equal(response.status, 200);
  return (await response.json()) as Preferences;
};

const bounced = (stage: Stage, address: string, email = NOTIFICATION): Promise<Response> =>
  internal(
    stage,
    "local/mail/bounced",
    { method: "POST", body: JSON.stringify({ address }) },
    email,
  );

/** The path of a link in mail. */
const pathOf = (url: string): string => {
  const { origin, pathname, search } = new URL(url);
  assert.equal(origin, AUDIENCE);
  return pathname + search;
};

/** The path of the link that mail of that account has. */
const link = async (stage: Stage, owner = "local"): Promise<string> =>
  pathOf((await preferences(stage, owner)).unsubscribeUrl);

const oneClick = (): URLSearchParams => new URLSearchParams({ "List-Unsubscribe": "One-Click" });

const unsubscribe = (
  stage: Stage,
  path: string,
  body: URLSearchParams | FormData = oneClick(),
  headers: Headers = {},
): Promise<Response> => stage.edge.fetch(path, { method: "POST", body, headers });

void describe("Mail, with AUTH_MODE=none", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start()));
  after(() => stage.stop());

  const on = async (address = ADDRESS): Promise<void> =>
    assert.equal((await patch(stage, { mail: { types: TYPES, address } })).status, 200);

  void test("is off until its owner wants it", async () => {
    assert.deepEqual((await account(stage)).mail, OFF);
    const { unsubscribeUrl, ...rest } = await preferences(stage);
    assert.deepEqual(rest, { confirmed: false, types: [] });
    assert.match(
      unsubscribeUrl,
      /^https:\/\/edge\.example\/v1\/mail\/unsubscribe\?token=local\.[A-Za-z0-9_-]{22}$/,
    );
  });

  void test("requires an address once", async () => {
    const refused = await patch(stage, { mail: { types: TYPES } });
    await assertProblem(refused, 422, "address_required");
    assert.deepEqual((await account(stage)).mail, OFF);
    await on();
    const again = await patch(stage, { mail: { types: TYPES } });
    const { mail } = (await again.json()) as { mail: unknown };
    assert.deepEqual(mail, { address: ADDRESS, types: TYPES });
  });

  void test("goes where its owner says", async () => {
    await on();
    assert.deepEqual((await account(stage)).mail, { address: ADDRESS, types: TYPES });
    const { unsubscribeUrl, ...rest } = await preferences(stage);
    assert.deepEqual(rest, { address: ADDRESS, confirmed: true, types: TYPES });
    await on("grace@example.com");
    assert.equal((await preferences(stage)).address, "grace@example.com");
    assert.equal((await preferences(stage)).unsubscribeUrl, unsubscribeUrl);
  });

  void test("is switched off by an empty list, which forgets the address", async () => {
    await on();
    assert.equal((await patch(stage, { mail: OFF })).status, 200);
    assert.deepEqual((await account(stage)).mail, OFF);
    const refused = await patch(stage, { mail: { types: TYPES } });
    await assertProblem(refused, 422, "address_required");
  });

  const longest = `a@${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(63)}.${"e".repeat(56)}.com`;
  const refused: readonly [body: unknown, detail: RegExp][] = [
    [{}, /mail is missing/],
    [{ mail: "off" }, /mail must be an object with types/],
    [{ mail: {} }, /mail\.types is missing/],
    [{ mail: { types: ["task.completed"] } }, /mail\.types\[0\] must be one of webhook\.disabled/],
    [{ mail: { types: [...TYPES, ...TYPES] } }, /mail\.types must be a list/],
    [{ mail: { types: TYPES, address: "ada" } }, /mail\.address must be an email address/],
    [{ mail: { types: TYPES, address: "a@b.com\r\nBcc: c@d.com" } }, /mail\.address must be/],
    [{ mail: { types: TYPES, address: `a${longest}` } }, /at most 254 characters/],
    [{ mail: { types: [], address: ADDRESS } }, /mail\.address must be left out/],
    [{ mail: { types: TYPES, address: ADDRESS, name: "Ada" } }, /no field mail\.name/],
    [{ mail: OFF, name: "Ada" }, /no field name/],
  ];
  for (const [body, detail] of refused) {
    void test(`refuses a change: ${detail.source}, ${JSON.stringify(body).length}`, async () => {
      const { mail } = await account(stage);
      await assertProblem(await patch(stage, body), 400, "invalid_request", detail);
      assert.deepEqual((await account(stage)).mail, mail);
    });
  }

  void test("an address may have 254 characters", async () => {
    assert.equal(longest.length, 254);
    await on(longest);
    assert.equal((await preferences(stage)).address, longest);
  });

  void test("that bounced is off, unless the address has changed since", async () => {
    await on();
    assert.equal((await bounced(stage, "grace@example.com")).status, 204);
    assert.deepEqual((await account(stage)).mail, { address: ADDRESS, types: TYPES });
    for (let i = 0; i < 2; i++) {
      assert.equal((await bounced(stage, ADDRESS)).status, 204);
      assert.deepEqual((await account(stage)).mail, OFF);
    }
  });

  void test("is notification's to read and to report about, nobody else's", async () => {
    await on();
    for (const email of [SYNC, TAG_INDEXER, OPERATOR]) {
      await assertProblem(await internal(stage, "local/mail", {}, email), 403, "forbidden");
      await assertProblem(await bounced(stage, ADDRESS, email), 403, "forbidden");
    }
    const path = "/internal/v1/accounts/local/mail";
    await assertProblem(await stage.edge.fetch(path), 401, "unauthorized");
    const response = await stage.edge.post(`${path}/bounced`, { address: ADDRESS });
    await assertProblem(response, 401, "unauthorized");
    assert.deepEqual((await account(stage)).mail, { address: ADDRESS, types: TYPES });
  });

  void test("survives a crash, and so does its link", async () => {
    await on();
    const path = await link(stage);
    await stage.restartAfterKill();
    assert.deepEqual((await account(stage)).mail, { address: ADDRESS, types: TYPES });
    assert.equal((await unsubscribe(stage, path)).status, 204);
    await stage.restartAfterKill();
    assert.deepEqual((await account(stage)).mail, OFF);
    assert.equal(await link(stage), path);
  });
});

/** A day is a second. */
void describe("An address that nobody confirms", () => {
  const audience = "in-users";
  let users: TestIssuer;
  let stage: Stage;
  let headers: Headers;
  before(async () => {
    users = await TestIssuer.start();
    stage = await Stage.start({
      ...usersOf(users.url, audience),
      IN_TIME_SCALE: "86400",
    });
    headers = {
      authorization: `Bearer ${await users.token({ aud: audience, sub: "ivy" })}`,
    };
  });
  after(async () => {
    await stage.stop();
    await users.stop();
  });

  const choose = async (): Promise<number> =>
    (await patch(stage, { mail: { types: TYPES, address: ADDRESS } }, headers)).status;

  void test("is asked again once a day has passed", async () => {
    await eventually("too many", async () => (await choose()) === 429);
    await eventually("one more", async () => (await choose()) === 200);
  });

  void test("is forgotten after three days, and its link then leads nowhere", async () => {
    await eventually("one more", async () => (await choose()) === 200);
    const { owner, mail } = await account(stage, headers);
    assert.deepEqual(mail, { types: [], unconfirmed: ADDRESS });
    const { confirmation } = await preferences(stage, owner);
    const path = pathOf(confirmation?.url ?? "");
    assert.equal((await stage.edge.fetch(path)).status, 200);
    await eventually("expiry", async () => (await stage.edge.fetch(path)).status === 404);
    assert.deepEqual((await account(stage, headers)).mail, OFF);
    assert.equal((await preferences(stage, owner)).confirmation, undefined);
  });
});

void describe("The link of a mail", () => {
  let stage: Stage;
  let path: string;
  before(async () => {
    stage = await Stage.start();
    await patch(stage, { mail: { types: TYPES, address: ADDRESS } });
    path = await link(stage);
  });
  after(() => stage.stop());

  const switchOn = (): Promise<Response> =>
    patch(stage, { mail: { types: TYPES, address: ADDRESS } });
  const isOn = async (): Promise<void> =>
    assert.deepEqual((await account(stage)).mail, { address: ADDRESS, types: TYPES });
  const isOff = async (): Promise<void> => assert.deepEqual((await account(stage)).mail, OFF);

  void test("shows a page that changes nothing: scanners open links, too", async () => {
    for (const method of ["GET", "HEAD"]) {
      const url = new URL(path, stage.edge.url);
      assert.equal((await fetch(url, { method })).status, 200);
      await isOn();
    }
    const response = await stage.edge.fetch(path);
    assert.equal(response.headers.get("content-type"), "text/html; charset=UTF-8");
    assert.equal(response.headers.get("referrer-policy"), "no-referrer");
    assert.equal(response.headers.get("cache-control"), "no-store");
    assert.match(response.headers.get("content-security-policy") ?? "", /^default-src 'none';/);
    const html = await response.text();
    assert.match(html, /<form method="post">\n<input type="hidden" name="List-Unsubscribe"/);
    assert.match(html, /value="One-Click"/);
    await isOn();
  });

  void test("switches mail off by one POST, in either form, again and again", async () => {
    const multipart = new FormData();
    multipart.set("List-Unsubscribe", "One-Click");
    for (const body of [oneClick(), multipart, oneClick()]) {
      const response = await unsubscribe(stage, path, body);
      assert.equal(response.status, 204);
      assert.equal(await response.text(), "");
      await isOff();
    }
    await switchOn();
    assert.equal((await unsubscribe(stage, path)).status, 204);
    await isOff();
    await switchOn();
  });

  void test("answers who presses the button by a page", async () => {
    const accept = "text/html,application/xhtml+xml,*/*;q=0.8";
    const response = await unsubscribe(stage, path, oneClick(), { accept });
    assert.equal(response.status, 200);
    assert.match(await response.text(), /No more mail is sent to you/);
    await isOff();
    await switchOn();
  });

  void test("requires what RFC 8058 says", async () => {
    const other = new URLSearchParams({ "List-Unsubscribe": "Yes" });
    for (const body of [other, new URLSearchParams()]) {
      const response = await unsubscribe(stage, path, body);
      await assertProblem(response, 400, "invalid_request", /List-Unsubscribe/);
    }
    const long = new URLSearchParams({ "List-Unsubscribe": "x".repeat(1025) });
    await assertProblem(await unsubscribe(stage, path, long), 413, "too_large");
    const bare = "/v1/mail/unsubscribe";
    await assertProblem(await unsubscribe(stage, bare), 400, "invalid_request", /token is missing/);
    await assertProblem(await stage.edge.fetch(bare), 400, "invalid_request", /token is missing/);
    await isOn();
  });

  void test("leads to the edge as it was called where the audience is not a URL", async () => {
    const aud = "in-local-edge";
    await stage.restartAfterKill({ IN_EDGE_AUDIENCE: aud });
    const authorization = `Bearer ${await stage.syncToken({ aud, email: NOTIFICATION })}`;
    const response = await stage.edge.fetch("/internal/v1/accounts/local/mail", {
      headers: { authorization },
    });
    const { unsubscribeUrl } = (await response.json()) as Preferences;
    assert.equal(unsubscribeUrl, `${stage.edge.url}${path}`);
    await stage.restartAfterKill();
  });

  void test("works for its own account alone; a wrong one says nothing about accounts", async () => {
    const secret = path.split(".").at(-1) ?? "";
    const another = `${secret.startsWith("A") ? "B" : "A"}${secret.slice(1)}`;
    const wrong = ["", "local", "local.", `.${secret}`, `local.${another}`, `local.${secret}.x`];
    const strangers = [`nobody.${secret}`, `local.${secret.slice(1)}`, `lo%2Fcal.${secret}`];
    const problems = new Set<string>();
    for (const token of [...wrong, ...strangers]) {
      for (const method of ["GET", "POST"]) {
        const init = method === "GET" ? {} : { method, body: oneClick() };
        const response = await stage.edge.fetch(`/v1/mail/unsubscribe?token=${token}`, init);
        problems.add(await response.clone().text());
        await assertProblem(response, 404, "not_found");
      }
    }
    assert.equal(problems.size, 1);
    await isOn();
  });
});

void describe("Mail, with AUTH_MODE=oidc", () => {
  const audience = "in-users";
  let users: TestIssuer;
  let stage: Stage;
  before(async () => {
    users = await TestIssuer.start();
    stage = await Stage.start({
      ...usersOf(users.url, audience),
    });
  });
  after(async () => {
    await stage.stop();
    await users.stop();
  });

  const as = async (sub: string, claims: JWTPayload): Promise<Headers> => ({
    authorization: `Bearer ${await users.token({ aud: audience, sub, ...claims })}`,
  });
  const verified = (sub: string, email = ADDRESS): Promise<Headers> =>
    as(sub, { email, email_verified: true });

  void test("goes to the verified address of the token", async () => {
    const ada = await verified("ada");
    assert.equal((await patch(stage, { mail: { types: TYPES } }, ada)).status, 200);
    const { owner, mail } = await account(stage, ada);
    assert.deepEqual(mail, { address: ADDRESS, types: TYPES });
    const { unsubscribeUrl: _url, ...rest } = await preferences(stage, owner);
    assert.deepEqual(rest, { address: ADDRESS, confirmed: true, types: TYPES });
    const moved = await verified("ada", "ada@example.org");
    const body = { mail: { types: TYPES, address: "ada@example.org" } };
    assert.equal((await patch(stage, body, moved)).status, 200);
    assert.equal((await preferences(stage, owner)).address, "ada@example.org");
  });

  const FOREIGN = "grace@example.com";
  const choose = (headers: Headers, address = FOREIGN): Promise<Response> =>
    patch(stage, { mail: { types: TYPES, address } }, headers);
  /** The confirmation that the account waits for, of an owner. */
  const confirmation = async (owner: string): Promise<Confirmation> => {
    const { confirmation: waiting } = await preferences(stage, owner);
    assert.ok(waiting !== undefined);
    return waiting;
  };
  const confirm = (url: string, headers: Headers = {}): Promise<Response> =>
    stage.edge.fetch(pathOf(url), {
      method: "POST",
      body: new URLSearchParams({ confirm: "yes" }),
      headers,
    });

  void test("goes to another address once its link confirmed it", async () => {
    const headers = await verified("bob");
    assert.equal((await patch(stage, { mail: { types: TYPES } }, headers)).status, 200);
    assert.equal((await choose(headers)).status, 200);
    const { owner, mail } = await account(stage, headers);
    assert.deepEqual(mail, { address: ADDRESS, types: TYPES, unconfirmed: FOREIGN });
    const { requestId, address, url } = await confirmation(owner);
    assert.equal(address, FOREIGN);
    assert.match(
      url,
      /^https:\/\/edge\.example\/v1\/mail\/confirm\?token=[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{22}$/,
    );
    assert.equal((await preferences(stage, owner)).address, ADDRESS);

    const [message] = await stage.publishedOn("account-events", requestId);
    assert.equal(message?.attributes["eventType"], "mail.confirmation_requested");
    assert.equal(message.attributes["owner"], owner);
    const event = JSON.parse(message.data) as Record<string, unknown>;
    assert.deepEqual(event["payload"], { requestId });
    assert.doesNotMatch(message.data, /example/);

    const page = await stage.edge.fetch(pathOf(url));
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<button>Confirm address<\/button>/);
    assert.equal((await preferences(stage, owner)).address, ADDRESS);

    assert.equal((await confirm(url)).status, 204);
    assert.deepEqual((await account(stage, headers)).mail, { address: FOREIGN, types: TYPES });
    const { unsubscribeUrl: _url, ...rest } = await preferences(stage, owner);
    assert.deepEqual(rest, { address: FOREIGN, confirmed: true, types: TYPES });
    // A link works once; and what is confirmed stays so.
    await assertProblem(await confirm(url), 404, "not_found");
    assert.equal((await choose(headers)).status, 200);
    assert.deepEqual((await account(stage, headers)).mail, { address: FOREIGN, types: TYPES });
  });

  const unverified: readonly [what: string, claims: JWTPayload][] = [
    ["without email_verified", { email: ADDRESS }],
    ["whose email is not verified", { email: ADDRESS, email_verified: false }],
    ["whose email_verified is a string", { email: ADDRESS, email_verified: "true" }],
    ["without an email", { email_verified: true }],
    ["whose email is not an address", { email: "ada", email_verified: true }],
  ];
  for (const [index, [what, claims]] of unverified.entries()) {
    void test(`waits for the link with a token ${what}`, async () => {
      const headers = await as(`carol-${index}`, claims);
      const refused = await patch(stage, { mail: { types: TYPES } }, headers);
      await assertProblem(refused, 422, "address_required");
      assert.equal((await choose(headers, ADDRESS)).status, 200);
      const { owner, mail } = await account(stage, headers);
      assert.deepEqual(mail, { types: [], unconfirmed: ADDRESS });
      const { address, confirmed, types } = await preferences(stage, owner);
      assert.deepEqual(
        { address, confirmed, types },
        { address: undefined, confirmed: false, types: [] },
      );
      assert.equal((await confirm((await confirmation(owner)).url)).status, 204);
      assert.deepEqual((await account(stage, headers)).mail, { address: ADDRESS, types: TYPES });
      assert.equal((await patch(stage, { mail: OFF }, headers)).status, 200);
      assert.deepEqual((await account(stage, headers)).mail, OFF);
    });
  }

  void test("confirms the latest address alone, and none that bounced or is off", async () => {
    const headers = await verified("frank");
    assert.equal((await choose(headers, "one@example.com")).status, 200);
    const { owner } = await account(stage, headers);
    const first = await confirmation(owner);
    assert.equal((await choose(headers, "two@example.com")).status, 200);
    const second = await confirmation(owner);
    await assertProblem(await confirm(first.url), 404, "not_found");
    const response = await internal(stage, `${owner}/mail/bounced`, {
      method: "POST",
      body: JSON.stringify({ address: second.address }),
    });
    assert.equal(response.status, 204);
    await assertProblem(await confirm(second.url), 404, "not_found");
    assert.equal((await choose(headers, "three@example.com")).status, 200);
    const third = await confirmation(owner);
    assert.equal((await patch(stage, { mail: OFF }, headers)).status, 200);
    await assertProblem(await confirm(third.url), 404, "not_found");
    assert.deepEqual((await account(stage, headers)).mail, OFF);
  });

  void test("asks unconfirmed addresses five times a day", async () => {
    const headers = await verified("gina");
    for (let i = 0; i < 5; i++) {
      assert.equal((await choose(headers, `${i}@example.com`)).status, 200);
    }
    const refused = await choose(headers, "5@example.com");
    await assertProblem(refused, 429, "too_many_confirmations");
    assert.equal(refused.headers.get("retry-after"), "86400");
    const { mail } = await account(stage, headers);
    assert.deepEqual(mail, { types: [], unconfirmed: "4@example.com" });
  });

  void test("is not confirmed by another's link, or that of an unsubscription", async () => {
    const headers = await verified("hal");
    assert.equal((await choose(headers)).status, 200);
    const { owner } = await account(stage, headers);
    const { url } = await confirmation(owner);
    const token = url.split(".").at(-1) ?? "";
    await assertProblem(await confirm(url.replace(owner, "local")), 404, "not_found");
    const other = (await preferences(stage, owner)).unsubscribeUrl.split(".").at(-1) ?? "";
    await assertProblem(await confirm(url.replace(token, other)), 404, "not_found");
    await assertProblem(
      await unsubscribe(stage, pathOf(url).replace("confirm", "unsubscribe")),
      404,
      "not_found",
    );
    assert.deepEqual((await account(stage, headers)).mail, { types: [], unconfirmed: FOREIGN });
  });

  void test("is each owner's own; its link needs no token", async () => {
    const [dan, eve] = [await verified("dan"), await verified("eve")];
    for (const headers of [dan, eve]) {
      assert.equal((await patch(stage, { mail: { types: TYPES } }, headers)).status, 200);
    }
    const path = await link(stage, (await account(stage, dan)).owner);
    assert.equal((await unsubscribe(stage, path)).status, 204);
    assert.deepEqual((await account(stage, dan)).mail, OFF);
    assert.deepEqual((await account(stage, eve)).mail, { address: ADDRESS, types: TYPES });
    await assertProblem(await patch(stage, { mail: OFF }), 401, "unauthorized");
  });
});
