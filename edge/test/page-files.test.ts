import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { usersOf } from "./support/channels.js";
import { assertProblem, Stage } from "./support/stage.js";

void describe("The page's files", () => {
  let stage: Stage;
  before(async () => (stage = await Stage.start({ STORAGE_ENDPOINT: "https://bucket.example" })));
  after(() => stage.stop());

  void test("are served with their types", async () => {
    for (const [path, type] of [
      ["/", "text/html; charset=utf-8"],
      ["/page/app.js", "text/javascript; charset=utf-8"],
      ["/page/style.css", "text/css; charset=utf-8"],
      ["/page/icon.svg", "image/svg+xml"],
    ] as const) {
      const response = await stage.edge.fetch(path);
      assert.equal(response.status, 200, path);
      assert.equal(response.headers.get("content-type"), type);
      assert.equal(response.headers.get("x-content-type-options"), "nosniff");
      assert.ok((await response.text()).length > 100);
    }
  });

  void test("may run nothing else, and talk to this edge and the bucket alone", async () => {
    const { headers } = await stage.edge.fetch("/");
    assert.equal(
      headers.get("content-security-policy"),
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; " +
        "connect-src 'self' https://bucket.example; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
    assert.equal(headers.get("referrer-policy"), "no-referrer");
    assert.equal(headers.get("cross-origin-opener-policy"), "same-origin");
  });

  void test("refer to nothing elsewhere", async () => {
    const html = await (await stage.edge.fetch("/")).text();
    const references = Array.from(html.matchAll(/(?:src|href)="([^"]*)"/g), ([, url]) => url);
    assert.ok(references.length > 3);
    for (const url of references) {
      assert.match(url ?? "", /^(#|\/(page|healthz))/);
    }
    const style = await (await stage.edge.fetch("/page/style.css")).text();
    assert.doesNotMatch(style, /url\(|@import/);
  });

  void test("are asked for again, and not sent again while they are the same", async () => {
    for (const path of ["/", "/page/app.js"]) {
      const first = await stage.edge.fetch(path);
      await first.text();
      assert.equal(first.headers.get("cache-control"), "no-cache");
      const etag = first.headers.get("etag") ?? "";
      assert.match(etag, /^"[A-Za-z0-9+/=]{44}"$/);
      const again = await stage.edge.fetch(path, { headers: { "if-none-match": etag } });
      assert.equal(again.status, 304);
      assert.equal(await again.text(), "");
      const other = await stage.edge.fetch(path, { headers: { "if-none-match": '"other"' } });
      assert.equal(other.status, 200);
    }
  });

  void test("are these and no others", async () => {
    for (const path of ["/page/constructor", "/page/app.ts", "/page/"]) {
      await assertProblem(await stage.edge.fetch(path), 404, "not_found");
    }
  });
});

void describe("The page knows whether to ask for a token", () => {
  const authOf = async (overrides: Record<string, string>): Promise<string | undefined> => {
    const stage = await Stage.start(overrides);
    try {
      const html = await (await stage.edge.fetch("/")).text();
      return /<html lang="en" data-auth="(\w*)">/.exec(html)?.[1];
    } finally {
      await stage.stop();
    }
  };

  void test("no", async () => {
    assert.equal(await authOf({}), "none");
  });

  void test("yes", async () => {
    assert.equal(await authOf(usersOf("https://users.example", "in")), "oidc");
  });

  void test("or that this edge is not set up", async () => {
    assert.equal(await authOf({ STORAGE_ENDPOINT: "nonsense" }), "unconfigured");
  });
});
