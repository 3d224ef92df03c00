import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { assertAccessible } from "./support/accessible.js";
import { skip } from "./support/browser.js";
import { channelFile, SESSION_SECRET } from "./support/channels.js";
import { TestIssuer } from "./support/issuer.js";
import { cardOf, PageStage, submitUrl, tileOf, tilesOf } from "./support/page-stage.js";
import { TestProvider } from "./support/provider.js";
import { TestServer } from "./support/server.js";

const CLIENT_SECRET = "of the client of globex";

const redirectTo = (edge: string, channel: string) => ({
  redirect_uris: [`${edge}/v1/session/callback/${channel}`],
  response_types: ["code" as const],
  grant_types: ["authorization_code"],
});
const acmeClient = (edge: string) => ({
  ...redirectTo(edge, "acme"),
  client_id: "in-acme",
  token_endpoint_auth_method: "none" as const,
});

/** The link by which users of that channel sign in. */
const link = (page: Page, channel: string) =>
  page.getByRole("link", { name: `Sign in with ${channel}` });
const account = (page: Page) => page.locator("#account");

/** With the keyboard alone. */
const signIn = async (page: Page, channel: string, user: string): Promise<void> => {
  await link(page, channel).focus();
  await page.keyboard.press("Enter");
  await page.locator("input[name=login]").fill(user);
  await page.locator("input[name=password]").fill("any");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Continue" }).press("Enter");
  await account(page).waitFor();
};
/** Forgets the provider's own session, so that it asks again who the user is. */
const signOut = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Sign out" }).press("Enter");
  await link(page, "Acme").waitFor();
  await page.context().clearCookies();
};

void describe("Where users of two partners sign in, the page", { skip }, () => {
  let provider: TestProvider;
  let it: PageStage;
  before(async () => {
    provider = await TestProvider.start();
    const issuer = provider.url;
    it = await PageStage.start({
      AUTH_MODE: "oidc",
      IN_CHANNELS: channelFile(
        { name: "acme", issuer, audience: "in-acme", signIn: { title: "Acme" } },
        {
          name: "globex",
          issuer,
          audience: "in-globex",
          signIn: { title: "Globex", confidential: true },
        },
      ),
      SESSION_SECRETS: SESSION_SECRET,
      CLIENT_SECRETS: JSON.stringify({ globex: CLIENT_SECRET }),
    });
    await provider.serve([
      acmeClient(it.stage.edge.url),
      {
        ...redirectTo(it.stage.edge.url, "globex"),
        client_id: "in-globex",
        client_secret: CLIENT_SECRET,
      },
    ]);
  });
  after(async () => {
    await it.stop();
    await provider.stop();
  });

  void test("shows each of them their own images only, until they sign out", () =>
    it.visit(async (page) => {
      await link(page, "Globex").waitFor();
      assert.equal(await page.getByLabel("ID token").isVisible(), false);
      await assertAccessible(page);
      await submitUrl(page, "https://images.example/too-early.png");
      assert.equal(
        await link(page, "Acme").evaluate((element) => element === document.activeElement),
        true,
      );

      await signIn(page, "Acme", "ada");
      assert.equal(
        await account(page).locator("p").innerText(),
        "Signed in as ada@example.com (Acme)",
      );
      await assertAccessible(page);
      await submitUrl(page, "https://images.example/of-acme.png");
      await cardOf(page, "images.example/of-acme.png").getByText("Downloading").first().waitFor();
      await tileOf(page, "of-acme.png").waitFor();

      await signOut(page);
      assert.equal(await account(page).isVisible(), false);
      assert.equal(await page.locator("article, .tile").count(), 0);

      // The same person, through another partner.
      await signIn(page, "Globex", "ada");
      await page.getByText("No images yet.").waitFor();
      await submitUrl(page, "https://images.example/of-globex.png");
      await tileOf(page, "of-globex.png").waitFor();
      assert.deepEqual(await tilesOf(page), ["of-globex.png"]);

      await signOut(page);
      await signIn(page, "Acme", "ada");
      await tileOf(page, "of-acme.png").waitFor();
      assert.deepEqual(await tilesOf(page), ["of-acme.png"]);
    }));

  void test("is signed in after a reload and in other windows, until one signs out", () =>
    it.visit(async (page) => {
      await signIn(page, "Acme", "grace");
      await page.reload();
      await account(page).waitFor();
      const other = await page.context().newPage();
      await other.goto(it.stage.edge.url);
      await account(other).waitFor();
      assert.equal(await page.evaluate(() => document.cookie), "");

      await page.getByRole("button", { name: "Sign out" }).click();
      await link(page, "Acme").waitFor();
      await link(other, "Acme").waitFor();
      assert.equal(await account(other).isVisible(), false);
      assert.equal(await other.locator("article, .tile").count(), 0);
    }));

  void test("asks again when the session has ended", () =>
    it.visit(async (page) => {
      await signIn(page, "Globex", "late");
      await page.context().clearCookies();
      await submitUrl(page, "https://images.example/late.png");
      await page.getByText("Your session has ended. Please sign in again.").waitFor();
      assert.equal(await account(page).isVisible(), false);
      assert.equal(await link(page, "Globex").isVisible(), true);
      await assertAccessible(page);
    }));

  void test("says why nobody is signed in, once", () =>
    it.visit(
      async (page) => {
        await page.getByText("the sign-in was cancelled").waitFor();
        assert.equal(page.url(), `${it.stage.edge.url}/`);
        await assertAccessible(page);
        await page.goto(`${it.stage.edge.url}/v1/session/callback/acme?code=none&state=none`);
        await page.getByText("was begun in another browser").waitFor();
        await page.reload();
        await link(page, "Acme").waitFor();
        assert.equal(await page.locator("#sign-in-error").textContent(), "");
      },
      {},
      `${it.stage.edge.url}/?signin=denied`,
    ));

  void test("is the only one for which its cookie counts: another site's request is nobody's", async () => {
    const target = `${it.stage.edge.url}/v1/tasks`;
    const form = `<form method="post" action="${target}"><button>Win a prize</button></form>`;
    const evil = await TestServer.start((_request, _body, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(`<title>Elsewhere</title>${form}`);
    });
    try {
      await it.visit(async (page) => {
        await signIn(page, "Acme", "eve");
        await page.goto(evil.url);
        // Another port is the same site to a browser, so it sends even a cookie that is SameSite.
        await page.getByRole("button", { name: "Win a prize" }).click();
        await page
          .getByText("a session counts only in requests of this edge's own pages")
          .waitFor();
        await page.goto(evil.url);
        const status = await page.evaluate(
          (url) =>
            new Promise((resolve) => {
              const socket = new WebSocket(url);
              socket.onopen = () => resolve("open");
              socket.onerror = () => resolve("refused");
            }),
          `${it.stage.edge.url.replace("http", "ws")}/v1/ws`,
        );
        assert.equal(status, "refused");
        const [complaint = "", ...others] = it.browser.complaints();
        assert.match(complaint, /^WebSocket connection to .* failed: HTTP Authentication failed/);
        assert.deepEqual(others, []);
      });
    } finally {
      await evil.stop();
    }
  });
});

