import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { request } from "node:http";
import { after, before, describe, test } from "node:test";
import { generateKeyPair } from "jose";
import { channelFile, SESSION_SECRET } from "./support/channels.js";
import { Edge } from "./support/edge.js";
import { TestIssuer } from "./support/issuer.js";
import { cookieOf, OWN_PAGE, seconds, sessionOfOwner } from "./support/session.js";
import { assertProblem, publisher, Stage, SYNC, uploader } from "./support/stage.js";

const PUBLIC = {
  name: "public",
  audience: "in-public",
  signIn: { title: "Public", cli: { clientId: "in-cli", scopes: ["openid", "offline_access"] } },
};
const SECRET = {
  name: "secret",
  audience: "in-secret",
  signIn: { title: "Secret", scopes: ["openid"], confidential: true },
};

/** A sign-in that has begun: what the issuer is asked for, and what the browser keeps. */
interface Begun {
  readonly asked: URLSearchParams;
  readonly cookie: string;
}

void describe("Sign-in at the issuer of a channel", () => {
  let issuer: TestIssuer;
  let stage: Stage;
  before(async () => {
    issuer = await TestIssuer.start();
    const tokens = { name: "tokens", issuer: issuer.url, audience: "in-tokens" };
    const channels = [PUBLIC, SECRET].map((channel) => ({ ...channel, issuer: issuer.url }));
    stage = await Stage.start({
      AUTH_MODE: "oidc",
      IN_CHANNELS: channelFile(...channels, tokens),
      SESSION_SECRETS: SESSION_SECRET,
      CLIENT_SECRETS: JSON.stringify({ secret: "a secret:of a client" }),
    });
  });
  after(async () => {
    await stage.stop();
    await issuer.stop();
  });

  const begin = async (channel: string): Promise<Begun> => {
    const path = `/v1/session/signin?channel=${channel}`;
    const response = await stage.edge.fetch(path, { headers: OWN_PAGE });
    assert.equal(response.status, 303);
    const location = new URL(response.headers.get("location") ?? "");
    assert.equal(location.origin + location.pathname, `${issuer.url}/authorize`);
    const asked = location.searchParams;
    return { asked, cookie: cookiesOf(response)[cookieFor(asked.get("state"))] ?? "" };
  };
  const comeBack = (
    answer: Record<string, string>,
    cookie: string,
    channel = "public",
  ): Promise<Response> => {
    const query = new URLSearchParams({ iss: issuer.url, code: "code", ...answer }).toString();
    const headers = cookie === "" ? {} : { cookie: `${cookieFor(answer["state"])}=${cookie}` };
    return stage.edge.fetch(`/v1/session/callback/${channel}?${query}`, { headers });
  };
  /** The issuer gives an ID token of these claims for the code. */
  const give = async (claims: object, signer?: Awaited<ReturnType<typeof generateKeyPair>>) => {
    const id_token = await issuer.token({ sub: "ada", ...claims }, signer);
    const body = { access_token: "unused", token_type: "Bearer", id_token };
    issuer.tokenAnswer = { status: 200, body };
  };
  const assertSignedIn = (response: Response): string => {
    assert.equal(response.status, 303);
    assert.equal(response.headers.get("location"), "/");
    const { "in-session": session = "", ...others } = cookiesOf(response);
    assert.deepEqual(others, { [cookieFor(stateOf(response))]: "" });
    return `in-session=${session}`;
  };
  const assertFailed = (response: Response, fault: string): void => {
    assert.equal(response.status, 303);
    assert.equal(response.headers.get("location"), `/?signin=${fault}`);
    const state = stateOf(response);
    const removed = /^[\w-]{43}$/.test(state) ? { [cookieFor(state)]: "" } : {};
    assert.deepEqual(cookiesOf(response), removed);
  };

  void test("asks for a code with PKCE, a state and a nonce, to be sent to this edge", async () => {
    const { asked } = await begin("public");
    const { state, nonce, code_challenge, ...rest } = Object.fromEntries(asked);
    for (const random of [state, nonce, code_challenge]) {
      assert.match(random ?? "", /^[\w-]{43}$/);
    }
    assert.deepEqual(rest, {
      response_type: "code",
      client_id: "in-public",
      redirect_uri: `${stage.edge.url}/v1/session/callback/public`,
      scope: "openid email",
      code_challenge_method: "S256",
    });
    assert.equal((await begin("secret")).asked.get("scope"), "openid");
    assert.notEqual((await begin("public")).asked.get("state"), state);
  });

  void test("keeps state, nonce and verifier in a cookie of ten minutes", async () => {
    const path = "/v1/session/signin?channel=public";
    const response = await stage.edge.fetch(path, { headers: OWN_PAGE });
    assert.match(
      response.headers.get("set-cookie") ?? "",
      /^in-sign-in-[\w-]{16}=[\w.-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    assert.equal(response.headers.get("cache-control"), "no-store");
    assert.equal(response.headers.get("referrer-policy"), "no-referrer");
  });

  void test("begins for no other site, and for no channel that does not offer it", async () => {
    for (const site of ["cross-site", "same-site"]) {
      const headers = { "sec-fetch-site": site };
      const response = await stage.edge.fetch("/v1/session/signin?channel=public", { headers });
      assert.deepEqual([response.status, response.headers.get("location")], [303, "/"]);
      assert.equal(response.headers.get("set-cookie"), null);
    }
    for (const channel of ["tokens", "nobody"]) {
      const response = await stage.edge.fetch(`/v1/session/signin?channel=${channel}`);
      await assertProblem(response, 404, "not_found", /no such channel/);
    }
  });

  void test("gives the code with the verifier, and no secret of a public client", async () => {
    const { asked, cookie } = await begin("public");
    await give({ aud: "in-public", nonce: asked.get("nonce") });
    assertSignedIn(await comeBack({ state: asked.get("state") ?? "" }, cookie));
    const { authorization, form } = issuer.tokenRequests.at(-1) ?? assert.fail();
    const { code_verifier, ...rest } = form;
    const challenge = createHash("sha256")
      .update(code_verifier ?? "")
      .digest("base64url");
    assert.equal(challenge, asked.get("code_challenge"));
    assert.equal(authorization, undefined);
    assert.deepEqual(rest, {
      grant_type: "authorization_code",
      code: "code",
      redirect_uri: `${stage.edge.url}/v1/session/callback/public`,
      client_id: "in-public",
    });
  });

  void test("gives a confidential client's secret, which no user sees", async () => {
    const { asked, cookie } = await begin("secret");
    await give({ aud: "in-secret", nonce: asked.get("nonce") });
    assertSignedIn(await comeBack({ state: asked.get("state") ?? "" }, cookie, "secret"));
    const { authorization, form } = issuer.tokenRequests.at(-1) ?? assert.fail();
    const [user = "", password = ""] = Buffer.from(authorization?.slice(6) ?? "", "base64")
      .toString()
      .split(":")
      .map((part) => decodeURIComponent(part.replaceAll("+", " ")));
    assert.deepEqual([user, password], ["in-secret", "a secret:of a client"]);
    assert.equal(form["client_secret"], undefined);
    assert.match(form["code_verifier"] ?? "", /^[\w-]{43}$/);
  });

  void test("makes a session of the same owner as the ID token's", async () => {
    const { asked, cookie } = await begin("public");
    await give({
      aud: "in-public",
      nonce: asked.get("nonce"),
      email: "ada@example.com",
      email_verified: true,
    });
    const session = assertSignedIn(await comeBack({ state: asked.get("state") ?? "" }, cookie));
    const headers = { ...OWN_PAGE, cookie: session };
    const { owner, mail } = await accountOf(headers);
    const authorization = `Bearer ${await issuer.token({ aud: "in-public", sub: "ada" })}`;
    assert.equal((await accountOf({ authorization })).owner, owner);
    assert.ok(mail);
    const view = await stage.edge.fetch("/v1/session", { headers });
    const { user } = (await view.json()) as { user: Record<string, string> };
    assert.equal(user["owner"], owner);
    assert.equal(user["channel"], "public");
    assert.equal(user["name"], "ada@example.com");
    // A token says more than a cookie: another user's is not overruled.
    const bob = `Bearer ${await issuer.token({ aud: "in-public", sub: "bob" })}`;
    assert.notEqual((await accountOf({ ...headers, authorization: bob })).owner, owner);
  });

  void test("on the command line is that of the same owner, by an ID token of that client", async () => {
    const ofPage = `Bearer ${await issuer.token({ aud: "in-public", sub: "ada" })}`;
    const ofCli = `Bearer ${await issuer.token({ aud: "in-cli", sub: "ada" })}`;
    const { owner } = await accountOf({ authorization: ofPage });
    assert.equal((await accountOf({ authorization: ofCli })).owner, owner);
    const ofOther = `Bearer ${await issuer.token({ aud: "in-other-cli", sub: "ada" })}`;
    const response = await stage.edge.fetch("/v1/account", { headers: { authorization: ofOther } });
    await assertProblem(response, 401, "unauthorized", /audience/);
  });

  void test("on the page is not by an ID token of the command line's client", async () => {
    const { asked, cookie } = await begin("public");
    await give({ aud: "in-cli", nonce: asked.get("nonce") });
    assertFailed(await comeBack({ state: asked.get("state") ?? "" }, cookie), "failed");
  });

  void test("is not disturbed by another one in the same browser", async () => {
    const first = await begin("public");
    const second = await begin("public");
    const cookie = [first, second]
      .map((begun) => `${cookieFor(begun.asked.get("state"))}=${begun.cookie}`)
      .join("; ");
    for (const { asked } of [first, second]) {
      await give({ aud: "in-public", nonce: asked.get("nonce") });
      const query = new URLSearchParams({ iss: issuer.url, code: "code" });
      query.set("state", asked.get("state") ?? "");
      const path = `/v1/session/callback/public?${query.toString()}`;
      assertSignedIn(await stage.edge.fetch(path, { headers: { cookie } }));
    }
  });

  void test("leaves a browser four of those that were begun last", async () => {
    const others = "in-session=s; in-sign-in-4=d; in-sign-in-3=c; other=o; in-sign-in-2=b";
    const cookiesAfter = async (cookie: string): Promise<Record<string, string>> => {
      const headers = { ...OWN_PAGE, cookie };
      const path = "/v1/session/signin?channel=public";
      return cookiesOf(await stage.edge.fetch(path, { headers }));
    };
    assert.equal(Object.keys(await cookiesAfter(others)).length, 1);
    const cookies = await cookiesAfter(`in-sign-in-6=f; in-sign-in-5=e; ${others}`);
    const removed = Object.keys(cookies).filter((name) => cookies[name] === "");
    assert.deepEqual(removed, ["in-sign-in-6", "in-sign-in-5"]);
    assert.equal(Object.keys(cookies).length, 3);
  });

  void test("fails when the answer is not to what this browser has asked for", async () => {
    const { asked, cookie } = await begin("public");
    const state = asked.get("state") ?? "";
    await give({ aud: "in-public", nonce: asked.get("nonce") });
    const before = issuer.tokenRequests.length;
    assertFailed(await comeBack({ state }, ""), "expired");
    assertFailed(await comeBack({ state }, `${cookie}x`), "expired");
    const session = (await cookieOf(sessionOfOwner("ada")))["cookie"] ?? "";
    assertFailed(await comeBack({ state }, session.replace("in-session=", "")), "expired");
    assertFailed(await comeBack({ state: "another" }, cookie), "expired");
    assertFailed(await comeBack({ state: "" }, cookie), "expired");
    const similar = `${state.slice(0, -1)}${state.endsWith("A") ? "B" : "A"}`;
    assertFailed(await comeBack({ state: similar }, cookie), "failed");
    assertFailed(await comeBack({ state, iss: "https://other.example" }, cookie), "failed");
    assertFailed(await comeBack({ state }, (await begin("public")).cookie), "failed");
    assertFailed(await comeBack({ state }, cookie, "secret"), "failed");
    assertFailed(await comeBack({ state, error: "access_denied" }, cookie), "denied");
    assertFailed(await comeBack({ state, error: "server_error" }, cookie), "failed");
    assert.equal(issuer.tokenRequests.length, before);
  });

  void test("fails when the ID token is not for this sign-in", async () => {
    const { asked, cookie } = await begin("public");
    const nonce = asked.get("nonce");
    const state = asked.get("state") ?? "";
    const faults: readonly object[] = [
      { aud: "in-public" },
      { aud: "in-public", nonce: "another" },
      { aud: "in-secret", nonce },
      { aud: ["in-public", "in-secret"], nonce },
      { aud: "in-public", nonce, iss: "https://other.example" },
      { aud: "in-public", nonce, exp: seconds() - 60 },
      { aud: "in-public", nonce, sub: "" },
    ];
    for (const claims of faults) {
      await give(claims);
      assertFailed(await comeBack({ state }, cookie), "failed");
    }
    await give({ aud: "in-public", nonce }, await generateKeyPair("RS256"));
    assertFailed(await comeBack({ state }, cookie), "failed");
    await give({ aud: "in-public", nonce });
    assertSignedIn(await comeBack({ state }, cookie));
  });

  void test("fails when the issuer refuses the code or its verifier, or gives no ID token", async () => {
    const { asked, cookie } = await begin("public");
    const state = asked.get("state") ?? "";
    issuer.tokenAnswer = { status: 400, body: { error: "invalid_grant" } };
    assertFailed(await comeBack({ state }, cookie), "failed");
    const body = { access_token: "unused", token_type: "Bearer" };
    issuer.tokenAnswer = { status: 200, body };
    assertFailed(await comeBack({ state }, cookie), "failed");
    issuer.tokenAnswer = { status: 503, body: {} };
    assertFailed(await comeBack({ state }, cookie), "unavailable");
  });

  void test("is ended by the page, and by no other site", async () => {
    const method = "DELETE";
    for (const headers of [{}, { "sec-fetch-site": "cross-site" }, { origin: issuer.url }]) {
      const response = await stage.edge.fetch("/v1/session", { method, headers });
      assert.equal(response.headers.get("set-cookie"), null);
      await assertProblem(response, 403, "forbidden", /own pages/);
    }
    const response = await stage.edge.fetch("/v1/session", { method, headers: OWN_PAGE });
    assert.equal(response.status, 204);
    assert.match(response.headers.get("set-cookie") ?? "", /^in-session=; Max-Age=0; Path=\/;/);
  });

  void test("shows the page, and it alone, who is signed in, and renews what is in use", async () => {
    const owner = "A".repeat(22);
    const view = async (headers: Record<string, string>) => {
      const response = await stage.edge.fetch("/v1/session", { headers });
      assert.equal(response.status, 200);
      const body = (await response.json()) as { user?: { expiresAt: string } };
      return { ...body, cookie: response.headers.get("set-cookie") };
    };
    const channels = [
      {
        name: "public",
        title: "Public",
        cli: {
          issuer: issuer.url,
          clientId: "in-cli",
          scopes: ["openid", "offline_access"],
        },
      },
      { name: "secret", title: "Secret" },
    ];
    const nobody = { channels, acceptsTokens: true, cookie: null };
    assert.deepEqual(await view(OWN_PAGE), nobody);
    const fresh = await cookieOf(sessionOfOwner(owner, { channel: "public" }));
    assert.deepEqual(await view(fresh), nobody);
    assert.deepEqual(await view({ ...fresh, "sec-fetch-site": "cross-site" }), nobody);
    const shown = await view({ ...fresh, ...OWN_PAGE });
    assert.ok(shown.user !== undefined);
    assert.equal(shown.cookie, null);
    const gone = await cookieOf(sessionOfOwner(owner, { channel: "tokens" }));
    assert.deepEqual(await view({ ...gone, ...OWN_PAGE }), nobody);
    const soonOver = sessionOfOwner(owner, { channel: "public", expiresAt: seconds() + 60 });
    const renewed = await view({ ...(await cookieOf(soonOver)), ...OWN_PAGE });
    assert.match(renewed.cookie ?? "", /^in-session=[\w.-]+; Max-Age=3600;/);
    assert.ok(Date.parse(renewed.user?.expiresAt ?? "") >= (seconds() + 3_590) * 1_000);
  });

  const accountOf = async (headers: Record<string, string>) => {
    const response = await stage.edge.fetch("/v1/account", { headers });
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as { owner: string; mail: object };
  };
});

void describe("An edge that the public can reach", () => {
  void test("sends users back to its own URL, whatever host a request names", async () => {
    const issuer = await TestIssuer.start();
    const edge = await Edge.start({
      AUTH_MODE: "oidc",
      IN_CHANNELS: channelFile({ ...PUBLIC, issuer: issuer.url }),
      SESSION_SECRETS: SESSION_SECRET,
      IN_EDGE_AUDIENCE: "https://edge.example",
      IN_SYNC_SERVICE_ACCOUNT: SYNC,
      GCP_PROJECT: "in-local",
      IMAGES_BUCKET: "in-local-images",
      PUBLISHER_KEY: publisher.json,
      UPLOADER_KEY: uploader.json,
    });
    try {
      for (const host of ["evil.example", "localhost", "127.0.0.1"]) {
        const { location, cookie } = await signInAt(edge.url, host);
        const asked = new URL(location).searchParams;
        assert.equal(asked.get("redirect_uri"), "https://edge.example/v1/session/callback/public");
        assert.match(
          cookie,
          /^__Host-in-sign-in-[\w-]{16}=[^;]+; .*Path=\/; HttpOnly; Secure; SameSite=Lax$/,
        );
      }
    } finally {
      await edge.stop();
      await issuer.stop();
    }
  });
});

/** The name of the cookie of the sign-in with that state. */
function cookieFor(state: string | null | undefined): string {
  return `in-sign-in-${(state ?? "").slice(0, 16)}`;
}

/** The state of the answer that was responded to. */
function stateOf(response: Response): string {
  return new URL(response.url).searchParams.get("state") ?? "";
}

/** `fetch` sets `Host` itself. */
function signInAt(url: string, host: string): Promise<{ location: string; cookie: string }> {
  return new Promise((resolve, reject) => {
    const path = new URL("/v1/session/signin?channel=public", url);
    request(path, { headers: { host } }, ({ headers }) =>
      resolve({ location: headers.location ?? "", cookie: headers["set-cookie"]?.[0] ?? "" }),
    )
      .once("error", reject)
      .end();
  });
}

/** The cookies that a response sets, by name. */
function cookiesOf(response: Response): Record<string, string> {
  return Object.fromEntries(
    response.headers.getSetCookie().map((header) => {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      return [name, value];
    }),
  );
}
