import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import { decodeJwt, SignJWT, UnsecuredJWT } from "jose";
import { isSameOrigin } from "../src/session/same-origin.js";
import {
  newSession,
  noSessionCookie,
  renewed,
  type Session,
  sessionCookie,
  sessionOf,
} from "../src/session/session.js";
import { sign, verify } from "../src/session/signed-cookie.js";
import { keysOf, seconds, sessionOfOwner } from "./support/session.js";

const HTTPS = "https://edge.example";
const LOOPBACK = "http://127.0.0.1:8787";
const OLD = "o".repeat(43);
const NEW = "n".repeat(43);

void describe("A session's cookie", () => {
  const session = sessionOfOwner("ada", { verifiedEmail: "ada@example.com" });
  const setCookie = (origin: string, keys = keysOf(NEW), one: Session = session): Promise<string> =>
    sessionCookie(one, origin, keys, seconds());
  const read = async (header: string, origin: string, keys = keysOf(NEW)) =>
    await sessionOf(requestWith({ cookie: header.replace(/;.*/, "") }), origin, keys);

  void test("is for this host alone, for no script, and for no other site's requests", async () => {
    assert.match(
      await setCookie(HTTPS),
      /^__Host-in-session=[\w.-]+; Max-Age=(3600|3599); Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  void test("is without the prefix on this machine, where there is no TLS", async () => {
    assert.match(
      await setCookie(LOOPBACK),
      /^in-session=[\w.-]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  void test("says the session again", async () => {
    for (const origin of [HTTPS, LOOPBACK]) {
      assert.deepEqual(await read(await setCookie(origin), origin), session);
    }
    const unnamed = sessionOfOwner("eve");
    const header = await setCookie(HTTPS, keysOf(NEW), unnamed);
    assert.deepEqual(await read(header, HTTPS), unnamed);
  });

  void test("is one that browsers keep, however long the issuer's claims are", async () => {
    // In JSON, a control character takes the most.
    const user = { ...session, owner: "A".repeat(22), channel: "c".repeat(32) };
    const name = "\u0001".repeat(100_000);
    const verifiedEmail = "\u0001".repeat(254);
    const long = newSession({ ...user, name, verifiedEmail }, seconds());
    const header = await setCookie(HTTPS, keysOf(NEW), long);
    assert.ok(header.length <= 4_096, `${header.length} bytes`);
    assert.deepEqual(await read(header, HTTPS), long);
    assert.deepEqual([long.name, long.verifiedEmail], ["\u0001".repeat(128), verifiedEmail]);
    const longer = { ...user, name: `${"a".repeat(127)}🌊`, verifiedEmail: `${verifiedEmail}m` };
    const { name: shown, ...others } = newSession(longer, seconds());
    assert.equal(shown, "a".repeat(127));
    assert.ok(!("verifiedEmail" in others));
  });

  void test("is not the one of plain http where there is TLS", async () => {
    assert.equal(await read(await setCookie(LOOPBACK), HTTPS), undefined);
  });

  void test("is removed by an empty one that is over", async () => {
    assert.match(
      noSessionCookie(HTTPS),
      /^__Host-in-session=; Max-Age=0; Path=\/; HttpOnly; Secure/,
    );
    assert.equal(await read(noSessionCookie(HTTPS), HTTPS), undefined);
  });

  void test("is good until it expires", async () => {
    const over = { ...session, expiresAt: seconds() - 1 };
    assert.equal(await read(await setCookie(HTTPS, keysOf(NEW), over), HTTPS), "expired");
  });

  void test("outlives a rotation: it is accepted as long as its secret is one of two", async () => {
    const header = await setCookie(HTTPS, keysOf(OLD));
    assert.deepEqual(await read(header, HTTPS, keysOf(NEW, OLD)), session);
    assert.equal(await read(header, HTTPS, keysOf(NEW)), "forged");
    const both = await setCookie(HTTPS, keysOf(NEW, OLD));
    assert.deepEqual(await read(both, HTTPS, keysOf(NEW)), session);
    const over = await setCookie(HTTPS, keysOf(OLD), { ...session, expiresAt: seconds() - 1 });
    assert.equal(await read(over, HTTPS, keysOf(NEW, OLD)), "expired");
  });

  void test("is refused when anything in it was changed", async () => {
    const header = await setCookie(HTTPS);
    const [, text = ""] = /=([^;]*)/.exec(header) ?? [];
    const [head = "", body = "", signature = ""] = text.split(".");
    const claims = { ...decodeJwt(text), sub: "bob" };
    const changed = Buffer.from(JSON.stringify(claims)).toString("base64url");
    const unsigned = new UnsecuredJWT(claims).setAudience("session").encode();
    const flipped = signature.startsWith("A") ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    const stranger = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS512" })
      .setAudience("session")
      .sign(keysOf(NEW)[0] ?? new Uint8Array());
    for (const forged of [
      `${head}.${changed}.${signature}`,
      `${head}.${body}.${flipped}`,
      `${head}.${body}.`,
      unsigned,
      stranger,
      "nonsense",
    ]) {
      assert.equal(await read(`__Host-in-session=${forged}`, HTTPS), "forged", forged);
    }
  });

  void test("is not what was signed for a sign-in, nor claims of another shape", async () => {
    const { sub, exp, ...claims } = decodeJwt(/=([^;]*)/.exec(await setCookie(HTTPS))?.[1] ?? "");
    const expiresAt = exp ?? 0;
    const other = await sign("sign-in", { sub: sub ?? "", ...claims }, expiresAt, keysOf(NEW));
    assert.equal(await read(`__Host-in-session=${other}`, HTTPS), "forged");
    const shapeless = await sign("session", { sub: "ada" }, expiresAt, keysOf(NEW));
    assert.equal(await read(`__Host-in-session=${shapeless}`, HTTPS), "forged");
    assert.equal(await verify("sign-in", shapeless, keysOf(NEW)), "forged");
  });

  void test("is renewed when half of its hour is over, for twelve hours", () => {
    const start = seconds();
    const young = sessionOfOwner("ada", { signedInAt: start, expiresAt: start + 3_600 });
    assert.equal(renewed(young, start + 1_799), undefined);
    assert.deepEqual(renewed(young, start + 1_800), { ...young, expiresAt: start + 5_400 });
    const old = { ...young, expiresAt: start + 12 * 3_600 - 900 };
    assert.deepEqual(renewed(old, start + 12 * 3_600 - 1_000), {
      ...old,
      expiresAt: start + 12 * 3_600,
    });
    const oldest = { ...young, expiresAt: start + 12 * 3_600 };
    assert.equal(renewed(oldest, start + 12 * 3_600 - 1), undefined);
  });
});

void describe("A request is of this edge's own page", () => {
  const cases: readonly [Record<string, string>, boolean][] = [
    [{ "sec-fetch-site": "same-origin" }, true],
    [{ "sec-fetch-site": "same-origin", origin: HTTPS }, true],
    [{ origin: HTTPS }, true],
    [{}, false],
    [{ "sec-fetch-site": "none" }, false],
    [{ "sec-fetch-site": "same-site" }, false],
    [{ "sec-fetch-site": "cross-site", origin: HTTPS }, false],
    [{ "sec-fetch-site": "same-origin", origin: "https://evil.example" }, false],
    [{ origin: "https://evil.example" }, false],
    [{ origin: "http://edge.example" }, false],
    [{ origin: "https://edge.example:8443" }, false],
    [{ origin: "null" }, false],
  ];
  for (const [headers, expected] of cases) {
    void test(`${expected ? "yes" : "no"}: ${JSON.stringify(headers)}`, () => {
      assert.equal(isSameOrigin(requestWith(headers), HTTPS), expected);
    });
  }
});

/** Node's own `Request` keeps no `Origin` and no `Cookie`. */
function requestWith(headers: Record<string, string>): Request {
  return { headers: new Headers(headers) } as Request;
}
