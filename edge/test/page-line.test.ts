import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { skip } from "./support/browser.js";
import { CuttableLine } from "./support/cuttable-line.js";
import { eventually } from "./support/eventually.js";
import { cardOf, PageStage, submitUrl, stepsOf } from "./support/page-stage.js";

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
      await mine.getByText("Reading metadata").first().waitFor();
      assert.deepEqual(await stepsOf(mine), before);
      assert.match(before[1] ?? "", /^Downloaded, done, \d/);
      await it.complete(taskId, RESULT);
      await mine.getByText(/^Completed in/).waitFor();

      await page.reload();
      await mine.getByText(/^Completed in/).waitFor();
      await mine.getByText("PNG", { exact: true }).waitFor();
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
      const resumed = page.waitForRequest((request) => request.url().endsWith("/events"));
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

  void test("with more images than a browser opens connections, in several windows", () =>
    visit(async (page) => {
      const names = Array.from({ length: 9 }, (_, index) => `many-${index}.png`);
      const taskIds: string[] = [];
      for (const name of names) {
        taskIds.push(await send(page, name));
      }
      const other = await page.context().newPage();
      await other.goto(line.url);
      // The other window can still ask for something, too.
      taskIds.push(await send(other, "many-9.png"));
      for (const taskId of taskIds.reverse()) {
        await it.complete(taskId, RESULT);
      }
      await other
        .getByText(/^Completed in/)
        .nth(9)
        .waitFor();
      await page
        .getByText(/^Completed in/)
        .nth(8)
        .waitFor();
    }));

  void test("without what the edge no longer knows", () =>
    visit(async (page) => {
      await send(page, "known.png");
      await page.evaluate(() => {
        const key = "in.tasks.local";
        const tasks = JSON.parse(localStorage.getItem(key) ?? "[]") as object[];
        const source = { kind: "upload", name: "gone.png", uploadId: "AAAAAAAAAAAAAAAAAAAAAA" };
        const gone = { taskId: "AAAAAAAAAAAAAAAAAAAAAA", source, features: [] };
        localStorage.setItem(key, JSON.stringify([gone, ...tasks]));
      });
      await page.reload();
      await page.getByText("iN no longer knows gone.png").waitFor({ state: "attached" });
      assert.equal(await cardOf(page, "gone.png").count(), 0);
      await card(page, "known.png").waitFor();
      assert.doesNotMatch(await stored(page), /gone/);
    }));

  void test("without what was removed", () =>
    visit(async (page) => {
      const ended = await send(page, "ended.png");
      await send(page, "running.png");
      await it.fail(ended, "internal", "download");
      await page.getByRole("button", { name: "Remove finished images" }).click();
      await card(page, "running.png").waitFor();
      assert.equal(await card(page, "ended.png").count(), 0);
      assert.doesNotMatch(await stored(page), /ended/);
      await card(page, "running.png")
        .getByRole("button", { name: /^Remove/ })
        .click();
      await page.getByText("No images yet.").waitFor();
      assert.equal(await stored(page), "[]");
    }));

  void test("from an empty list where the browser's storage is corrupt", () =>
    visit(async (page) => {
      await page.evaluate(() => localStorage.setItem("in.tasks.local", "nonsense"));
      await page.reload();
      await page.getByText("No images yet.").waitFor();
      await send(page, "after.png");
      // The edge has the task a little before the page has its answer.
      await eventually("what is stored", async () => /after/.test(await stored(page)));
    }));

  const stored = (page: Page): Promise<string> =>
    page.evaluate(() => localStorage.getItem("in.tasks.local") ?? "");
});
