import { strict as assert } from "node:assert";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContextOptions, Page } from "playwright-core";
import type { ReportImage } from "../page/report/report-data.js";
import type { TaskState } from "../page/result/task-view.js";
import type { TaskResult } from "../src/generated/result.js";
import { skip, TestBrowser } from "./support/browser.js";
import { cardOf, factsOf, stepsOf } from "./support/page-stage.js";
import { ReportFile } from "./support/report-file.js";

const SCREENSHOTS = "dist/screenshots";
const BEGIN = Date.parse("2026-05-04T03:02:01Z");
/** One white pixel. */
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==";
const THUMBNAIL = { contentType: "image/png", orientation: 1, base64: PIXEL };

const RESULT: TaskResult = {
  contentType: "image/jpeg",
  width: 200,
  height: 100,
  sizeBytes: 12345,
  sha256: "0123456789abcdef",
  durationMs: 3500,
  metadata: {
    orientation: 1,
    capturedAt: "2024-05-06T07:08:09+02:00",
    cameraMake: "Lumen",
    cameraModel: "One",
    exposure: { timeSeconds: 0.004, fNumber: 2.8, iso: 200, focalLengthMm: 35.5 },
    gps: { latitude: 53.5461, longitude: -9.9668, altitudeMeters: 7.4 },
    keywords: ["sea", "<b>bold</b>"],
  },
  analysis: {
    provider: "local",
    features: ["text", "colors", "labels"],
    text: {
      full: "Fish & chips\n<script>alert(1)</script>",
      lines: [
        {
          text: "</script><script>alert(2)</script>",
          confidence: 0.99,
          box: { x: 20, y: 10, width: 100, height: 20 },
        },
      ],
    },
    colors: [
      { rgb: "#1e90ff", score: 0.5, pixelFraction: 0.42 },
      { rgb: 'red" onload="x', score: 0.5, pixelFraction: 0.1 },
    ],
    unavailable: ["labels"],
  },
};

const state = (status: TaskState["status"], stage: string, afterMs: number): TaskState => ({
  status,
  stage,
  createdAt: new Date(BEGIN).toISOString(),
  updatedAt: new Date(BEGIN + afterMs).toISOString(),
});

/** Went through the chain in 3.5 seconds. */
const completed = (input: string, more: Partial<ReportImage> = {}): ReportImage => ({
  input,
  taskId: "task-0123456789abcdef",
  status: "completed",
  result: RESULT,
  history: [
    state("processing_in_gcp", "download", 1_000),
    state("processing_in_gcp", "metadata", 1_250),
    state("completed", "ai", 3_500),
  ],
  thumbnail: THUMBNAIL,
  ...more,
});

/** Failed in its second stage after 2 seconds. */
const failed = (input: string, code: string, message = "No."): ReportImage => {
  const error = { code, message, stage: "metadata" };
  return {
    input,
    taskId: "task-0123456789abcdef",
    status: "failed",
    error,
    history: [
      state("processing_in_gcp", "download", 1_000),
      { ...state("failed", "metadata", 2_000), error },
    ],
  };
};

const missing = (input: string): ReportImage => ({
  input,
  status: "failed",
  error: { code: "input_missing", message: "There is no such file." },
  history: [],
});

