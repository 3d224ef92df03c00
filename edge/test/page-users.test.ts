import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { skip } from "./support/browser.js";
import { TestIssuer } from "./support/issuer.js";
import { cardOf, PageStage, sendAddress } from "./support/page-stage.js";
import { harbour, type Scene } from "./support/pictures.js";

const AUDIENCE = "in-users";

void describe("Where the edge wants to know its users, the page", { skip }, () => {
  let users: TestIssuer;
  let it: PageStage;
  let scene: Scene;
  before(async () => {
    users = await TestIssuer.start();
    it = await PageStage.start({
      AUTH_MODE: "oidc",
      IN_USER_OIDC_ISSUER: users.url,
      IN_USER_OIDC_AUDIENCE: AUDIENCE,
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
    await page.getByLabel("Your ID token").fill(token);
    await page.keyboard.press("Enter");
  };
  const asks = (page: Page) => page.getByRole("heading", { name: "Who are you?" });

  void test("asks for a token first, and shows a picture that only its owner may see", () =>
    it.visit(async (page) => {
      await asks(page).waitFor();
      await sendAddress(page, "https://pictures.example/too-early.png");
      const field = page.getByLabel("Your ID token");
      assert.equal(await field.evaluate((element) => element === document.activeElement), true);
      assert.equal(await page.locator("article").count(), 0);

      await use(page, await tokenOf("ada"));
      await asks(page).waitFor({ state: "hidden" });
      const url = "https://pictures.example/ada.png";
      await sendAddress(page, url);
      const taskId = await it.taskOfAddress(url);
      await it.download(taskId, scene.bytes);
      await it.complete(taskId, scene.result);
      await cardOf(page, "pictures.example/ada.png").getByRole("img").waitFor();
      assert.ok(it.storage.requests.includes(`GET tasks/${taskId}/1/original`));
      assert.deepEqual(it.storage.tokens, []);
    }));

  void test("keeps the token in memory alone, and asks again after a reload", () =>
    it.visit(async (page) => {
      const token = await tokenOf("grace");
      await use(page, token);
      const url = "https://pictures.example/grace.png";
      await sendAddress(page, url);
      await it.taskOfAddress(url);
      const kept = await page.evaluate(() =>
        [localStorage, sessionStorage]
          .map((storage) => JSON.stringify(storage))
          .concat(document.cookie)
          .join(),
      );
      assert.match(kept, /grace\.png/);
      assert.ok(!kept.includes(token.slice(-20)));

      await page.reload();
      await asks(page).waitFor();
      assert.equal(await page.locator("article").count(), 0);
      await use(page, await tokenOf("grace"));
      await cardOf(page, "pictures.example/grace.png").getByText("Downloading").first().waitFor();
    }));

  void test("shows each of two owners their own pictures, in the same browser", () =>
    it.visit(async (page) => {
      await use(page, await tokenOf("one"));
      await sendAddress(page, "https://pictures.example/of-one.png");
      await cardOf(page, "pictures.example/of-one.png").getByText("Downloading").first().waitFor();

      await page.getByRole("button", { name: "Use another token" }).click();
      await use(page, await tokenOf("two"));
      await page.getByText("None yet.").waitFor();
      await sendAddress(page, "https://pictures.example/of-two.png");
      await cardOf(page, "pictures.example/of-two.png").getByText("Downloading").first().waitFor();
      assert.equal(await page.locator("article").count(), 1);

      await page.getByRole("button", { name: "Use another token" }).click();
      await use(page, await tokenOf("one"));
      await cardOf(page, "pictures.example/of-one.png").getByText("Downloading").first().waitFor();
      assert.equal(await page.locator("article").count(), 1);
    }));

  void test("says what is wrong with a token, and goes on with a better one", () =>
    it.visit(async (page) => {
      await use(page, "no token");
      await page.getByText("This is no ID token").waitFor();
      const past = Math.floor(Date.now() / 1000) - 10;
      await use(page, await tokenOf("late", { exp: past }));
      const url = "https://pictures.example/late.png";
      await sendAddress(page, url);
      await page.getByText("iN did not accept this token.").waitFor();
      await use(page, await tokenOf("late"));
      await it.taskOfAddress(url);
      await cardOf(page, "pictures.example/late.png").getByText("Downloading").first().waitFor();
      assert.equal(await page.locator("article").count(), 1);
    }));
});
