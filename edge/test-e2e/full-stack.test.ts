import { strict as assert } from "node:assert";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { test } from "node:test";
import { skip as noChromium, TestBrowser } from "../test/support/browser.js";
import { cardOf, stepsOf } from "../test/support/page-stage.js";
import { harbour } from "../test/support/pictures.js";

/** Of an edge that `./in up` has started, with the whole chain behind it. */
const edge = process.env["IN_EDGE_URL"];
/** Where to put a picture of the page; it is only taken where this is set. */
const picture = process.env["IN_PICTURE"];

const skip =
  edge === undefined ? "IN_EDGE_URL is not set: give it the URL of a running ./in up" : noChromium;
/** On a busy machine the first picture wakes up everything. */
const PATIENCE_MS = 120_000;

if (picture !== undefined && skip !== false) {
  throw new Error(`no picture can be taken: ${skip}`);
}

void test("A file goes through the real chain, and its text is found", { skip }, async () => {
  const browser = await TestBrowser.start();
  try {
    const scene = await harbour(browser);
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    await page.goto(edge ?? "");
    await page
      .getByLabel("Choose pictures")
      .setInputFiles([{ name: "harbour.png", mimeType: "image/png", buffer: scene.bytes }]);
    const card = cardOf(page, "harbour.png");
    await card
      .getByText(/^(Completed in|Failed)/)
      .first()
      .waitFor({ timeout: PATIENCE_MS });
    const steps = await stepsOf(card);
    assert.deepEqual(
      steps.map((step) => step.replace(/, [\d.]+ (ms|s)$/, "")),
      [
        "Submitted, done",
        "Downloaded, done",
        "Metadata read, done",
        "Analysed, done",
        "Completed, done",
      ],
    );

    const text = (await card.locator(".text").textContent()) ?? "";
    assert.match(text, /open from 7 to 19/);
    assert.match(text, /Fish of the day/);
    assert.ok((await card.locator(".swatches li").count()) > 0);
    assert.match((await card.locator(".facts").textContent()) ?? "", /960 × 640/);
    const boxes = await card
      .locator(".overlay .line rect")
      .evaluateAll((rects) =>
        rects.map((rect) =>
          ["x", "y", "width", "height"].map((side) => Number(rect.getAttribute(side))),
        ),
      );
    for (const { text, box } of scene.lines) {
      assert.ok(
        boxes.some(
          ([x = 0, y = 0, width = 0, height = 0]) => overlap({ x, y, width, height }, box) > 0.4,
        ),
        `no box lies over “${text}”: ${JSON.stringify(boxes)}`,
      );
    }

    if (picture !== undefined) {
      await mkdir(dirname(picture), { recursive: true });
      await page.screenshot({ path: picture, fullPage: true });
    }
    assert.deepEqual(browser.complaints(), []);
  } finally {
    await browser.stop();
  }
});

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
