import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { skip } from "./support/browser.js";
import { cardOf, PageStage, submitUrl, stepsOf } from "./support/page-stage.js";

void describe("The page helps", { skip }, () => {
  let it: PageStage;
  before(async () => (it = await PageStage.start()));
  after(() => it.stop());

  const text = (name: string, mimeType: string, content: string) => ({
    name,
    mimeType,
    buffer: Buffer.from(content),
  });

  void test("when a task fails: shows what happened, where, and what to do, and retries", () =>
    it.visit(async (page) => {
      const url = "https://images.example/silent.jpg";
      await submitUrl(page, url);
      const first = await it.taskOfUrl(url);
      await it.fail(first, "source_unreachable", "download", "No answer within 10 s.");
      const card = cardOf(page, "images.example/silent.jpg");
      await card.getByText("Failed", { exact: true }).first().waitFor();
      assert.deepEqual(await stepsOf(card), [
        "Submitted, done",
        "Download failed, failed",
        "Metadata read, not reached",
        "Analysed, not reached",
        "Failed, failed",
      ]);
      assert.deepEqual(await card.locator(".failure p").allTextContents(), [
        "The image's host did not answer, or closed the connection early.",
        "Check that the URL opens in a browser, then try again.",
        `source_unreachable in download. No answer within 10 s. Task ${first}.`,
      ]);
      await card.getByRole("button", { name: "Try again" }).click();
      await it.taskOfUrl(url, first);
      await page.getByText("Downloading").first().waitFor();
      assert.equal(await page.locator("article").count(), 2);
    }));

  void test("when trying again would not help: does not offer it", () =>
    it.visit(async (page) => {
      const url = "https://images.example/page.html";
      await submitUrl(page, url);
      await it.fail(await it.taskOfUrl(url), "unsupported_type", "download");
      const card = cardOf(page, "images.example/page.html");
      await card.getByText("The file is not an image in a supported format.").waitFor();
      assert.equal(await card.getByRole("button", { name: "Try again" }).count(), 0);
    }));

  void test("when a later stage fails: shows what is known so far", () =>
    it.visit(async (page) => {
      const url = "https://images.example/half.jpg";
      await submitUrl(page, url);
      const taskId = await it.taskOfUrl(url);
      await it.download(taskId, Buffer.from("x"));
      await it.stage.putStatus(taskId, {
        status: "failed",
        stage: "ai",
        error: { code: "never_heard_of", message: "Hm.", stage: "ai" },
        result: { contentType: "image/jpeg", sizeBytes: 2_500_000, width: 30, height: 20 },
      });
      const card = cardOf(page, "images.example/half.jpg");
      await card.getByText("The image could not be processed.").waitFor();
      assert.deepEqual(await card.locator("dd").allTextContents(), [
        "JPEG",
        "2.5 MB",
        "30 × 20",
        taskId,
      ]);
    }));

  void test("when a file cannot be an image: uploads nothing", () =>
    it.visit(async (page) => {
      await page
        .getByLabel("Choose files")
        .setInputFiles([
          text("notes.txt", "text/plain", "not an image"),
          text("empty.png", "image/png", ""),
        ]);
      const notes = cardOf(page, "notes.txt");
      await notes.getByText("The file is not an image in a supported format.").waitFor();
      await notes.getByText("Rejected").waitFor();
      assert.equal(await notes.locator("figure").count(), 0);
      await cardOf(page, "empty.png").getByText("The file is empty.").waitFor();
      assert.deepEqual(
        it.storage.requests.filter((request) => request.startsWith("PUT")),
        [],
      );
    }));

  void test("when an upload was not an image: shows no empty frame", () =>
    it.visit(async (page) => {
      const bytes = text("fake.jpg", "image/jpeg", "text, despite its name");
      await page.getByLabel("Choose files").setInputFiles(bytes);
      const card = cardOf(page, "fake.jpg");
      await it.fail(await it.taskOfFile(bytes.buffer), "unsupported_type", "download");
      await card.getByText("The file is not an image in a supported format.").waitFor();
      await card.locator("figure").waitFor({ state: "hidden" });
    }));

  void test("when a URL is not valid: says so, and keeps it to be corrected", () =>
    it.visit(async (page) => {
      const field = page.getByLabel("Or enter image URLs");
      const complaint = page.locator("#urls-error");
      await page.getByRole("button", { name: "Submit" }).click();
      assert.equal(await complaint.textContent(), "Enter the URL of an image first.");
      await field.fill("https://images.example/a.jpg images.example/b.jpg");
      await page.keyboard.press("Enter");
      assert.equal(
        await complaint.textContent(),
        "“images.example/b.jpg” is not a URL: it must begin with https:// or http://.",
      );
      assert.equal(await field.getAttribute("aria-invalid"), "");
      assert.equal(await field.evaluate((element) => element === document.activeElement), true);
      assert.equal(await page.locator("article").count(), 0);
      await field.press("End");
      assert.equal(await field.inputValue(), "https://images.example/a.jpg images.example/b.jpg");
      await field.fill("");
      assert.equal(await complaint.textContent(), "");
    }));

  void test("when the bucket rejects the page: says who can change that", async () => {
    it.storage.cors = false;
    try {
      await it.visit(async (page) => {
        await page.getByLabel("Choose files").setInputFiles(text("a.png", "image/png", "cors"));
        const card = cardOf(page, "a.png");
        await card.getByText("The image could not be uploaded to iN's storage.").waitFor();
        await card.getByText("(CORS)").waitFor();
        it.storage.cors = true;
        await card.getByRole("button", { name: "Try again" }).click();
        await it.taskOfFile(Buffer.from("cors"));
      });
    } finally {
      it.storage.cors = true;
    }
  });

  void test("when the bucket's answer is lost: the image is submitted all the same", () =>
    it.visit(async (page) => {
      it.storage.lostAnswers = 1;
      await page.getByLabel("Choose files").setInputFiles(text("b.png", "image/png", "lost"));
      await it.taskOfFile(Buffer.from("lost"));
      await cardOf(page, "b.png").getByText("Downloading").first().waitFor();
    }));

  void test("when this iN is not set up: says where to look", async () => {
    const unset = await PageStage.start({ GCP_PROJECT: "" });
    try {
      await unset.visit(async (page) => {
        await page.getByText("This iN is not set up yet.").waitFor();
        await submitUrl(page, "https://images.example/a.jpg");
        const card = cardOf(page, "images.example/a.jpg");
        await card.getByText("GCP_PROJECT is not set").waitFor();
      });
    } finally {
      await unset.stop();
    }
  });
});
