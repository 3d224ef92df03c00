import { strict as assert } from "node:assert";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import WebSocket from "ws";
import { SCOPES, type Scope } from "../src/auth/scopes.js";
import document from "../../docs/openapi.json";
import { signInOf } from "./support/channels.js";
import { TestIssuer } from "./support/issuer.js";
import { type Route, routesOfApi } from "./support/router.js";
import { cookieOf, OWN_PAGE, seconds, sessionOfOwner } from "./support/session.js";
import { assertProblem, AUDIENCE, IMAGE, Stage, SYNC } from "./support/stage.js";

const USERS = "in-users";
const ELSEWHERE = "AAAAAAAAAAAAAAAAAAAAAA";

/** For anybody: these alone ask for no credentials. */
const OPEN = [
  "DELETE /v1/session",
  "GET /healthz",
  "GET /readyz",
  "GET /v1/mail/confirm",
  "GET /v1/mail/unsubscribe",
  "GET /v1/openapi.json",
  "GET /v1/session",
  "GET /v1/session/callback/{channel}",
  "GET /v1/session/signin",
  "POST /v1/mail/confirm",
  "POST /v1/mail/unsubscribe",
];

/** Of routes that look at the body before they look for what it is about. */
const BODIES: Readonly<Record<string, string>> = {
  "POST /v1/batches/{batchId}/items": JSON.stringify(IMAGE),
  "PATCH /v1/webhooks/{webhookId}": JSON.stringify({ description: "mine" }),
  "POST /v1/webhooks/{webhookId}/recover": JSON.stringify({ since: "2026-01-01T00:00:00Z" }),
};

/** What is said of something that is not there, where that is not `not_found`. */
const NOT_FOUND: Readonly<Record<string, string>> = {
  "POST /v1/uploads/{uploadId}/complete": "upload_not_found",
};

type Headers = Readonly<Record<string, string>>;

/** As the router has them: a new route is in the matrix before anybody thinks of it. */
const routes = await routesOfApi();
const guarded = routes.filter(({ name }) => !OPEN.includes(name));
const ofUsers = guarded.filter(({ template }) => template.startsWith("/v1/"));
const internal = guarded.filter(({ template }) => template.startsWith("/internal/"));

