import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { skip } from "./support/browser.js";
import { cardOf, PageStage, sendAddress, stepsOf } from "./support/page-stage.js";

void describe("The page helps", { skip }, () => {
  let it: PageStage;
  before(async () => (it = await PageStage.start()));
  after(() => it.stop());

  const text = (name: string, mimeType: string, content: string) => ({
    name,
    mimeType,
    buffer: Buffer.from(content),
  });

  void test("when a task fails: says what happened, where, and what to do, and tries again", () =>
    it.visit(async (page) => {
      const url = "https://pictures.example/silent.jpg";
      await sendAddress(page, url);
      const first = await it.taskOfAddress(url);
      await it.fail(first, "source_unreachable", "download", "No answer within 10 s.");
      const card = cardOf(page, "pictures.example/silent.jpg");
      await card.getByText("Failed", { exact: true }).first().waitFor();
      assert.deepEqual(await stepsOf(card), [
        "Submitted, done",
        "Download failed, failed",
        "Metadata read, not reached",
        "Analysed, not reached",
        "Failed, failed",
      ]);
      assert.deepEqual(await card.locator(".failure p").allTextContents(), [
        "The picture's host did not answer, or broke off halfway.",
        "Check that the address opens in a browser, then try again.",
        `source_unreachable in download. No answer within 10 s. Task ${first}.`,
      ]);
      await card.getByRole("button", { name: "Try again" }).click();
      await it.taskOfAddress(url, first);
      await page.getByText("Downloading").first().waitFor();
      assert.equal(await page.locator("article").count(), 2);
    }));

  void test("when trying again would not help: does not offer it", () =>
    it.visit(async (page) => {
      const url = "https://pictures.example/page.html";
      await sendAddress(page, url);
      await it.fail(await it.taskOfAddress(url), "unsupported_type", "download");
      const card = cardOf(page, "pictures.example/page.html");
      await card.getByText("This is no picture, or of a kind that iN cannot read.").waitFor();
      assert.equal(await card.getByRole("button", { name: "Try again" }).count(), 0);
    }));

  void test("when a later stage fails: shows what is known so far", () =>
    it.visit(async (page) => {
      const url = "https://pictures.example/half.jpg";
      await sendAddress(page, url);
      const taskId = await it.taskOfAddress(url);
      await it.download(taskId, Buffer.from("x"));
      await it.stage.putStatus(taskId, {
        status: "failed",
        stage: "ai",
        error: { code: "never_heard_of", message: "Hm.", stage: "ai" },
        result: { contentType: "image/jpeg", sizeBytes: 2_500_000, width: 30, height: 20 },
      });
      const card = cardOf(page, "pictures.example/half.jpg");
      await card.getByText("The picture could not be processed.").waitFor();
      assert.deepEqual(await card.locator("dd").allTextContents(), ["JPEG", "2.5 MB", "30 × 20"]);
    }));

  void test("when a file cannot be a picture: sends nothing", () =>
    it.visit(async (page) => {
      await page
        .getByLabel("Choose pictures")
        .setInputFiles([
          text("notes.txt", "text/plain", "no picture"),
          text("empty.png", "image/png", ""),
        ]);
      const notes = cardOf(page, "notes.txt");
      await notes.getByText("This is no picture, or of a kind that iN cannot read.").waitFor();
      await notes.getByText("Not taken").waitFor();
      assert.equal(await notes.locator("figure").count(), 0);
      await cardOf(page, "empty.png").getByText("The file is empty.").waitFor();
      assert.deepEqual(
        it.storage.requests.filter((request) => request.startsWith("PUT")),
        [],
      );
    }));

  void test("when what was sent was no picture: shows no empty frame", () =>
    it.visit(async (page) => {
      const bytes = text("fake.jpg", "image/jpeg", "text, whatever its name says");
      await page.getByLabel("Choose pictures").setInputFiles(bytes);
      const card = cardOf(page, "fake.jpg");
      await it.fail(await it.taskOfFile(bytes.buffer), "unsupported_type", "download");
      await card.getByText("This is no picture, or of a kind that iN cannot read.").waitFor();
      await card.locator("figure").waitFor({ state: "hidden" });
    }));

  void test("when an address is none: says so, and leaves it to be mended", () =>
    it.visit(async (page) => {
      const field = page.getByLabel("Or give their addresses");
      const complaint = page.locator("#addresses-error");
      await page.getByRole("button", { name: "Look at it" }).click();
      assert.equal(await complaint.textContent(), "Write or paste the address of a picture first.");
      await field.fill("https://pictures.example/a.jpg pictures.example/b.jpg");
      await page.keyboard.press("Enter");
      assert.equal(
        await complaint.textContent(),
        "“pictures.example/b.jpg” is no address: it should begin with https:// or http://.",
      );
      assert.equal(await field.getAttribute("aria-invalid"), "");
      assert.equal(await field.evaluate((element) => element === document.activeElement), true);
      assert.equal(await page.locator("article").count(), 0);
      await field.press("End");
      assert.equal(
        await field.inputValue(),
        "https://pictures.example/a.jpg pictures.example/b.jpg",
      );
      await field.fill("");
      assert.equal(await complaint.textContent(), "");
    }));

  void test("when the bucket does not let the page in: says whose turn it is", async () => {
    it.storage.cors = false;
    try {
      await it.visit(async (page) => {
        await page.getByLabel("Choose pictures").setInputFiles(text("a.png", "image/png", "cors"));
        const card = cardOf(page, "a.png");
        await card.getByText("The picture could not be sent to iN's storage.").waitFor();
        await card.getByText("(CORS)").waitFor();
        it.storage.cors = true;
        await card.getByRole("button", { name: "Try again" }).click();
        await it.taskOfFile(Buffer.from("cors"));
      });
    } finally {
      it.storage.cors = true;
    }
  });

  void test("when the bucket's answer is lost: the picture is sent all the same", () =>
    it.visit(async (page) => {
      it.storage.lostAnswers = 1;
      await page.getByLabel("Choose pictures").setInputFiles(text("b.png", "image/png", "lost"));
      await it.taskOfFile(Buffer.from("lost"));
      await cardOf(page, "b.png").getByText("Downloading").first().waitFor();
    }));

  void test("when this iN is not set up: says where to look", async () => {
    const unset = await PageStage.start({ GCP_PROJECT: "" });
    try {
      await unset.visit(async (page) => {
        await page.getByText("This iN is not set up yet.").waitFor();
        await sendAddress(page, "https://pictures.example/a.jpg");
        const card = cardOf(page, "pictures.example/a.jpg");
        await card.getByText("GCP_PROJECT is not set").waitFor();
      });
    } finally {
      await unset.stop();
    }
  });
});
