import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import { type SignedInUser, UserSession } from "../page/edge/session.js";

const HOUR_MS = 3_600_000;
const TOKEN = `a.${Buffer.from(JSON.stringify({ iss: "i", sub: "ada" })).toString("base64url")}.c`;

void describe("The page's session", () => {
  const signal = new AbortController().signal;
  const user = (owner: string, renewInMs = HOUR_MS): SignedInUser => ({
    owner,
    channel: "test",
    name: owner,
    renewAt: new Date(Date.now() + renewInMs).toISOString(),
  });
  const never = (): Promise<undefined> => assert.fail("it is not due");

  void test("by a cookie adds nothing to requests, by a token its header", async () => {
    const session = new UserSession(never);
    session.signedIn(user("ada"));
    assert.deepEqual(await session.headers(signal), {});
    assert.equal(session.use(TOKEN), true);
    assert.deepEqual(await session.headers(signal), { authorization: `Bearer ${TOKEN}` });
    assert.equal(session.use("nonsense"), false);
  });

  void test("is renewed once when that is due, however many calls come meanwhile", async () => {
    let asked = 0;
    const session = new UserSession(() => {
      asked++;
      return Promise.resolve(user("ada"));
    });
    session.signedIn(user("ada", -1));
    await Promise.all([session.headers(signal), session.headers(signal)]);
    await session.headers(signal);
    assert.equal(asked, 1);
  });

  void test("that lasts no longer is used on, and not asked about again", async () => {
    let asked = 0;
    const session = new UserSession(() => {
      asked++;
      return Promise.resolve(user("ada", -1));
    });
    session.signedIn(user("ada", -1));
    for (let call = 0; call < 3; call++) {
      assert.deepEqual(await session.headers(signal), {});
    }
    assert.equal(asked, 1);
  });

  void test("that was refused makes calls wait until somebody signs in again", async () => {
    const session = new UserSession(never);
    session.signedIn(user("ada"));
    const rejections: string[] = [];
    session.rejected.add(() => rejections.push("rejected"));
    assert.equal(session.refused({}), true);
    const waiting = session.headers(signal);
    session.use(TOKEN);
    assert.deepEqual(await waiting, { authorization: `Bearer ${TOKEN}` });
    // A later answer to a call of before says nothing about the token.
    session.refused({});
    assert.deepEqual(await session.headers(signal), { authorization: `Bearer ${TOKEN}` });
    assert.deepEqual(rejections, ["rejected"]);
  });

  void test("reports another owner, and none after its end", () => {
    const session = new UserSession(never);
    const owners: (string | undefined)[] = [];
    session.ownerChanges.add(() => owners.push(session.owner));
    session.signedIn(user("ada"));
    session.signedIn(user("ada"));
    session.signedIn(user("bob"));
    session.end();
    session.end();
    assert.deepEqual(owners, ["ada", "bob", undefined]);
  });
});
