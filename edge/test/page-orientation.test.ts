import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { skip, type TestBrowser } from "./support/browser.js";
import { cardOf, PageStage } from "./support/page-stage.js";
import { withOrientation } from "./support/images.js";

const SIZE = { width: 240, height: 160 };
/** Where the mark lies in the pixels that are stored. */
const MARK = { x: 30, y: 20, width: 90, height: 40 };

void describe("What was found lies in its place", { skip }, () => {
  let it: PageStage;
  let jpeg: Buffer;
  before(async () => {
    it = await PageStage.start();
    jpeg = await markedImage(it.browser);
  });
  after(() => it.stop());

  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
    void test(`in an image of EXIF orientation ${orientation}`, () =>
      it.visit(async (page) => {
        const bytes = withOrientation(jpeg, orientation);
        const name = `turned-${orientation}.jpg`;
        await page
          .getByLabel("Choose files")
          .setInputFiles({ name, mimeType: "image/jpeg", buffer: bytes });
        await it.complete(await it.taskOfFile(bytes), resultWith(orientation));
        const card = cardOf(page, name);
        const drawn = card.locator(".overlay rect");
        await drawn.waitFor();
        const seen = await card.locator("img").evaluate(redPixels);
        const box = await drawn.evaluate((rect) =>
          ["x", "y", "width", "height"].map((side) => Number(rect.getAttribute(side))),
        );
        assert.equal(seen.length, 4);
        seen.forEach((value, index) => {
          // JPEG's blocks blur the mark's edge.
          const difference = Math.abs(value - (box[index] ?? NaN));
          assert.ok(difference <= 2, `red at ${seen.join()}, box at ${box.join()}`);
        });
        const upright = orientation < 5 ? "240 160" : "160 240";
        assert.equal(await card.locator(".overlay").getAttribute("viewBox"), `0 0 ${upright}`);
      }));
  }
});

function resultWith(orientation: number): object {
  return {
    contentType: "image/jpeg",
    sizeBytes: 1,
    ...SIZE,
    metadata: { orientation, keywords: [] },
    analysis: {
      provider: "test",
      features: ["text"],
      text: { full: "red", lines: [{ text: "red", confidence: 1, box: MARK }] },
      unavailable: [],
    },
  };
}

/** A white JPEG with a red mark. */
async function markedImage(browser: TestBrowser): Promise<Buffer> {
  const page = await browser.newPage();
  const base64 = await page.evaluate(
    ({ size, mark }) => {
      const canvas = document.createElement("canvas");
      canvas.width = size.width;
      canvas.height = size.height;
      const pen = canvas.getContext("2d");
      if (pen !== null) {
        pen.fillStyle = "white";
        pen.fillRect(0, 0, size.width, size.height);
        pen.fillStyle = "red";
        pen.fillRect(mark.x, mark.y, mark.width, mark.height);
      }
      return canvas.toDataURL("image/jpeg", 1).split(",")[1] ?? "";
    },
    { size: SIZE, mark: MARK },
  );
  await page.context().close();
  return Buffer.from(base64, "base64");
}

/** In the browser: x, y, width and height of what is red in the image as it is shown. */
function redPixels(element: Element): number[] {
  const image = element as HTMLImageElement;
  const canvas = document.createElement("canvas");
  const { naturalWidth: width, naturalHeight: height } = image;
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  if (pen === null) {
    return [];
  }
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const [red = 0, green = 0] = [data[at], data[at + 1]];
      if (red > 150 && green < 100) {
        left = Math.min(left, x);
        top = Math.min(top, y);
        right = Math.max(right, x + 1);
        bottom = Math.max(bottom, y + 1);
      }
    }
  }
  return [left, top, right - left, bottom - top];
}