void describe("Every route of the router", () => {
  let users: TestIssuer;
  let stage: Stage;
  before(async () => {
    users = await TestIssuer.start();
    stage = await Stage.start(signInOf(users.url, USERS));
  });
  after(async () => {
    await stage.stop();
    await users.stop();
  });

  const send = (route: Route, headers: Headers, ids: Headers = {}): Promise<Response> => {
    const { method } = route;
    const body = BODIES[route.name];
    const init =
      body === undefined
        ? { method, headers }
        : { method, headers: { ...headers, "content-type": mediaTypeOf(route) }, body };
    return stage.edge.fetch(pathOf(route, ids), init);
  };
  const user = (claims = {}): Promise<string> => users.token({ aud: USERS, sub: "ada", ...claims });
  const service = (claims = {}): Promise<string> =>
    stage.issuer.token({ aud: AUDIENCE, email: SYNC, email_verified: true, ...claims });
  const makeKey = async (scopes: readonly Scope[]): Promise<{ key: string; keyId: string }> => {
    const body = { name: "matrix", scopes };
    const response = await stage.edge.post("/v1/keys", body, bearer(await user()));
    assert.equal(response.status, 201, await response.clone().text());
    return (await response.json()) as { key: string; keyId: string };
  };
  const revoke = async (keyId: string): Promise<void> => {
    const headers = bearer(await user());
    const gone = await stage.edge.fetch(`/v1/keys/${keyId}`, { method: "DELETE", headers });
    assert.equal(gone.status, 204);
  };

  void test("is documented, and is for users, for service accounts, or on the list of open ones", () => {
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    assert.deepEqual(routes.map(({ name }) => name).sort(), documented.sort());
    assert.deepEqual(guarded.length, ofUsers.length + internal.length);
    assert.deepEqual(
      OPEN.filter((name) => !routes.some((route) => route.name === name)),
      [],
    );
    for (const route of ofUsers) {
      assert.deepEqual(Object.keys(securityOf(route)), ["user"], route.name);
    }
    for (const route of internal) {
      assert.deepEqual(securityOf(route), { google: [] }, route.name);
    }
  });

  const past = Math.floor(Date.now() / 1000) - 10;
  const future = Math.floor(Date.now() / 1000) + 3600;
  /** What is wrong with a token, made with the claims of whom the route is for. */
  const broken: readonly {
    readonly what: string;
    readonly token: (claims: object, issuer: TestIssuer) => Promise<string | undefined>;
    readonly detail: RegExp;
    readonly internalDetail?: RegExp;
  }[] = [
    {
      what: "no token",
      token: () => Promise.resolve(undefined),
      detail: /a bearer token is required/,
    },
    {
      what: "an expired token",
      token: (claims, issuer) => issuer.token({ ...claims, exp: past }),
      detail: /has expired/,
    },
    {
      what: "a token of another issuer",
      token: (claims, issuer) => issuer.token({ ...claims, iss: "https://issuer.example" }),
      detail: /issuer has no channel here/,
      internalDetail: /not valid here/,
    },
    {
      what: "a token for another audience",
      token: (claims, issuer) => issuer.token({ ...claims, aud: "another" }),
      detail: /was not made for a channel of this edge/,
      internalDetail: /not valid here/,
    },
    {
      what: "a token with alg none",
      token: (claims, issuer) =>
        Promise.resolve(new UnsecuredJWT({ iss: issuer.url, exp: future, ...claims }).encode()),
      detail: /not valid here/,
    },
    {
      what: "a token signed by an unknown key",
      token: async (claims, issuer) => {
        const stranger = await generateKeyPair("RS256");
        return await issuer.token({ ...claims }, stranger);
      },
      detail: /not valid here/,
    },
    {
      what: "a token of an unknown key id that brings its own key",
      token: async (claims, issuer) => {
        const stranger = await generateKeyPair("RS256");
        const jwk = await exportJWK(stranger.publicKey);
        return await new SignJWT({ iss: issuer.url, exp: future, ...claims })
          .setProtectedHeader({ alg: "RS256", kid: "stranger", jwk })
          .sign(stranger.privateKey);
      },
      detail: /not valid here/,
    },
  ];

  for (const { what, token, detail, internalDetail = detail } of broken) {
    void test(`answers 401 to ${what}`, async () => {
      const ofUser = await token({ aud: USERS, sub: "ada" }, users);
      for (const route of ofUsers) {
        await assertRefused(await send(route, bearer(ofUser)), route, 401, "unauthorized", detail);
      }
      const claims = { aud: AUDIENCE, email: SYNC, email_verified: true };
      const ofService = await token(claims, stage.issuer);
      for (const route of internal) {
        const response = await send(route, bearer(ofService));
        await assertRefused(response, route, 401, "unauthorized", internalDetail);
      }
    });
  }

  void test("answers 401 to an unknown and to a revoked API key", async () => {
    const { key, keyId } = await makeKey(SCOPES);
    await revoke(keyId);
    for (const one of [key, `in-key.${ELSEWHERE}.${"A".repeat(43)}`]) {
      for (const route of ofUsers) {
        const response = await send(route, bearer(one));
        await assertRefused(response, route, 401, "unauthorized", /unknown or was revoked/);
      }
    }
  });

  const session = sessionOfOwner(ELSEWHERE);
  const cookies: readonly {
    readonly what: string;
    readonly cookie: () => Promise<Headers>;
    readonly from: Headers;
    readonly detail: RegExp;
  }[] = [
    {
      what: "the cookie of a page of another site",
      cookie: () => cookieOf(session),
      from: { "sec-fetch-site": "cross-site" },
      detail: /only in requests of this edge's own pages/,
    },
    {
      what: "the cookie of a page of another port of this host",
      cookie: () => cookieOf(session),
      from: { "sec-fetch-site": "same-site", origin: "http://127.0.0.1:1" },
      detail: /only in requests of this edge's own pages/,
    },
    {
      what: "the cookie of a page of another origin, as a browser without Sec-Fetch-Site says it",
      cookie: () => cookieOf(session),
      from: { origin: "https://evil.example" },
      detail: /only in requests of this edge's own pages/,
    },
    {
      what: "a cookie from wherever, without Sec-Fetch-Site and Origin",
      cookie: () => cookieOf(session),
      from: {},
      detail: /only in requests of this edge's own pages/,
    },
    {
      what: "an expired cookie",
      cookie: () => cookieOf({ ...session, expiresAt: seconds() - 1 }),
      from: OWN_PAGE,
      detail: /the session has expired/,
    },
    {
      what: "a forged cookie",
      cookie: () => cookieOf(session, "f".repeat(43)),
      from: OWN_PAGE,
      detail: /the session is not valid here/,
    },
    {
      what: "the cookie of a channel that is gone",
      cookie: () => cookieOf({ ...session, channel: "gone" }),
      from: OWN_PAGE,
      detail: /the session's channel does not offer sign-in any more/,
    },
  ];

  for (const { what, cookie, from, detail } of cookies) {
    void test(`answers 401 to ${what}`, async () => {
      const headers = { ...(await cookie()), ...from };
      for (const route of ofUsers) {
        const response = await send(route, headers);
        await assertRefused(response, route, 401, "unauthorized", detail);
        if (route.template.endsWith("/ws")) {
          const url = stage.edge.url.replace("http", "ws") + pathOf(route, {});
          assert.equal(await refusedUpgrade(url, headers), 401, route.name);
        }
      }
    });
  }

  void test("takes the cookie of the edge's own page at /v1, and never at /internal", async () => {
    const headers = { ...(await cookieOf(session)), ...OWN_PAGE };
    for (const route of ofUsers) {
      const { status } = await send(route, headers);
      assert.ok(![401, 403].includes(status), `${route.name} answers ${status} to a cookie`);
    }
    for (const route of internal) {
      const response = await send(route, headers);
      await assertRefused(response, route, 401, "unauthorized", /a bearer token is required/);
    }
    const socket = new WebSocket(`${stage.edge.url.replace("http", "ws")}/v1/ws`, {
      headers: await cookieOf(session),
      origin: stage.edge.url,
    });
    await once(socket, "open");
    socket.terminate();
  });

  void test("takes only a service account's token at /internal, and never at /v1", async () => {
    const { key, keyId } = await makeKey(SCOPES);
    for (const route of internal) {
      for (const one of [key, await user()]) {
        await assertRefused(await send(route, bearer(one)), route, 401, "unauthorized", /./);
      }
      const stranger = bearer(await service({ email: "x@in-local.iam.gserviceaccount.com" }));
      await assertRefused(await send(route, stranger), route, 403, "forbidden", /may not call/);
    }
    for (const route of ofUsers) {
      const response = await send(route, bearer(await service()));
      await assertRefused(response, route, 401, "unauthorized", /issuer has no channel here/);
    }
    await revoke(keyId);
  });

  void test("asks of an API key for the scope that the document names, and for no other", async () => {
    for (const scope of SCOPES) {
      const others = SCOPES.filter((other) => other !== scope);
      const allowed = await makeKey([scope]);
      const without = await makeKey(others);
      for (const route of ofUsers.filter((one) => securityOf(one)["user"]?.[0] === scope)) {
        const refused = await send(route, bearer(without.key));
        await assertRefused(
          refused,
          route,
          403,
          "insufficient_scope",
          new RegExp(`no scope ${scope}`),
        );
        const { status } = await send(route, bearer(allowed.key));
        assert.ok(![401, 403].includes(status), `${route.name} answers ${status} with ${scope}`);
      }
      await revoke(allowed.keyId);
      await revoke(without.keyId);
    }
  });

  void test("shows another owner nothing: what is not theirs does not exist", async () => {
    const ada = bearer(await user());
    const taskId = await stage.submit(IMAGE, ada);
    const hook = { url: "https://hooks.example/in" };
    const webhook = await stage.edge.post("/v1/webhooks", hook, ada);
    const { webhookId } = (await webhook.json()) as { webhookId: string };
    const { keyId } = await makeKey(["tasks:read"]);
    const image = { contentType: "image/png", size: 1 };
    const upload = await stage.edge.post("/v1/uploads", image, ada);
    const { uploadId } = (await upload.json()) as { uploadId: string };
    const batch = await stage.edge.post("/v1/batches", {}, ada);
    const { batchId } = (await batch.json()) as { batchId: string };
    const ids = { taskId, webhookId, keyId, uploadId, batchId };
    const mallory = bearer(await user({ sub: "mallory" }));
    for (const route of ofUsers.filter(({ template }) => template.includes("{"))) {
      if (route.template.endsWith("/ws")) {
        const url = stage.edge.url.replace("http", "ws") + pathOf(route, ids);
        assert.equal(await refusedUpgrade(url, mallory), 404, route.name);
      } else {
        const response = await send(route, mallory, ids);
        const code = NOT_FOUND[route.name] ?? "not_found";
        await assertRefused(response, route, 404, code, /there is no such/);
      }
    }
    for (const path of ["/v1/tasks", "/v1/search?q=images", "/v1/webhooks", "/v1/keys"]) {
      const response = await stage.edge.fetch(path, { headers: mallory });
      assert.deepEqual(((await response.json()) as { items: unknown[] }).items, [], path);
    }
    assert.equal((await stage.view(taskId, ada))["taskId"], taskId);
    await revoke(keyId);
  });
});

function pathOf({ template }: Route, ids: Headers): string {
  return template.replace(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? ELSEWHERE);
}

function mediaTypeOf({ template }: Route): string {
  return template.endsWith("/items") ? "application/x-ndjson" : "application/json";
}

/** The status by which a WebSocket is refused. */
function refusedUpgrade(url: string, headers: Headers): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    socket.once("unexpected-response", (_request, response) => resolve(response.statusCode));
    socket.once("open", () => reject(new Error("the socket is open")));
    socket.once("error", reject);
  });
}

async function assertRefused(
  response: Response,
  { name }: Route,
  status: number,
  code: string,
  detail: RegExp,
): Promise<void> {
  try {
    await assertProblem(response, status, code, detail);
  } catch (error) {
    throw new Error(`${name} answers otherwise`, { cause: error });
  }
}

function securityOf({ method, template }: Route): Readonly<Record<string, readonly string[]>> {
  const paths = document.paths as unknown as Record<
    string,
    Record<string, { security?: Readonly<Record<string, readonly string[]>>[] }>
  >;
  return paths[template]?.[method.toLowerCase()]?.security?.[0] ?? {};
}

function bearer(token: string | undefined): Headers {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
