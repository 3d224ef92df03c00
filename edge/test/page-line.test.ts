import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { skip } from "./support/browser.js";
import { CuttableLine } from "./support/cuttable-line.js";
import { eventually } from "./support/eventually.js";
import { cardOf, openImage, PageStage, stepsOf, submitUrl, tileOf } from "./support/page-stage.js";

const RESULT = { contentType: "image/png", sizeBytes: 7 };
const LOST = "Connection lost. Processing continues, and this page keeps retrying.";

void describe("The page goes on", { skip }, () => {
  let it: PageStage;
  let line: CuttableLine;
  before(async () => {
    it = await PageStage.start();
    line = await CuttableLine.to(it.stage.edge.url);
  });
  after(async () => {
    await line.stop();
    await it.stop();
  });

  const visit = (use: (page: Page) => Promise<void>): Promise<void> => it.visit(use, {}, line.url);

  /** Sends an address of that name and answers the task's id. */
  const send = async (page: Page, name: string): Promise<string> => {
    const url = `https://images.example/${name}`;
    await submitUrl(page, url);
    return await it.taskOfUrl(url);
  };
  const card = (page: Page, name: string) => cardOf(page, `images.example/${name}`);

  void test("after a reload midway", () =>
    visit(async (page) => {
      const taskId = await send(page, "reloaded.png");
      await it.download(taskId, Buffer.from("x"));
      const mine = card(page, "reloaded.png");
      await mine.getByText("Reading metadata").first().waitFor();
      const before = await stepsOf(mine);

      await page.reload();
      const opened = await openImage(page, "reloaded.png");
      await opened.getByText("Reading metadata").first().waitFor();
      assert.deepEqual(await stepsOf(opened), before);
      assert.match(before[1] ?? "", /^Downloaded, done, \d/);
      await it.complete(taskId, RESULT);
      await opened.getByText(/^Completed in/).waitFor();

      await page.reload();
      const again = await openImage(page, "reloaded.png");
      await again.getByText(/^Completed in/).waitFor();
      await again.getByText("PNG", { exact: true }).waitFor();
      assert.equal(it.stage.pubSub.of(taskId).length, 1);
    }));

  void test("after the connection was lost, and misses nothing of what happened meanwhile", () =>
    visit(async (page) => {
      const taskId = await send(page, "lost.png");
      const mine = card(page, "lost.png");
      await it.stage.viewWhen(taskId, ({ status }) => status === "processing_in_gcp");
      await it.download(taskId, Buffer.from("x"));
      await mine.getByText("Reading metadata").first().waitFor();

      line.cut();
      await page.getByText(LOST).waitFor();
      await it.complete(taskId, RESULT);
      const resumed = page.waitForRequest((request) => request.url().includes(`${taskId}/events`));
      line.mend();

      await page.getByText("Connection restored.").waitFor();
      // Submitted, published and downloaded were reported already.
      assert.equal((await resumed).headers()["last-event-id"], "3");
      await mine.getByText(/^Completed in/).waitFor();
      const steps = await stepsOf(mine);
      for (const step of steps.slice(1, 4)) {
        assert.match(step, /, done, \d/);
      }
      await page.getByText("Connection restored.").waitFor({ state: "detached" });
    }));

  void test("and submits what was entered without a connection, once", () =>
    visit(async (page) => {
      line.cut();
      const url = "https://images.example/offline.png";
      await submitUrl(page, url);
      const mine = card(page, "offline.png");
      await mine.getByText("Submitting").first().waitFor();
      await page.getByText(LOST).waitFor();
      line.mend();
      await page.getByRole("button", { name: "Retry now" }).click();
      await mine.getByText("Downloading").first().waitFor();
      const tasks = it.stage.pubSub.requests.filter(({ data }) => data.includes(url));
      assert.equal(tasks.length, 1);
    }));

  void test("when the answer to a submission is lost: it is still one task", () =>
    visit(async (page) => {
      const url = "https://images.example/answer-lost.png";
      await page.route(
        "**/v1/tasks",
        async (route) => {
          await route.fetch();
          await route.abort("connectionreset");
        },
        { times: 1 },
      );
      await submitUrl(page, url);
      await card(page, "answer-lost.png").getByText("Downloading").first().waitFor();
      const tasks = new Set(
        it.stage.pubSub.requests
          .filter(({ data }) => data.includes(url))
          .map(({ attributes }) => attributes["taskId"]),
      );
      assert.equal(tasks.size, 1);
    }));

  void test("when a connection is dead without a sign of it", () =>
    visit(async (page) => {
      await page.clock.install();
      await page.reload();
      const taskId = await send(page, "frozen.png");
      const mine = card(page, "frozen.png");
      await mine.getByText("Downloading").first().waitFor();
      line.freeze();
      await it.complete(taskId, RESULT);
      await eventually("the page gives the old connection up", async () => {
        await page.clock.runFor(15_000);
        return mine.getByText(/^Completed in/).isVisible();
      });
    }));

  void test("in more windows than a browser opens connections", () =>
    visit(async (page) => {
      const windows = [page];
      for (let number = 2; number <= 8; number++) {
        const other = await page.context().newPage();
        await other.goto(line.url);
        windows.push(other);
      }
      // Every window can still ask for something, and receives what the others did.
      for (const [index, window] of windows.entries()) {
        await it.complete(await send(window, `window-${index}.png`), RESULT);
      }
      for (const window of windows) {
        for (const index of windows.keys()) {
          await tileOf(window, `window-${index}.png`).getByText("Completed").waitFor();
        }
      }
    }));

  void test("without what was deleted elsewhere", () =>
    visit(async (page) => {
      const taskId = await send(page, "gone.png");
      await send(page, "kept.png");
      await tileOf(page, "gone.png").waitFor();
      await it.stage.edge.fetch(`/v1/tasks/${taskId}`, { method: "DELETE" });
      await page.getByText("gone.png was deleted.").waitFor({ state: "attached" });
      assert.equal(await card(page, "gone.png").count(), 0);
      await tileOf(page, "gone.png").waitFor({ state: "detached" });
      await card(page, "kept.png").waitFor();
    }));

  void test("without what was removed", () =>
    visit(async (page) => {
      const ended = await send(page, "ended.png");
      await send(page, "running.png");
      await it.fail(ended, "internal", "download");
      await page.getByRole("button", { name: "Remove finished images" }).click();
      await card(page, "running.png").waitFor();
      assert.equal(await card(page, "ended.png").count(), 0);
      await card(page, "running.png")
        .getByRole("button", { name: /^Remove/ })
        .click();
      await page.getByRole("heading", { name: "Just submitted" }).waitFor({ state: "hidden" });
      // From this list alone: the images are still the user's.
      await tileOf(page, "ended.png").waitFor();
      await tileOf(page, "running.png").waitFor();
    }));
});
