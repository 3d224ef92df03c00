import { strict as assert } from "node:assert";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContextOptions, Page } from "playwright-core";
import { skip as noChromium, TestBrowser } from "../test/support/browser.js";

/** A report that `./in run` or `./in submit` has written, with at least one picture in it. */
const report = process.env["IN_REPORT"];
/** Where its pictures go. */
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

  void test("shows every picture, and hides what was found where that is wished", async () => {
    const page = await open({ viewport: DESKTOP });
    const widths = await page
      .locator(".canvas img")
      .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth));
    assert.ok(widths.length > 0, "there is no picture");
    assert.ok(
      widths.every((width) => width > 0),
      `some picture is not shown: ${widths.join()}`,
    );
    const frame = page.locator(".frame", { has: page.locator(".overlay") }).first();
    assert.equal(await frame.locator(".overlay").isVisible(), true);
    await frame.getByLabel("Show findings on the image").uncheck();
    assert.equal(await frame.locator(".overlay").isVisible(), false);
    await page.context().close();
    assert.deepEqual(browser.complaints(), []);
  });

  void test("needs no script and fetches nothing", async () => {
    const page = await open({ javaScriptEnabled: false });
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!/^(data|file):/.test(request.url())) {
        elsewhere.push(request.url());
      }
    });
    await page.reload();
    assert.equal(await page.locator("script").count(), 0);
    await page.getByRole("heading", { level: 1 }).waitFor();
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
    assert.equal(await page.locator(".toggle:visible").count(), 0);
    await mkdir(screenshots, { recursive: true });
    await page.pdf({ path: join(screenshots, "report.pdf"), format: "A4", printBackground: false });
    await page.context().close();
  });
});
