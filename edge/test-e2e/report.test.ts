import { strict as assert } from "node:assert";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContextOptions, Page } from "playwright-core";
import { skip as noChromium, TestBrowser } from "../test/support/browser.js";
import { cardOf, stepsOf } from "../test/support/page-stage.js";

/**
 * A report that `./in run` or `./in submit` has written, of these inputs in one folder: a small JPEG
 * named `<img onerror=alert(1)>.jpg`, samples/harbour.jpg as `b`, `fails.png` which is not an image, and
 * `missing.jpg` which is not there. Runner's ReportIT makes it.
 */
const report = process.env["IN_REPORT"];
/** Where its screenshots go. */
const screenshots = process.env["IN_SCREENSHOTS"] ?? "dist/screenshots";

const skip =
  report === undefined ? "IN_REPORT is not set: give it the path of a report" : noChromium;

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 900 };

void describe("The report of a run", { skip }, () => {
  let browser: TestBrowser;
  before(async () => (browser = await TestBrowser.start()));
  after(() => browser.stop());

  const open = async (options: BrowserContextOptions): Promise<Page> => {
    const page = await browser.newPage(options);
    await page.goto(pathToFileURL(resolve(report ?? "")).href);
    return page;
  };

  for (const colorScheme of ["light", "dark"] as const) {
    for (const [device, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
      void test(`can be read by everyone, ${colorScheme}, on a ${device}`, async () => {
        const page = await open({ colorScheme, viewport });
        const { violations } = await new AxeBuilder({ page }).analyze();
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`),
          [],
        );
        const across = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(across <= viewport.width, `it is ${across} pixels wide`);
        await mkdir(screenshots, { recursive: true });
        await page.screenshot({
          path: join(screenshots, `report-${colorScheme}-${device}.png`),
          fullPage: true,
        });
        await page.context().close();
        assert.deepEqual(browser.complaints(), []);
      });
    }
  }

  void test("shows every input, failures first, as text", async () => {
    const page = await open({ viewport: DESKTOP });
    assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "4 images");
    assert.match(
      (await page.locator("#summary").textContent()) ?? "",
      /^2 completed, 2 failed in \d/,
    );
    assert.deepEqual(await page.locator("article h3").allTextContents(), [
      "fails.png",
      "missing.jpg",
      "<img onerror=alert(1)>.jpg",
      "b",
    ]);
    assert.deepEqual(await page.locator("#failure-codes > li > p").allTextContents(), [
      "unsupported_type: 1 image. The file is not an image in a supported format.",
      "input_missing: 1 image. There is no such file.",
    ]);
    const harbour = cardOf(page, "b");
    assert.deepEqual(
      (await stepsOf(harbour)).map((step) => step.replace(/, [\d.]+ (ms|s)$/, "")),
      [
        "Submitted, done",
        "Downloaded, done",
        "Metadata read, done",
        "Analysed, done",
        "Completed, done",
      ],
    );
    assert.match((await harbour.locator(".text").textContent()) ?? "", /Harbour at dusk/);
    await page.context().close();
    assert.deepEqual(browser.complaints(), []);
  });

  void test("has thumbnails, and findings that can be hidden", async () => {
    const page = await open({ viewport: DESKTOP });
    for (const name of ["<img onerror=alert(1)>.jpg", "b"]) {
      const card = cardOf(page, name);
      await card.scrollIntoViewIfNeeded();
      await card.getByRole("img", { name: `Image ${name}` }).waitFor();
    }
    const harbour = cardOf(page, "b");
    await harbour.locator(".overlay").waitFor();
    await harbour.getByRole("button", { name: "Show findings on the image" }).click();
    await harbour.locator(".overlay").waitFor({ state: "hidden" });
    await page.context().close();
    assert.deepEqual(browser.complaints(), []);
  });

  void test("loads nothing, and says where the results are where scripts are off", async () => {
    const page = await open({ javaScriptEnabled: false });
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!/^(data|file):/.test(request.url())) {
        elsewhere.push(request.url());
      }
    });
    await page.reload();
    await page.locator("noscript code", { hasText: "results.jsonl" }).waitFor();
    assert.deepEqual(elsewhere, []);
    await page.context().close();
  });

  void test("is printed in dark ink on white paper", async () => {
    const page = await open({ colorScheme: "dark", viewport: DESKTOP });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const colors = await page.locator("body").evaluate((body) => {
      const { color, backgroundColor } = getComputedStyle(body);
      return { color, backgroundColor };
    });
    assert.deepEqual(colors, { color: "rgb(0, 0, 0)", backgroundColor: "rgb(255, 255, 255)" });
    assert.equal(await page.locator(".frame button:visible").count(), 0);
    await mkdir(screenshots, { recursive: true });
    await page.pdf({ path: join(screenshots, "report.pdf"), format: "A4", printBackground: false });
    await page.context().close();
  });
});
