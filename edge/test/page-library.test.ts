import { strict as assert } from "node:assert";
import { after, afterEach, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { putEntry } from "./support/account.js";
import { skip } from "./support/browser.js";
import { harbour, type Scene } from "./support/images.js";
import { eventually } from "./support/eventually.js";
import { factsOf, openImage, PageStage, stepsOf, tileOf, tilesOf } from "./support/page-stage.js";

void describe("The page's library", { skip }, () => {
  let it: PageStage;
  let scene: Scene;
  before(async () => {
    it = await PageStage.start();
    scene = await harbour(it.browser);
  });
  afterEach(() => it.empty());
  after(() => it.stop());

  /** Submits as others than the page do. */
  const submit = (fileName: string): Promise<string> =>
    it.stage.submit({ imageUrl: `https://images.example/${fileName}`, fileName });
  /** With its image in the bucket, its result, and what tag-indexer found. */
  const completed = async (
    fileName: string,
    entry: object = {},
    bytes = scene.bytes,
    contentType = "image/png",
  ): Promise<string> => {
    const taskId = await submit(fileName);
    await it.download(taskId, bytes, contentType);
    await it.complete(taskId, scene.result);
    await putEntry(it.stage, taskId, { fileName, contentType, ...entry });
    return taskId;
  };
  const find = async (page: Page, text: string): Promise<void> => {
    await page.getByRole("searchbox", { name: "Search your images" }).fill(text);
    await page.keyboard.press("Enter");
  };
  const shows = (page: Page, names: readonly string[]): Promise<unknown> =>
    eventually(`the tiles ${names.join()}`, async () => {
      return JSON.stringify(await tilesOf(page)) === JSON.stringify(names);
    });

  void test("shows what was submitted elsewhere, with a preview", async () => {
    const found = { width: 960, height: 640, labels: ["sea", "sun"], keywords: ["sign"] };
    await completed("pier.png", found);
    await it.visit(async (page) => {
      const tile = tileOf(page, "pier.png");
      await tile.locator("canvas").waitFor();
      const texts = await tile.locator(".tile-text > *").allTextContents();
      assert.deepEqual(texts.slice(0, 2), ["pier.png", "✓Completed"]);
      assert.match(texts[2] ?? "", /^\d+ \w+ \d{4}, \d\d:\d\d$/);
      assert.deepEqual(texts.slice(3), ["PNG · 960 × 640", "sea, sun, sign"]);
      // The middle of the image, in its colours: the sky is above, the sea below.
      const [sky, sea] = await tile.locator("canvas").evaluate((canvas) => {
        const pen = (canvas as HTMLCanvasElement).getContext("2d");
        return [10, 350].map((y) => Array.from(pen?.getImageData(240, y, 1, 1).data ?? []));
      });
      assert.deepEqual(
        [sky, sea],
        [
          [0xf6, 0xd7, 0xa7, 255],
          [0x2d, 0x6a, 0x6a, 255],
        ],
      );
    });
  });

  void test("opens an image with all its steps and findings", async () => {
    const taskId = await completed("sign.png");
    await it.visit(async (page) => {
      const card = await openImage(page, "sign.png");
      await card.locator(".overlay text").first().waitFor();
      const steps = await stepsOf(card);
      assert.match(steps[1] ?? "", /^Downloaded, done, \d/);
      assert.equal(steps.at(-1), "Completed, done");
      assert.equal((await factsOf(card))["Task"], taskId);
      await page.getByRole("button", { name: "Close" }).click();
      await card.waitFor({ state: "detached" });
    });
  });

  void test("has a placeholder with the format for what a browser cannot show", async () => {
    await completed("IMG_7.HEIC", { contentType: "image/heic" }, Buffer.from("heic"), "image/heic");
    // Not yet indexed: the bucket says what it is.
    const scan = await submit("scan.tif");
    await it.download(scan, Buffer.from("tiff"), "image/tiff");
    const failed = await submit("gone.png");
    await it.fail(failed, "source_not_found", "download");
    await it.visit(async (page) => {
      assert.equal(await tileOf(page, "IMG_7.HEIC").locator(".format").textContent(), "HEIC");
      assert.equal(await tileOf(page, "scan.tif").locator(".format").textContent(), "TIFF");
      for (const name of ["IMG_7.HEIC", "scan.tif"]) {
        await tileOf(page, name).getByText("No preview in this browser").waitFor();
      }
      await tileOf(page, "gone.png").getByText("Failed").waitFor();
      // What was never stored is not asked for.
      assert.ok(!it.storage.requests.some((request) => request.includes(failed)));
    });
  });

  void test("loads few previews at a time, and only those near what is visible", async () => {
    for (let number = 0; number < 24; number++) {
      await it.download(await submit(`many-${number}.png`), scene.bytes);
    }
    const asked: (() => void)[] = [];
    let answered = 0;
    await it.visit(
      async (page) => {
        await page.route("**/v1/tasks/*/image", async (route) => {
          await new Promise<void>((resolve) => asked.push(resolve));
          answered++;
          await route.continue();
        });
        await tileOf(page, "many-0.png").waitFor();
        await page.locator("#images").scrollIntoViewIfNeeded();
        for (let number = 0; number < 4; number++) {
          await eventually("another preview is asked for", () => asked.length > number);
        }
        // What happens meanwhile is shown, and still no fifth one is asked for.
        await submit("meanwhile.png");
        await tileOf(page, "meanwhile.png").waitFor();
        assert.equal(asked.length, 4);
        asked[0]?.();
        await eventually("the fifth preview", () => asked.length === 5);
        assert.equal(answered, 1);
        asked.splice(0).forEach((answer) => answer());
      },
      { viewport: { width: 360, height: 500 } },
    );
  });

  void test("finds by words, colour, camera, day and status", async () => {
    await completed("beach.png", { colors: ["blue"], camera: "Canon R5", day: "2026-05-01" });
    await completed("boat.png", { colors: ["red"], text: "harbour café", day: "2026-06-01" });
    await it.fail(await submit("harbour.jpg"), "corrupt_image", "metadata");
    await it.visit(async (page) => {
      await shows(page, ["harbour.jpg", "boat.png", "beach.png"]);
      for (const [text, names] of [
        ["harb", ["harbour.jpg", "boat.png"]],
        ["color:blue camera:canon", ["beach.png"]],
        ["after:2026-04-30 before:2026-06-01", ["beach.png"]],
        ['"harbour cafe"', ["boat.png"]],
        ["harbour status:failed", ["harbour.jpg"]],
      ] as const) {
        await find(page, text);
        await shows(page, names);
      }
      await find(page, "zebra");
      await page.getByText("No image matches.").waitFor();
      await find(page, "harbour");
      await page.getByLabel("Status", { exact: true }).selectOption("Completed");
      await shows(page, ["boat.png"]);
      await page.getByRole("searchbox").fill("");
      await shows(page, ["boat.png", "beach.png"]);
    });
  });

  void test("says what is wrong with a search, and keeps what was found before", async () => {
    await submit("kept.png");
    await it.visit(async (page) => {
      await tileOf(page, "kept.png").waitFor();
      const box = page.getByRole("searchbox");
      for (const [text, problem] of [
        ["colour:blue", /there is no colour: to search by/],
        ['"open', /a quotation mark is not closed/],
        ["after:May", /after: must be a day, as in/],
        ["status:done", /status: must be one of submitted/],
      ] as const) {
        await find(page, text);
        await page.getByRole("alert").filter({ hasText: problem }).waitFor();
        assert.equal(await box.getAttribute("aria-invalid"), "");
        assert.deepEqual(await tilesOf(page), ["kept.png"]);
      }
      await find(page, "kept");
      await eventually("the problem is gone", async () => {
        return (await box.getAttribute("aria-invalid")) === null;
      });
      assert.equal(await page.locator("#query-error").textContent(), "");
    });
  });

  void test("shows a search's matches as they change", async () => {
    await it.visit(async (page) => {
      await find(page, "quay status:completed");
      await page.getByText("No image matches.").waitFor();
      await submit("other.png");
      await completed("quay.png");
      await shows(page, ["quay.png"]);
    });
  });

  void test("shows more when asked, and keyboard users go on behind what they had", async () => {
    const names: string[] = [];
    for (let number = 0; number < 30; number++) {
      names.unshift(`${number}.png`);
      await submit(`${number}.png`);
    }
    await it.visit(async (page) => {
      await page.getByText("The newest 24 images").waitFor();
      assert.deepEqual(await tilesOf(page), names.slice(0, 24));
      await page.getByRole("button", { name: "Show more" }).focus();
      await page.keyboard.press("Enter");
      await shows(page, names);
      await page.getByText("30 images", { exact: true }).waitFor();
      const focused = page.locator(".tile button:focus .name");
      assert.equal(await focused.textContent(), "5.png");
    });
  });
});
