import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { skip } from "./support/browser.js";
import { dispatchWithFiles } from "./support/page-files.js";
import { cardOf, factsOf, PageStage, stepsOf, submitUrl } from "./support/page-stage.js";
import { harbour, type Scene, variant } from "./support/images.js";

void describe("On the page", { skip }, () => {
  let it: PageStage;
  let scene: Scene;
  before(async () => {
    it = await PageStage.start();
    scene = await harbour(it.browser);
  });
  after(() => it.stop());

  const file = (name: string, mimeType = "image/png", buffer = scene.bytes) => ({
    name,
    mimeType,
    buffer,
  });

  void test("a URL is submitted and watched to its end", () =>
    it.visit(async (page) => {
      const url = "https://images.example/harbour.png";
      await submitUrl(page, url);
      const card = cardOf(page, "images.example/harbour.png");
      const taskId = await it.taskOfUrl(url);
      await card.getByText("Downloading").first().waitFor();
      assert.deepEqual(await stepsOf(card), [
        "Submitted, done",
        "Downloading, in progress",
        "Metadata read, pending",
        "Analysed, pending",
        "Completed, pending",
      ]);

      await it.download(taskId, scene.bytes);
      await card.getByText("Reading metadata").first().waitFor();
      await card.getByRole("img", { name: `Image ${url}` }).waitFor();
      await it.complete(taskId, scene.result);
      await card.getByText(/^Completed in \d/).waitFor();
      const time = String.raw`, (\d+ ms|\d+\.\d s|\d+ min \d+ s)$`;
      const expected = [
        "Submitted, done$",
        `Downloaded, done${time}`,
        `Metadata read, done${time}`,
      ];
      const steps = await stepsOf(card);
      [...expected, `Analysed, done${time}`, "Completed, done$"].forEach((step, index) =>
        assert.match(steps[index] ?? "", new RegExp(`^${step}`)),
      );

      await card.getByText("Harbour Café\nopen from 7 to 19\nFish of the day 18.50").waitFor();
      assert.deepEqual(await card.locator(".overlay text").allTextContents(), [
        "Harbour Café",
        "open from 7 to 19",
        "Fish of the day 18.50",
      ]);
      assert.deepEqual(await card.locator(".swatches li").allTextContents(), [
        "#f6d7a7 48 %",
        "#2d6a6a 42 %",
        "#e4572e 5 %",
      ]);
      assert.deepEqual(await factsOf(card), {
        Type: "PNG",
        Size: `${Math.round(scene.bytes.length / 1000)} kB`,
        Dimensions: "960 × 640",
        Taken: "1 May 2026 at 07:12 (UTC+02:00)",
        Camera: "Lumen L-2",
        Exposure: "1/250 s · f/5.6 · ISO 100 · 35 mm",
        Place: "43.2951° N, 5.3744° E, 4 m",
        Keywords: "harbour, sign",
        "SHA-256": "0".repeat(64),
        "Analysed by": "test",
        Task: taskId,
      });
    }));

  void test("a file is uploaded straight to the bucket, and shown at once", () =>
    it.visit(async (page) => {
      await page.getByLabel("Choose files").setInputFiles(file("sign.png"));
      const card = cardOf(page, "sign.png");
      await card.getByRole("img", { name: "Image sign.png" }).waitFor();
      const taskId = await it.taskOfFile(scene.bytes);
      const upload = it.storage.requests.filter((request) => request.startsWith("PUT uploads/"));
      assert.equal(upload.length, 1);
      await it.complete(taskId, scene.result);
      await card.getByText(/^Completed in/).waitFor();
      // What the page has it does not download.
      assert.deepEqual(
        it.storage.requests.filter((request) => request.startsWith("GET uploads/")),
        [],
      );
    }));

  void test("findings can be hidden and shown again", () =>
    it.visit(async (page) => {
      await page
        .getByLabel("Choose files")
        .setInputFiles(file("toggled.png", "image/png", variant(scene, 1)));
      await it.complete(await it.taskOfFile(variant(scene, 1)), scene.result);
      const card = cardOf(page, "toggled.png");
      const toggle = card.getByRole("button", { name: "Show findings on the image" });
      await card.locator(".overlay").waitFor();
      await toggle.click();
      assert.equal(await toggle.getAttribute("aria-pressed"), "false");
      await card.locator(".overlay").waitFor({ state: "hidden" });
      await toggle.click();
      await card.locator(".overlay").waitFor();
    }));

  void test("files can be dropped anywhere, several at once", () =>
    it.visit(async (page) => {
      const [one, two] = [variant(scene, 2), variant(scene, 3)];
      await dispatchWithFiles(page, "drop", [
        file("one.png", "image/png", one),
        file("two.png", "image/png", two),
      ]);
      await it.complete(await it.taskOfFile(two), scene.result);
      await cardOf(page, "two.png")
        .getByText(/^Completed in/)
        .waitFor();
      await it.complete(await it.taskOfFile(one), scene.result);
      await cardOf(page, "one.png")
        .getByText(/^Completed in/)
        .waitFor();
      // The newest first.
      assert.deepEqual(await page.locator("article h3").allTextContents(), ["two.png", "one.png"]);
    }));

  void test("an image can be pasted", () =>
    it.visit(async (page) => {
      const pasted = variant(scene, 4);
      await dispatchWithFiles(page, "paste", [file("image.png", "image/png", pasted)]);
      await it.taskOfFile(pasted);
      await cardOf(page, "image.png").waitFor();
    }));

  void test("pasted URLs are put into the field, and several are submitted at once", () =>
    it.visit(async (page) => {
      const [a, b] = ["https://images.example/a.gif", "https://images.example/b.gif"];
      await page.locator("body").evaluate((body, text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", text);
        body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
      }, `see ${a}\n${b} there`);
      const field = page.getByLabel("Or enter image URLs");
      assert.equal(await field.inputValue(), `${a}\n${b}`);
      await page.keyboard.press("Enter");
      await it.taskOfUrl(a);
      await it.taskOfUrl(b);
      assert.equal(await field.inputValue(), "");
      assert.equal(await page.locator("article").count(), 2);
    }));

  void test("a dropped link is a URL", () =>
    it.visit(async (page) => {
      const url = "https://images.example/dropped.gif";
      await page.locator("body").evaluate((body, text) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData("text/uri-list", `# a comment\r\n${text}\r\n`);
        body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
      }, url);
      await it.taskOfUrl(url);
    }));

  void test("the chosen features are requested", () =>
    it.visit(async (page) => {
      await page.getByText("What to look for").first().click();
      await page.getByLabel("Colours").uncheck();
      await page.getByLabel("Objects").check();
      const url = "https://images.example/objects.gif";
      await submitUrl(page, url);
      const taskId = await it.taskOfUrl(url);
      const message = JSON.parse(it.stage.pubSub.of(taskId)[0]?.data ?? "") as {
        payload: { features: string[] };
      };
      assert.deepEqual(message.payload.features, ["text", "objects"]);
      assert.equal(it.stage.pubSub.of(taskId)[0]?.attributes["channel"], "local");
    }));

  void test("all findings are shown", () =>
    it.visit(async (page) => {
      const url = "https://images.example/all.gif";
      await submitUrl(page, url);
      const box = { x: 630, y: 80, width: 210, height: 210 };
      await it.complete(await it.taskOfUrl(url), {
        ...scene.result,
        analysis: {
          provider: "test",
          features: ["text", "colors", "labels", "objects", "faces", "safeSearch"],
          text: { full: "", lines: [] },
          colors: [],
          labels: [{ name: "sea", confidence: 0.91 }],
          objects: [{ name: "sun", confidence: 0.8, box }],
          faces: [],
          safeSearch: { adult: "VERY_UNLIKELY", racy: "UNKNOWN" },
          unavailable: ["faces"],
        },
      });
      const card = cardOf(page, "images.example/all.gif");
      await card.getByText(/^Completed in/).waitFor();
      const sections = await card
        .locator(".found section")
        .evaluateAll((elements) =>
          elements.map((element) =>
            Array.from(element.children, (child) => (child as HTMLElement).innerText),
          ),
        );
      assert.deepEqual(sections.slice(0, -1), [
        ["Text", "No text found."],
        ["Colours", "No colours found."],
        ["Labels", "sea, 91 %"],
        ["Objects", "sun, 80 %"],
        ["Faces", "No faces found."],
        ["Safe search", "adult\nvery unlikely\nracy\nunknown"],
        ["Not available", "faces: not offered by this analysis provider."],
      ]);
    }));

  void test("an image that this browser cannot display has its findings all the same", () =>
    it.visit(async (page) => {
      const heic = Buffer.from("not an image that a browser knows");
      await page.getByLabel("Choose files").setInputFiles(file("IMG_1.HEIC", "image/heic", heic));
      await it.complete(await it.taskOfFile(heic), { ...scene.result, contentType: "image/heic" });
      const card = cardOf(page, "IMG_1.HEIC");
      await card.getByText("This browser cannot display this image.").waitFor();
      assert.equal(await card.locator(".overlay text").count(), 3);
      const canvas = await card.locator(".canvas").boundingBox();
      assert.ok(canvas !== null);
      assert.ok(Math.abs(canvas.width / canvas.height - 1.5) < 0.01, JSON.stringify(canvas));
    }));
});
