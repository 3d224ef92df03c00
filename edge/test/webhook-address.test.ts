import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import { parseAllowedHosts, refusalOf } from "../src/webhooks/address.js";
import { parseRetryAfter } from "../src/webhooks/sender.js";

const NOBODY = new Set<string>();

void describe("A webhook's URL", () => {
  void test("may be any public name by https", () => {
    for (const url of [
      "https://hooks.example/in?key=1",
      "https://hooks.example:443/",
      "https://hooks.example:8443/",
      "https://hooks.example./",
      "https://xn--bcher-kva.example/",
      "https://local.example/",
    ]) {
      assert.equal(refusalOf(url, NOBODY), undefined, url);
    }
  });

  void test("is no address, however it is written", () => {
    for (const host of [
      ...["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "8.8.8.8", "0.0.0.0"],
      ...["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.1."],
      ...["[::1]", "[::ffff:127.0.0.1]", "[fd00::1]", "[fe80::1]", "[2001:4860:4860::8888]"],
    ]) {
      assert.equal(refusalOf(`https://${host}/`, NOBODY), "must have a public host name", host);
    }
  });

  void test("is no name of a private network", () => {
    for (const host of [
      ...["localhost", "LOCALHOST", "localhost.", "a.localhost", "router", "printer.local"],
      ...["metadata.google.internal", "nas.lan", "nas.home.arpa", "1.0.0.127.in-addr.arpa"],
      ...["db.corp", "a.test", "a.invalid"],
    ]) {
      assert.equal(refusalOf(`https://${host}/`, NOBODY), "must have a public host name", host);
    }
  });

  void test("is read as strictly as it is sent", () => {
    for (const [url, refusal] of [
      ["http://hooks.example/", /^must be https$/],
      ["ftp://hooks.example/", /^must be an absolute https URL/],
      ["https:hooks.example", /^must be an absolute https URL/],
      ["https://hooks.example/\n", /^must be an absolute https URL/],
      ["https://hooks.example\\@127.0.0.1/", /^must be an absolute https URL/],
      [`https://hooks.example/${"a".repeat(2048)}`, /^must be an absolute https URL/],
      ["https://me@hooks.example/", /user name/],
      ["https://:secret@hooks.example/", /password/],
      ["https://hooks.example/#part", /fragment/],
      ["https://hooks.example:22/", /port/],
      ["https://hooks.example:80/", /port/],
    ] as const) {
      assert.match(refusalOf(url, NOBODY) ?? "allowed", refusal, url);
    }
  });

  void test("may be any of the hosts that IN_FETCH_ALLOW names, and no other", () => {
    const allowed = parseAllowedHosts("127.0.0.1:9000, [::1]:80,localhost:443") ?? NOBODY;
    for (const url of ["http://127.0.0.1:9000/a", "https://localhost/", "http://[::1]/"]) {
      assert.equal(refusalOf(url, allowed), undefined, url);
    }
    for (const url of [
      "http://127.0.0.1:9001/",
      "http://127.0.0.2:9000/",
      "http://localhost/",
      "http://me@127.0.0.1:9000/",
    ]) {
      assert.notEqual(refusalOf(url, allowed), undefined, url);
    }
  });
});

void describe("IN_FETCH_ALLOW", () => {
  void test("is a list of host:port", () => {
    assert.deepEqual(parseAllowedHosts(""), NOBODY);
    assert.deepEqual(parseAllowedHosts("A.example:80"), new Set(["a.example:80"]));
    for (const text of ["127.0.0.1", "http://a.example:80", "a.example:80/x", "a:99999", ":80"]) {
      assert.equal(parseAllowedHosts(text), undefined, text);
    }
  });
});

void describe("Retry-After", () => {
  void test("is a number of seconds, or a date", () => {
    const now = Date.parse("2026-11-26T08:00:00Z");
    assert.equal(parseRetryAfter("120", now), 120_000);
    assert.equal(parseRetryAfter("Thu, 26 Nov 2026 08:01:00 GMT", now), 60_000);
    assert.equal(parseRetryAfter("Thu, 26 Nov 2026 07:00:00 GMT", now), 0);
    assert.equal(parseRetryAfter("soon", now), undefined);
    assert.equal(parseRetryAfter("", now), undefined);
    assert.equal(parseRetryAfter(null, now), undefined);
  });
});
