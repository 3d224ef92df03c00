import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { usersOf } from "./support/channels.js";
import { skip } from "./support/browser.js";
import { TestIssuer } from "./support/issuer.js";
import { cardOf, PageStage, submitUrl, tileOf, tilesOf } from "./support/page-stage.js";
import { harbour, type Scene } from "./support/images.js";

const AUDIENCE = "in-users";

void describe("Where the edge authenticates its users, the page", { skip }, () => {
  let users: TestIssuer;
  let it: PageStage;
  let scene: Scene;
  before(async () => {
    users = await TestIssuer.start();
    it = await PageStage.start({
      ...usersOf(users.url, AUDIENCE),
    });
    scene = await harbour(it.browser);
  });
  after(async () => {
    await it.stop();
    await users.stop();
  });

  const tokenOf = (sub: string, claims = {}): Promise<string> =>
    users.token({ aud: AUDIENCE, sub, ...claims });
  const use = async (page: Page, token: string): Promise<void> => {
    await page.getByLabel("ID token").fill(token);
    await page.keyboard.press("Enter");
  };
  const asks = (page: Page) => page.getByRole("heading", { name: "Sign in" });

  void test("asks for a token first, and shows an image that only its owner may see", () =>
    it.visit(async (page) => {
      await asks(page).waitFor();
      await submitUrl(page, "https://images.example/too-early.png");
      const field = page.getByLabel("ID token");
      assert.equal(await field.evaluate((element) => element === document.activeElement), true);
      assert.equal(await page.locator("article").count(), 0);

      await use(page, await tokenOf("ada"));
      await asks(page).waitFor({ state: "hidden" });
      const url = "https://images.example/ada.png";
      await submitUrl(page, url);
      const taskId = await it.taskOfUrl(url);
      await it.download(taskId, scene.bytes);
      await it.complete(taskId, scene.result);
      await cardOf(page, "images.example/ada.png").getByRole("img").waitFor();
      assert.ok(it.storage.requests.includes(`GET tasks/${taskId}/1/original`));
      assert.deepEqual(it.storage.tokens, []);
    }));

  void test("keeps the token in memory alone, and asks again after a reload", () =>
    it.visit(async (page) => {
      const token = await tokenOf("grace");
      await use(page, token);
      const url = "https://images.example/grace.png";
      await submitUrl(page, url);
      await it.taskOfUrl(url);
      await tileOf(page, "grace.png").waitFor();
      const stored = await page.evaluate(() =>
        [localStorage, sessionStorage]
          .map((storage) => JSON.stringify(storage))
          .concat(document.cookie),
      );
      assert.deepEqual(stored, ["{}", "{}", ""]);

      await page.reload();
      await asks(page).waitFor();
      assert.equal(await page.locator("article, .tile").count(), 0);
      await use(page, await tokenOf("grace"));
      await tileOf(page, "grace.png").getByText("Downloading").waitFor();
    }));

  void test("shows each of two owners their own images, in the same browser", () =>
    it.visit(async (page) => {
      await use(page, await tokenOf("one"));
      await submitUrl(page, "https://images.example/of-one.png");
      await cardOf(page, "images.example/of-one.png").getByText("Downloading").first().waitFor();
      await page.getByRole("searchbox").fill("one");
      await page.keyboard.press("Enter");
      await tileOf(page, "of-one.png").waitFor();

      await page.getByRole("button", { name: "Use another token" }).click();
      await use(page, await tokenOf("two"));
      await page.getByText("No images yet.").waitFor();
      await submitUrl(page, "https://images.example/of-two.png");
      await cardOf(page, "images.example/of-two.png").getByText("Downloading").first().waitFor();
      assert.equal(await page.locator("article").count(), 1);
      await tileOf(page, "of-two.png").waitFor();
      assert.equal(await page.getByRole("searchbox").inputValue(), "");
      assert.deepEqual(await tilesOf(page), ["of-two.png"]);

      await page.getByRole("button", { name: "Use another token" }).click();
      await use(page, await tokenOf("one"));
      await tileOf(page, "of-one.png").getByText("Downloading").waitFor();
      assert.deepEqual(await tilesOf(page), ["of-one.png"]);
      assert.equal(await page.locator("article").count(), 0);
    }));

  void test("says what is wrong with a token, and goes on with a better one", () =>
    it.visit(async (page) => {
      await use(page, "no token");
      await page.getByText("This is not an ID token").waitFor();
      const past = Math.floor(Date.now() / 1000) - 10;
      await use(page, await tokenOf("late", { exp: past }));
      const url = "https://images.example/late.png";
      await submitUrl(page, url);
      await page.getByText("iN did not accept this token.").waitFor();
      await use(page, await tokenOf("late"));
      await it.taskOfUrl(url);
      await cardOf(page, "images.example/late.png").getByText("Downloading").first().waitFor();
      assert.equal(await page.locator("article").count(), 1);
    }));
});