void describe("The report", { skip }, () => {
  let browser: TestBrowser;
  before(async () => (browser = await TestBrowser.start()));
  after(() => browser.stop());

  /** Opens a report of these images; it must load nothing and have no complaints. */
  const visit = async (
    images: readonly ReportImage[],
    use: (page: Page) => Promise<void>,
    options: BrowserContextOptions = {},
  ): Promise<void> => {
    const report = await ReportFile.write(images);
    const page = await browser.newPage({ timezoneId: "Etc/GMT-3", ...options });
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith("data:") && request.url() !== report.url) {
        elsewhere.push(request.url());
      }
    });
    try {
      await page.goto(report.url);
      await use(page);
    } finally {
      await page.context().close();
      await report.delete();
    }
    assert.deepEqual(elsewhere, []);
    assert.deepEqual(browser.complaints(), []);
  };

  void test("shows what was found in an image, and the time of each step", () =>
    visit([completed("a.jpg")], async (page) => {
      assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "1 image");
      assert.equal(
        await page.locator("#summary").textContent(),
        "1 completed in 3.5 s. 4 May 2026 at 06:05 GMT+3",
      );
      assert.equal(await page.title(), "iN: 1 image, 1 completed in 3.5 s");
      assert.equal(await page.locator("#failures").isVisible(), false);
      const card = cardOf(page, "a.jpg");
      assert.equal(await card.locator(".status").textContent(), "✓Completed in 3.5 s");
      assert.deepEqual(await stepsOf(card), [
        "Submitted, done",
        "Downloaded, done, 1.0 s",
        "Metadata read, done, 250 ms",
        "Analysed, done, 2.3 s",
        "Completed, done",
      ]);
      assert.equal(
        await card.locator(".text").textContent(),
        "Fish & chips\n<script>alert(1)</script>",
      );
      assert.deepEqual(await card.locator(".swatches li").allTextContents(), [
        "#1e90ff 42 %",
        'red" onload="x 10 %',
      ]);
      assert.equal(
        await card.locator("section", { hasText: "Not available" }).locator("p").textContent(),
        "labels: not offered by this analysis provider.",
      );
      assert.deepEqual(await factsOf(card), {
        Type: "JPEG",
        Size: "12 kB",
        Dimensions: "200 × 100",
        Taken: "6 May 2024 at 07:08 (UTC+02:00)",
        Camera: "Lumen One",
        Exposure: "1/250 s · f/2.8 · ISO 200 · 35.5 mm",
        Place: "53.5461° N, 9.9668° W, 7 m",
        Keywords: "sea, <b>bold</b>",
        "SHA-256": "0123456789abcdef",
        "Analysed by": "local",
        Task: "task-0123456789abcdef",
      });
    }));

  void test("draws each image's time on the time axis of the whole run", () =>
    visit([completed("a.jpg"), failed("b.jpg", "corrupt_image")], async (page) => {
      assert.deepEqual(await barsOf(page), [
        ["b.jpg", "✕Failed", "download 0.0 285.7", "failed 285.7 285.7"],
        ["a.jpg", "✓3.5 s", "download 0.0 285.7", "metadata 285.7 71.4", "ai 357.1 642.9"],
      ]);
    }));

  void test("says what failed, by code, and lists it first", () =>
    visit(
      [
        completed("/photos/a.jpg"),
        failed("/photos/b.jpg", "corrupt_image", "It is broken."),
        missing("/photos/sub/c.jpg"),
        failed("/photos/d.jpg", "corrupt_image"),
        failed("/photos/e.jpg", "never_heard_of"),
        { ...completed("/photos/f.jpg"), status: "processing_in_gcp", history: [] },
      ],
      async (page) => {
        assert.equal(
          await page.locator("#summary").textContent(),
          "1 completed, 1 not finished, 4 failed in 3.5 s. 4 May 2026 at 06:05 GMT+3",
        );
        assert.deepEqual(
          (await page.locator("#failure-codes > li").allInnerTexts()).map((text) =>
            text.split(/\n+/),
          ),
          [
            [
              "corrupt_image: 2 images. The file is damaged: the image in it cannot be read.",
              "b.jpg",
              "d.jpg",
            ],
            ["input_missing: 1 image. There is no such file.", "sub/c.jpg"],
            ["never_heard_of: 1 image. The image could not be processed.", "e.jpg"],
          ],
        );
        assert.deepEqual(await page.locator("article h3").allTextContents(), [
          "b.jpg",
          "sub/c.jpg",
          "d.jpg",
          "e.jpg",
          "f.jpg",
          "a.jpg",
        ]);
        assert.deepEqual(await cardOf(page, "b.jpg").locator(".failure p").allTextContents(), [
          "The file is damaged: the image in it cannot be read.",
          "Open it on your device, save it again, and submit the new file.",
          "corrupt_image in metadata. It is broken. Task task-0123456789abcdef.",
        ]);
        assert.equal(await page.getByRole("button", { name: "Try again" }).count(), 0);
        const never = cardOf(page, "sub/c.jpg");
        assert.equal(await never.locator(".status").textContent(), "✕Not submitted");
        assert.deepEqual(await stepsOf(never), []);
        await page.getByRole("link", { name: "d.jpg" }).first().click();
        assert.equal(await page.evaluate(() => location.hash), "#image-4");
      },
    ));

  void test("shows files without the folder that they share", () =>
    visit(
      [
        completed("/photos/2024/a.jpg"),
        completed("https://images.example/photos/b.jpg"),
        completed("/photos/2024/sub/c.jpg"),
      ],
      async (page) => {
        assert.equal(await page.locator("#common-folder").textContent(), "Files in /photos/2024/");
        assert.deepEqual(await page.locator("article h3").allTextContents(), [
          "a.jpg",
          "https://images.example/photos/b.jpg",
          "sub/c.jpg",
        ]);
      },
    ));

  void test("takes every name and every finding as text", () => {
    const name =
      "<img onerror=\"alert('x')\" src=`y`>&amp;</script><script>alert(3)</script><!--.png";
    // The name has slashes: with another folder beside it, it is shown whole.
    return visit([completed(name), missing("b.jpg")], async (page) => {
      assert.equal(await page.locator("article h3").nth(1).textContent(), name);
      assert.equal(await page.locator("article img").count(), 1);
      assert.equal(await page.locator("b, [onload], [onerror]").count(), 0);
      // The header, two images and the report's own.
      assert.equal(await page.locator("script").count(), 4);
      await page.locator("figure").scrollIntoViewIfNeeded();
      assert.equal(
        await page.locator(".overlay text").textContent(),
        "</script><script>alert(2)</script>",
      );
      assert.equal(await page.locator(".swatch").nth(1).getAttribute("style"), null);
    });
  });

  void test("runs no script but its own", () =>
    visit([completed("a.jpg")], async (page) => {
      const inject = page.evaluate(() => {
        document.body.innerHTML = "<img src=x onerror='document.title = 1'>";
      });
      await assert.rejects(inject, /This document requires 'TrustedHTML' assignment/);
      await page
        .evaluate(() => {
          const script = document.createElement("script");
          script.append("document.title = 'injected'");
          document.body.append(script);
        })
        .catch(() => undefined);
      assert.equal(await page.title(), "iN: 1 image, 1 completed in 3.5 s");
      browser.complaints();
    }));

  void test("lays findings over an image that was turned upright", () =>
    visit(
      [
        completed("turned.jpg", {
          result: { ...RESULT, metadata: { orientation: 6 } },
          thumbnail: { ...THUMBNAIL, orientation: 6 },
        }),
      ],
      async (page) => {
        const overlay = page.locator(".overlay");
        assert.equal(await overlay.getAttribute("viewBox"), "0 0 100 200");
        const sides = ["x", "y", "width", "height"];
        assert.deepEqual(
          await overlay
            .locator("rect")
            .evaluate((rect, sides) => sides.map((side) => rect.getAttribute(side)), sides),
          ["70", "20", "20", "100"],
        );
        // The text runs downwards, as it does in the image.
        assert.equal(
          await overlay.locator("text").getAttribute("transform"),
          "translate(90 20) rotate(90)",
        );
        assert.equal(
          (await factsOf(page.locator("article")))["Dimensions"],
          "100 × 200, stored rotated",
        );
      },
    ));

  void test("says why an image cannot be shown, and shows its findings all the same", () =>
    visit(
      [completed("a.heic", { thumbnail: { unavailable: "libheif is not installed." } })],
      async (page) => {
        assert.equal(await page.locator(".note").textContent(), "libheif is not installed.");
        assert.equal(await page.locator(".overlay text").count(), 1);
      },
    ));

  void test("of 500 images loads only those that are near, and has all of their text", () => {
    const images = Array.from({ length: 500 }, (_, index) => completed(`/photos/${index}.jpg`));
    return visit(images, async (page) => {
      await cardOf(page, "499.jpg").waitFor({ state: "attached" });
      assert.equal(await page.locator("article").count(), 500);
      await page.locator("article img[src]").first().waitFor();
      const loaded = await page.locator("article img[src]").count();
      assert.ok(loaded <= 10, `${loaded} images are loaded`);
      assert.equal(await page.locator("#timeline-rows li").count(), 0);
      await page.getByText("Timeline").click();
      assert.equal(await page.locator("#timeline-rows li").count(), 500);

      await cardOf(page, "499.jpg").scrollIntoViewIfNeeded();
      await cardOf(page, "499.jpg").getByRole("img", { name: "Image 499.jpg" }).waitFor();
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      assert.equal(await page.locator("article img[src]").count(), 500);
    });
  });

  for (const colorScheme of ["light", "dark"] as const) {
    for (const [device, viewport] of [
      ["desktop", { width: 1200, height: 900 }],
      ["phone", { width: 360, height: 740 }],
    ] as const) {
      void test(`axe finds nothing on it (${device}, ${colorScheme})`, () =>
        visit(
          [
            completed("/photos/harbour.jpg"),
            failed("/photos/broken.jpg", "corrupt_image"),
            missing(`/photos/${"long-".repeat(30)}name.jpg`),
            ...Array.from({ length: 9 }, (_, index) => completed(`/photos/${index}.jpg`)),
          ],
          async (page) => {
            await cardOf(page, "harbour.jpg").scrollIntoViewIfNeeded();
            await cardOf(page, "harbour.jpg").locator(".overlay").waitFor();
            const { violations } = await new AxeBuilder({ page }).analyze();
            assert.deepEqual(
              violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]),
              [],
            );
            const across = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(across <= viewport.width, `it is ${across} pixels wide`);
            await mkdir(SCREENSHOTS, { recursive: true });
            const path = join(SCREENSHOTS, `report-${device}-${colorScheme}.png`);
            await page.screenshot({ path, fullPage: true });
          },
          { colorScheme, viewport },
        ));
    }
  }

  /** Of each row of the timeline: name, status, and each bar with its x and width. */
  const barsOf = (page: Page): Promise<(string | null)[][]> =>
    page
      .locator("#timeline-rows li")
      .evaluateAll((rows) =>
        rows.map((row) => [
          row.querySelector("a")?.textContent ?? null,
          row.querySelector(".status")?.textContent ?? null,
          ...Array.from(row.querySelectorAll("rect"), (rect) =>
            [rect.classList.item(1), rect.getAttribute("x"), rect.getAttribute("width")].join(" "),
          ),
        ]),
      );
});
