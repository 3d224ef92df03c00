import { strict as assert } from "node:assert";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { putEntry } from "./support/account.js";
import { assertAccessible } from "./support/accessible.js";
import { skip } from "./support/browser.js";
import { harbour, type Scene } from "./support/images.js";
import { openImage, PageStage, tileOf } from "./support/page-stage.js";

const SCREENSHOTS = "dist/screenshots";
const LOOKS = (["light", "dark"] as const).flatMap((colorScheme) => [
  { name: `desktop-${colorScheme}`, colorScheme, viewport: { width: 1200, height: 900 } },
  { name: `phone-${colorScheme}`, colorScheme, viewport: { width: 320, height: 640 } },
]);

void describe("An image of the library", { skip }, () => {
  let it: PageStage;
  let scene: Scene;
  before(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    it = await PageStage.start();
    scene = await harbour(it.browser);
  });
  afterEach(() => it.empty());
  after(() => it.stop());

  const submit = async (fileName: string): Promise<string> => {
    const imageUrl = `https://images.example/${fileName}`;
    const taskId = await it.stage.submit({ imageUrl, fileName });
    await it.download(taskId, scene.bytes);
    return taskId;
  };
  const focused = (page: Page): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement;
      return (
        element?.getAttribute("aria-label") ??
        element?.querySelector(":scope > * > .name")?.textContent ??
        (element?.id || element?.textContent) ??
        ""
      );
    });
  const press = async (page: Page, key: string): Promise<string> => {
    await page.keyboard.press(key);
    return await focused(page);
  };

  void test("is found, opened, closed and deleted with the keyboard alone", async () => {
    for (const name of ["three.png", "two.png", "one.png"]) {
      await submit(name);
    }
    await it.visit(async (page) => {
      await tileOf(page, "one.png").waitFor();
      await page.getByText("What to look for").first().focus();
      assert.equal(await press(page, "Tab"), "query");
      assert.equal(await press(page, "Tab"), "status");
      assert.equal(await press(page, "Tab"), "Search");
      assert.equal(await press(page, "Tab"), "How to search");
      assert.equal(await press(page, "Tab"), "one.png");
      assert.equal(await press(page, "Tab"), "two.png");

      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name: "two.png" });
      await dialog.waitFor();
      assert.equal(await focused(page), "close-viewer");
      assert.equal(await press(page, "Escape"), "two.png");
      await dialog.waitFor({ state: "hidden" });

      await page.keyboard.press("Enter");
      assert.equal(await press(page, "Tab"), "Delete two.png");
      await page.keyboard.press("Enter");
      const question = page.getByRole("dialog", { name: "Delete two.png?" });
      await question.waitFor();
      assert.equal(await focused(page), "confirm-keep");
      // Kept, and then not.
      assert.equal(await press(page, "Enter"), "Delete two.png");
      await page.keyboard.press("Enter");
      assert.equal(await press(page, "Escape"), "Delete two.png");
      await page.keyboard.press("Enter");
      assert.equal(await press(page, "Tab"), "confirm-delete");
      await page.route("**/v1/tasks?*", async (route) => {
        await dialog.waitFor({ state: "hidden" });
        await route.continue();
      });
      await page.keyboard.press("Enter");
      await tileOf(page, "two.png").waitFor({ state: "detached" });
      assert.equal(await page.locator(".tile").count(), 2);
      assert.equal(await focused(page), "three.png");
    });
  });

  void test("hands the focus to its neighbour when it is deleted elsewhere", async () => {
    await submit("three.png");
    const two = await submit("two.png");
    const one = await submit("one.png");
    await it.visit(async (page) => {
      const remove = async (taskId: string, name: string): Promise<void> => {
        await it.stage.edge.fetch(`/v1/tasks/${taskId}`, { method: "DELETE" });
        await tileOf(page, name).waitFor({ state: "detached" });
      };
      await tileOf(page, "two.png").focus();
      await remove(two, "two.png");
      assert.equal(await focused(page), "three.png");
      await remove(one, "one.png");
      assert.equal(await focused(page), "three.png");
      await it.empty();
      await tileOf(page, "three.png").waitFor({ state: "detached" });
      assert.equal(await focused(page), "images-heading");
    });
  });

  void test("leaves the focus on the heading when its tile went before it", async () => {
    await submit("two.png");
    const one = await submit("one.png");
    await it.visit(async (page) => {
      await openImage(page, "one.png");
      const dialog = page.getByRole("dialog", { name: "one.png" });
      await dialog.getByText("Reading metadata").first().waitFor();
      await page.route(`**/v1/tasks/${one}/events?*`, async (route) => {
        await tileOf(page, "one.png").waitFor({ state: "detached" });
        await route.continue();
      });
      await it.stage.edge.fetch(`/v1/tasks/${one}`, { method: "DELETE" });
      await page.locator("#images-heading:focus").waitFor();
      assert.equal(await dialog.isVisible(), false);
    });
  });

  for (const { name, ...look } of LOOKS) {
    void test(`is accessible in the list, open, and when it is to be deleted (${name})`, async () => {
      const taskId = await submit("harbour.png");
      await it.complete(taskId, scene.result);
      const found = { contentType: "image/png", width: 960, height: 640, labels: ["sea", "sun"] };
      await putEntry(it.stage, taskId, { fileName: "harbour.png", ...found });
      await it.fail(
        await submit("a-name-without-any-space-that-is-too-long.jpg"),
        "internal",
        "ai",
      );
      await submit("quay.png");
      await it.visit(async (page) => {
        await tileOf(page, "harbour.png").scrollIntoViewIfNeeded();
        await tileOf(page, "harbour.png").locator("canvas").waitFor();
        await page.getByText("How to search").click();
        await assertAccessible(page);
        await page.screenshot({ path: join(SCREENSHOTS, `library-${name}.png`) });
        const card = await openImage(page, "harbour.png");
        await card.locator(".overlay").waitFor();
        await assertAccessible(page);
        await page.screenshot({ path: join(SCREENSHOTS, `viewer-${name}.png`) });
        await page.getByRole("button", { name: "Delete harbour.png" }).click();
        await page.getByText("deleted for good").waitFor();
        await assertAccessible(page);
        await page.screenshot({ path: join(SCREENSHOTS, `confirm-${name}.png`) });
        const inside = await page
          .locator("dialog:modal")
          .evaluateAll((dialogs) =>
            dialogs.every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth),
          );
        assert.ok(inside, "something in the dialog is wider than it");
      }, look);
    });
  }
});
