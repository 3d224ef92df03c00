import { strict as assert } from "node:assert";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { usersOf } from "./support/channels.js";
import { skip } from "./support/browser.js";
import { CuttableLine } from "./support/cuttable-line.js";
import { assertAccessible } from "./support/accessible.js";
import { cardOf, PageStage, submitUrl, tileOf } from "./support/page-stage.js";
import { harbour, type Scene, variant } from "./support/images.js";

const SCREENSHOTS = "dist/screenshots";
const DESKTOP = { width: 1200, height: 900 };
const PHONE = { width: 360, height: 740 };
const LOOKS = (["light", "dark"] as const).flatMap((colorScheme) => [
  { name: `desktop-${colorScheme}`, colorScheme, viewport: DESKTOP },
  { name: `phone-${colorScheme}`, colorScheme, viewport: PHONE },
]);

void describe("The page is for everybody", { skip }, () => {
  let it: PageStage;
  let scene: Scene;
  before(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    it = await PageStage.start();
    scene = await harbour(it.browser);
  });
  after(() => it.stop());

  let fills = 0;

  /** Puts one image of each kind on the page: completed, failed, in progress, refused. */
  const fill = async (page: Page): Promise<void> => {
    fills++;
    const address = (name: string): string => `https://images.example/${fills}/${name}`;
    const bytes = variant(scene, fills);
    const files = [
      { name: "harbour.png", mimeType: "image/png", buffer: bytes },
      { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("not an image") },
    ];
    await page.getByLabel("Choose files").setInputFiles(files);
    await it.complete(await it.taskOfFile(bytes), scene.result);
    await submitUrl(page, address("gone.jpg"));
    await it.fail(await it.taskOfUrl(address("gone.jpg")), "source_not_found", "download");
    await submitUrl(page, address("quay.png"));
    await it.download(await it.taskOfUrl(address("quay.png")), scene.bytes);
    await page.getByText(/^Completed in/).waitFor();
    await page.getByText("Failed", { exact: true }).first().waitFor();
    await cardOf(page, `images.example/${fills}/quay.png`).getByRole("img").waitFor();
    // An image is loaded when it comes near the visible part.
    await cardOf(page, "harbour.png").scrollIntoViewIfNeeded();
    await cardOf(page, "harbour.png").locator(".overlay").waitFor();
    await page.evaluate(() => scrollTo(0, 0));
  };

  for (const { name, ...look } of LOOKS) {
    void test(`axe finds nothing on it, empty and full (${name})`, () =>
      it.visit(async (page) => {
        await it.empty();
        await page.getByText("No images yet.").waitFor();
        await assertAccessible(page);
        await fill(page);
        await page.getByText("What to look for").first().click();
        await page.getByText("How to search").click();
        await assertAccessible(page);
        await page.evaluate(() => {
          document.querySelectorAll("details").forEach((details) => (details.open = false));
          if (document.activeElement instanceof HTMLElement) {
            document.activeElement.blur();
          }
        });
        await page.screenshot({ path: join(SCREENSHOTS, `page-${name}.png`), fullPage: true });
      }, look));

    void test(`nor when it is without a connection (${name})`, async () => {
      const line = await CuttableLine.to(it.stage.edge.url);
      try {
        const lose = async (page: Page): Promise<void> => {
          await submitUrl(page, "https://images.example/a.png");
          await page.getByText("Downloading").first().waitFor();
          line.cut();
          await page.getByText("Connection lost.").waitFor();
          await assertAccessible(page);
        };
        await it.visit(lose, look, line.url);
      } finally {
        await line.stop();
      }
    });
  }

  void test("axe finds nothing where it asks the user to sign in", async () => {
    const closed = await PageStage.start(usersOf("https://users.example", "in"));
    try {
      await closed.visit(async (page) => {
        await page.getByLabel("ID token").fill("nonsense");
        await page.keyboard.press("Enter");
        await page.getByText("This is not an ID token").waitFor();
        await assertAccessible(page);
      });
    } finally {
      await closed.stop();
    }
  });

  void test("nothing is wider than a window of 320 pixels", () =>
    it.visit(
      async (page) => {
        await fill(page);
        await assertAccessible(page);
      },
      { viewport: { width: 320, height: 640 } },
    ));

  void test("everything can be done with the keyboard alone", () =>
    it.visit(async (page) => {
      const focused = (): Promise<string> =>
        page.evaluate(() => {
          const element = document.activeElement;
          return element?.getAttribute("aria-label") ?? (element?.id || element?.textContent) ?? "";
        });
      const tab = async (times = 1): Promise<string> => {
        for (let time = 0; time < times; time++) {
          await page.keyboard.press("Tab");
        }
        return (await focused()).trim();
      };

      // Asked for early: until the browser knows of it, it opens a dialog of its own.
      const chooser = page.waitForEvent("filechooser");
      assert.equal(await tab(), "Skip to your images");
      assert.equal(await tab(), "files");
      await page.keyboard.press("Space");
      await (
        await chooser
      ).setFiles([{ name: "harbour.png", mimeType: "image/png", buffer: scene.bytes }]);
      await it.complete(await it.taskOfFile(scene.bytes), scene.result);
      await page.getByText(/^Completed in/).waitFor();

      assert.equal(await tab(), "urls");
      const url = "https://images.example/keys.png";
      await page.keyboard.type(url);
      await page.keyboard.press("Enter");
      const taskId = await it.taskOfUrl(url);
      assert.equal(await focused(), "urls");
      await it.fail(taskId, "internal", "metadata");
      await page.getByRole("button", { name: "Try again" }).waitFor();

      assert.equal(await tab(), "Submit");
      assert.equal(await tab(), "What to look for");
      assert.equal(await tab(), "clear");
      assert.equal(await tab(), `Remove ${url} from this list`);
      assert.equal(await tab(), "Try again");
      assert.equal(await tab(), "Remove harbour.png from this list");
      assert.equal(await tab(), "Show findings on the image");
      await page.keyboard.press("Space");
      await page.locator(".overlay").waitFor({ state: "hidden" });

      // After a removal the focus moves to the neighbour, and after the last to the heading.
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Enter");
      assert.equal(await focused(), `Remove ${url} from this list`);
      await page.keyboard.press("Enter");
      assert.equal(await focused(), "images-heading");
    }));

  void test("screen readers announce what matters, politely, and no more", () =>
    it.visit(async (page) => {
      const log = page.getByRole("log", { name: "Status messages" });
      assert.equal(await log.getAttribute("aria-live"), null);
      assert.equal(await page.getByRole("alert").filter({ hasText: /./ }).count(), 0);
      const url = "https://images.example/said.png";
      await submitUrl(page, url);
      const taskId = await it.taskOfUrl(url);
      await it.download(taskId, scene.bytes);
      await it.complete(taskId, scene.result);
      await page.getByText(/^Completed in/).waitFor();
      assert.deepEqual(await log.locator("p").allTextContents(), [
        `${url} is being submitted.`,
        `${url} is being processed.`,
        `${url} is completed.`,
      ]);

      await page.reload();
      await tileOf(page, "said.png").getByText("Completed").waitFor();
      assert.deepEqual(await log.locator("p").allTextContents(), []);

      await submitUrl(page, `${url}?2`);
      await it.fail(await it.taskOfUrl(`${url}?2`), "corrupt_image", "metadata");
      await page.getByText("Failed", { exact: true }).first().waitFor();
      assert.equal(
        await log.locator("p").last().textContent(),
        `${url}?2 failed. The file is damaged: the image in it cannot be read.`,
      );
    }));

  void test("the chain shows where the images are", () =>
    it.visit(async (page) => {
      const places = async (): Promise<Record<string, string>> =>
        Object.fromEntries(
          await page
            .locator("#chain li")
            .evaluateAll((items) =>
              items.map((item) => [
                item.querySelector("strong")?.textContent ?? "",
                item.querySelector(".traffic .unseen")?.textContent ?? "",
              ]),
            ),
        );
      await fill(page);
      assert.deepEqual(await places(), {
        Edge: "",
        Download: "",
        Metadata: "1 image is here",
        Analysis: "",
        Result: "3 images are here",
      });
    }));

  for (const [motion, animation] of [
    ["reduce", "none"],
    ["no-preference", "breathe"],
  ] as const) {
    void test(`with motion preference “${motion}”, what is in progress has animation “${animation}”`, () =>
      it.visit(
        async (page) => {
          await submitUrl(page, `https://images.example/${motion}.png`);
          await page.getByText("Downloading").first().waitFor();
          // In one step: a card that is drawn again replaces the element, and one outside the
          // document has no style.
          const name = await page.waitForFunction(() => {
            const mark = document.querySelector(".step[data-state=running] .mark");
            return mark === null ? "" : getComputedStyle(mark).animationName;
          });
          assert.equal(await name.jsonValue(), animation);
        },
        { reducedMotion: motion },
      ));
  }
});