void describe(
  "Where local accounts bring tokens, and a partner's users sign in, the page",
  {
    skip,
  },
  () => {
    let accounts: TestIssuer;
    let provider: TestProvider;
    let it: PageStage;
    before(async () => {
      accounts = await TestIssuer.start();
      provider = await TestProvider.start();
      it = await PageStage.start({
        AUTH_MODE: "oidc",
        IN_CHANNELS: channelFile(
          { name: "accounts", issuer: accounts.url, audience: "in-accounts" },
          { name: "acme", issuer: provider.url, audience: "in-acme", signIn: { title: "Acme" } },
        ),
        SESSION_SECRETS: SESSION_SECRET,
      });
      await provider.serve([acmeClient(it.stage.edge.url)]);
    });
    after(async () => {
      await it.stop();
      await provider.stop();
      await accounts.stop();
    });

    /** With the keyboard alone. */
    const bringToken = async (page: Page, user: string): Promise<void> => {
      const field = page.getByLabel("ID token");
      await field.fill(await accounts.token({ aud: "in-accounts", sub: user }));
      await field.press("Enter");
      await field.waitFor({ state: "hidden" });
    };

    void test("shows each of them their own images only, in the same browser", () =>
      it.visit(async (page) => {
        await link(page, "Acme").waitFor();
        await page.getByLabel("ID token").waitFor();
        await assertAccessible(page);

        await bringToken(page, "ada");
        await submitUrl(page, "https://images.example/of-accounts.png");
        await tileOf(page, "of-accounts.png").waitFor();
        await assertAccessible(page);

        // The token is in this window's memory alone. The same person, through the partner.
        await page.reload();
        await signIn(page, "Acme", "ada");
        await page.getByText("No images yet.").waitFor();
        await submitUrl(page, "https://images.example/of-acme.png");
        await tileOf(page, "of-acme.png").waitFor();
        assert.deepEqual(await tilesOf(page), ["of-acme.png"]);

        await signOut(page);
        assert.equal(await page.locator("article, .tile").count(), 0);
        await bringToken(page, "ada");
        await tileOf(page, "of-accounts.png").waitFor();
        assert.deepEqual(await tilesOf(page), ["of-accounts.png"]);
      }));
  },
);
