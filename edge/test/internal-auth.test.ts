import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { assertProblem, AUDIENCE, Stage, statusBody, SYNC } from "./support/stage.js";

const UPDATE = statusBody({ status: "completed" });

void describe("PUT /internal/v1/tasks/{taskId}/status", () => {
  let stage: Stage;
  let taskId: string;
  before(async () => {
    stage = await Stage.start();
    taskId = await stage.submitAndPublish();
  });
  after(() => stage.stop());

  const unchanged = async (): Promise<void> =>
    assert.equal((await stage.view(taskId)).status, "processing_in_gcp");

  void test("refuses a call without a token", async () => {
    const response = await stage.put(taskId, UPDATE);
    assert.equal(response.headers.get("www-authenticate"), "Bearer");
    await assertProblem(response, 401, "unauthorized");
    await unchanged();
  });

  void test("refuses another scheme than Bearer, and what is not a token", async () => {
    for (const authorization of ["Basic c3luYzpzeW5j", "Bearer", "Bearer not-a-token"]) {
      const response = await stage.edge.fetch(`/internal/v1/tasks/${taskId}/status`, {
        method: "PUT",
        headers: { "content-type": "application/json", authorization },
        body: JSON.stringify(UPDATE),
      });
      await assertProblem(response, 401, "unauthorized");
    }
    await unchanged();
  });

  const hourAgo = Math.floor(Date.now() / 1000) - 3600;
  const broken: readonly [what: string, claims: JWTPayload, status: number][] = [
    ["for another audience", { aud: "https://other.example" }, 401],
    ["without an audience", without("aud"), 401],
    ["of another issuer", { iss: "https://issuer.example" }, 401],
    ["that has expired", { iat: hourAgo - 3600, exp: hourAgo }, 401],
    ["that never expires", without("exp"), 401],
    ["of another account", { email: "ai@in-local.iam.gserviceaccount.com" }, 403],
    ["without an email", without("email"), 403],
    ["whose email is not verified", { email_verified: false }, 403],
    ["whose email_verified is a string", { email_verified: "true" }, 403],
    ["without email_verified", without("email_verified"), 403],
  ];
  for (const [what, claims, status] of broken) {
    void test(`refuses a token ${what}`, async () => {
      const response = await stage.put(taskId, UPDATE, await stage.syncToken(claims));
      await assertProblem(response, status, status === 401 ? "unauthorized" : "forbidden");
      await unchanged();
    });
  }

  void test("refuses a token signed by another key", async () => {
    const stranger = await generateKeyPair("RS256");
    const claims = { aud: AUDIENCE, email: SYNC, email_verified: true };
    const token = await stage.issuer.token(claims, stranger);
    await assertProblem(await stage.put(taskId, UPDATE, token), 401, "unauthorized");
    await unchanged();
  });

  void test("refuses a token whose signature was removed, as Cloud Run's IAM does", async () => {
    const [header, claims] = (await stage.syncToken()).split(".");
    const token = `${header}.${claims}.SIGNATURE_REMOVED_BY_GOOGLE`;
    await assertProblem(await stage.put(taskId, UPDATE, token), 401, "unauthorized");
    await unchanged();
  });

  void test("refuses algorithms that need no key or a shared one", async () => {
    const claims = Buffer.from(JSON.stringify(unsigned(stage))).toString("base64url");
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${claims}.`;
    const shared = await new SignJWT(unsigned(stage))
      .setProtectedHeader({ alg: "HS256", kid: stage.issuer.keyId })
      .sign(new TextEncoder().encode("a public key is no secret, whatever its length"));
    for (const token of [none, shared]) {
      await assertProblem(await stage.put(taskId, UPDATE, token), 401, "unauthorized");
    }
    await unchanged();
  });

  void test("checks the token before anything else", async () => {
    await assertProblem(await stage.put("AAAAAAAAAAAAAAAAAAAAAA", {}), 401, "unauthorized");
  });

  void test("accepts sync's own token", async () => {
    const response = await stage.put(taskId, UPDATE, await stage.syncToken());
    assert.equal(response.status, 204);
    assert.equal(await response.text(), "");
    assert.equal((await stage.view(taskId)).status, "completed");
  });
});

void describe("The issuer's keys", () => {
  void test("are read again after a rotation, but not for every unknown key id", async () => {
    const stage = await Stage.start();
    try {
      const taskId = await stage.submitAndPublish();
      assert.equal(await stage.putStatus(taskId, {}), 204);
      assert.equal(await stage.putStatus(taskId, {}), 204);
      assert.equal(stage.issuer.keySetReads, 1);
      await stage.issuer.rotate();
      assert.equal(await stage.putStatus(taskId, {}), 204);
      assert.equal(stage.issuer.keySetReads, 2);
      const stranger = await generateKeyPair("RS256");
      for (let i = 0; i < 5; i++) {
        const token = await new SignJWT(unsigned(stage))
          .setProtectedHeader({ alg: "RS256", kid: `stranger-${i}` })
          .sign(stranger.privateKey);
        await assertProblem(await stage.put(taskId, UPDATE, token), 401, "unauthorized");
      }
      assert.equal(stage.issuer.keySetReads, 2);
    } finally {
      await stage.stop();
    }
  });

  void test("that cannot be read make it 503: the token may be good", async () => {
    const stage = await Stage.start();
    try {
      const taskId = await stage.submitAndPublish();
      stage.issuer.down = true;
      const response = await stage.put(taskId, UPDATE, await stage.syncToken());
      assert.equal(response.headers.get("retry-after"), "5");
      await assertProblem(response, 503, "unavailable");
      stage.issuer.down = false;
      assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
    } finally {
      await stage.stop();
    }
  });
});

/** Overrides a claim so that it is left out of the JSON. */
function without(claim: string): JWTPayload {
  return { [claim]: undefined };
}

function unsigned(stage: Stage): JWTPayload {
  const exp = Math.floor(Date.now() / 1000) + 3600;
  return { iss: stage.issuer.url, aud: AUDIENCE, email: SYNC, email_verified: true, exp };
}
