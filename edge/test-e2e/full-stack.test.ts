import { strict as assert } from "node:assert";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { skip as noChromium, TestBrowser } from "../test/support/browser.js";
import { eventually } from "../test/support/eventually.js";
import { dispatchWithFiles } from "../test/support/page-files.js";
import { cardOf, stepsOf, submitUrl, tileOf, tilesOf } from "../test/support/page-stage.js";
import { harbour } from "../test/support/images.js";

/** Of an edge that `./in up` has started, with the whole chain behind it. */
const edge = process.env["IN_EDGE_URL"];
/** An https address of a PNG that the chain may fetch, from a host whose name is not public. */
const address = process.env["IN_IMAGE_URL"];
/** A folder for screenshots of the page; they are only taken where this is set. */
const screenshots = process.env["IN_PAGE_SCREENSHOTS"];

const skip =
  edge === undefined ? "IN_EDGE_URL is not set: give it the URL of a running ./in up" : noChromium;
/** On a busy machine the first image wakes up everything. */
const PATIENCE_MS = 120_000;

const COMPLETED = [
  "Submitted, done",
  "Downloaded, done",
  "Metadata read, done",
  "Analysed, done",
  "Completed, done",
];

if (screenshots !== undefined && skip !== false) {
  throw new Error(`no screenshots can be taken: ${skip}`);
}

void describe("With the real chain behind it, the page", { skip }, () => {
  let browser: TestBrowser;
  before(async () => (browser = await TestBrowser.start()));
  after(() => browser.stop());

  const open = async (): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    await page.goto(edge ?? "");
    return page;
  };
  /** Waits until the chain has ended, and answers the steps without their times. */
  const endOf = async (card: Locator): Promise<string[]> => {
    const end = card.getByText(/^(Completed in|Failed$)/).first();
    await end.waitFor({ timeout: PATIENCE_MS });
    return (await stepsOf(card)).map((step) => step.replace(/, [\d.]+ (ms|s)$/, ""));
  };

  void test("shows what was found in a file, in its place", async () => {
    const { bytes, lines } = await harbour(browser);
    const page = await open();
    await page
      .getByLabel("Choose files")
      .setInputFiles([{ name: "café.png", mimeType: "image/png", buffer: bytes }]);
    const card = cardOf(page, "café.png");
    assert.deepEqual(await endOf(card), COMPLETED);
    const text = (await card.locator(".text").textContent()) ?? "";
    assert.match(text, /open from 7 to 19/);
    assert.match(text, /Fish of the day/);
    assert.ok((await card.locator(".swatches li").count()) > 0);
    assert.match((await card.locator(".facts").textContent()) ?? "", /960 × 640/);
    const boxes = await card.locator(".overlay .line rect").evaluateAll((rects) =>
      rects.map((rect) => {
        const side = (name: string): number => Number(rect.getAttribute(name));
        return { x: side("x"), y: side("y"), width: side("width"), height: side("height") };
      }),
    );
    for (const { text, box } of lines) {
      const covered = boxes.some((found) => overlap(found, box) > 0.4);
      assert.ok(covered, `no box lies over “${text}”: ${JSON.stringify(boxes)}`);
    }
    await page.context().close();
    assert.deepEqual(browser.complaints(), []);
  });

  void test("takes an address", { skip: address === undefined && "no IN_IMAGE_URL" }, async () => {
    const { host, pathname } = new URL(address ?? "");
    const page = await open();
    await submitUrl(page, address ?? "");
    assert.deepEqual(await endOf(cardOf(page, host + pathname)), COMPLETED);
    await page.context().close();
    assert.deepEqual(browser.complaints(), []);
  });

  void test("takes what is dropped on it, and goes on after a reload midway", async () => {
    const page = await open();
    const buffer = await readFile("../samples/invoice.png");
    await dispatchWithFiles(page, "drop", [{ name: "dropped.png", mimeType: "image/png", buffer }]);
    await tileOf(page, "dropped.png").first().waitFor();
    await page.reload();
    // Others that were dropped before have the same name: the newest comes first.
    await tileOf(page, "dropped.png").first().click();
    const card = page.getByRole("dialog").getByRole("article", { name: "dropped.png" });
    assert.deepEqual(await endOf(card), COMPLETED);
    assert.match((await card.locator(".text").textContent()) ?? "", /invoice/i);
    await page.context().close();
    assert.deepEqual(browser.complaints(), []);
  });

  void test("lists what was submitted, in every window, and finds it by its words", async () => {
    const page = await open();
    const other = await page.context().newPage();
    await other.goto(edge ?? "");
    const names = ["flag.gif", "harbour.jpg", "invoice.png", "sign.bmp"];
    const files = await Promise.all(
      names.map(async (name) => ({
        name,
        mimeType: `image/${name.replace(/.*\./, "").replace("jpg", "jpeg")}`,
        buffer: await readFile(`../samples/${name}`),
      })),
    );
    await page.getByLabel("Choose files").setInputFiles(files);
    for (const name of names) {
      const tile = tileOf(other, name).first();
      await tile.getByText("Completed").waitFor({ timeout: PATIENCE_MS });
      await tile.scrollIntoViewIfNeeded();
      await tile.locator("canvas").waitFor();
    }
    await save(other, "images-section", "library.png");
    await eventually("the invoice is found", async () => {
      await other.getByRole("searchbox").fill("invoice");
      await other.keyboard.press("Enter");
      const found = await tilesOf(other);
      return found.length > 0 && found.every((name) => /^(invoice|dropped)\.png$/.test(name));
    });
    await page.context().close();
    assert.deepEqual(browser.complaints(), []);
  });

  void test("shows the samples, and which of them failed", async () => {
    const page = await open();
    const files = [
      await file("../samples/failing/not-an-image.txt", "not-an-image.jpg"),
      await file("../samples/harbour.jpg", "harbour.jpg"),
    ];
    await page.getByLabel("Choose files").setInputFiles(files);
    const good = cardOf(page, "harbour.jpg");
    const bad = cardOf(page, "not-an-image.jpg");
    assert.deepEqual(await endOf(good), COMPLETED);
    await good.getByText("Harbour at dusk", { exact: true }).first().waitFor();
    assert.deepEqual((await endOf(bad)).slice(0, 2), [
      "Submitted, done",
      "Download failed, failed",
    ]);
    await bad.getByText("The file is not an image in a supported format.").waitFor();
    await save(page, "submitted-section", "page.png");
    await page.context().close();
    assert.deepEqual(browser.complaints(), []);
  });
});

/** Takes a screenshot of that section. */
async function save(page: Page, section: string, name: string): Promise<void> {
  if (screenshots !== undefined) {
    await mkdir(screenshots, { recursive: true });
    await page.locator(`#${section}`).screenshot({ path: join(screenshots, name) });
  }
}

async function file(path: string, name: string) {
  return { name, mimeType: "image/jpeg", buffer: await readFile(path) };
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What two rectangles share, of what they cover together: 0 to 1. */
function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const shared = Math.max(width, 0) * Math.max(height, 0);
  return shared / (a.width * a.height + b.width * b.height - shared);
}
