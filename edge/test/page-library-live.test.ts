import { strict as assert } from "node:assert";
import { after, afterEach, before, describe, test } from "node:test";
import type { Page, Request } from "playwright-core";
import { listTasks, putEntry } from "./support/account.js";
import { skip } from "./support/browser.js";
import { CuttableLine } from "./support/cuttable-line.js";
import { eventually } from "./support/eventually.js";
import { openImage, PageStage, tileOf } from "./support/page-stage.js";

const RESULT = { contentType: "image/png", sizeBytes: 7 };
const LOST = "Connection lost.";

void describe("In every window, the library", { skip }, () => {
  let it: PageStage;
  let line: CuttableLine;
  before(async () => {
    it = await PageStage.start();
    line = await CuttableLine.to(it.stage.edge.url);
  });
  afterEach(() => it.empty());
  after(async () => {
    await line.stop();
    await it.stop();
  });

  /** Two windows of one user; the first over the line that can be cut. */
  const visitTwice = (use: (first: Page, second: Page) => Promise<void>): Promise<void> =>
    it.visit(
      async (first) => {
        const second = await first.context().newPage();
        await second.goto(it.stage.edge.url);
        await use(first, second);
      },
      {},
      line.url,
    );
  /** Submits as others than the page do. */
  const submit = (fileName: string): Promise<string> =>
    it.stage.submit({ imageUrl: `https://images.example/${fileName}`, fileName });
  /** Waits until the window shows exactly what the edge lists, and answers that. */
  const shown = (page: Page): Promise<string[]> =>
    eventually("the window shows what the edge lists", async () => {
      const { items } = await listTasks(it.stage, "?limit=24");
      const expected = items.map(
        ({ fileName, status }) => `${String(fileName)} ${WORDS[String(status)] ?? ""}`,
      );
      const tiles = await page
        .locator(".tile")
        .evaluateAll((elements) =>
          elements.map((element) => [
            element.querySelector(".name")?.textContent,
            element.querySelector(".status > :last-child")?.textContent,
          ]),
        );
      const actual = tiles.map((texts) => texts.join(" "));
      return JSON.stringify(actual) === JSON.stringify(expected) && actual;
    });

  void test("changes by itself, and the same in each", () =>
    visitTwice(async (first, second) => {
      const both = [first, second];
      await first.getByText("No images yet.").waitFor();
      const one = await submit("one.png");
      const two = await submit("two.png");
      for (const page of both) {
        await tileOf(page, "two.png").getByText("Downloading").waitFor();
        assert.deepEqual(await shown(page), ["two.png Downloading", "one.png Downloading"]);
      }
      await it.complete(one, RESULT);
      await it.fail(two, "corrupt_image", "metadata");
      for (const page of both) {
        await tileOf(page, "one.png").getByText("Completed").waitFor();
        await tileOf(page, "two.png").getByText("Failed").waitFor();
      }
      assert.equal((await putEntry(it.stage, one, { labels: ["lighthouse"] })).status, 204);
      for (const page of both) {
        await tileOf(page, "one.png").getByText("lighthouse").waitFor();
      }
      await openImage(second, "two.png");
      await second.getByRole("button", { name: "Delete two.png" }).click();
      await second.getByRole("button", { name: "Delete", exact: true }).click();
      for (const page of both) {
        await tileOf(page, "two.png").waitFor({ state: "detached" });
        assert.deepEqual(await shown(page), ["one.png Completed"]);
      }
    }));

  void test("closes an image that is deleted in another one", () =>
    visitTwice(async (first, second) => {
      const taskId = await submit("open.png");
      await openImage(first, "open.png");
      const dialog = first.getByRole("dialog");
      await dialog.waitFor();
      await openImage(second, "open.png");
      await it.stage.edge.fetch(`/v1/tasks/${taskId}`, { method: "DELETE" });
      await dialog.waitFor({ state: "hidden" });
      await second.getByRole("dialog").waitFor({ state: "hidden" });
      await first.getByText("open.png was deleted.").waitFor({ state: "attached" });
    }));

  void test("misses nothing of what happened while the connection was lost", () =>
    visitTwice(async (first) => {
      const [kept, gone] = [await submit("kept.png"), await submit("gone.png")];
      await tileOf(first, "gone.png").waitFor();
      const { cursor } = (await (await it.stage.edge.fetch("/v1/account")).json()) as {
        cursor: number;
      };
      line.cut();
      await first.getByText(LOST).waitFor();
      const requests: Request[] = [];
      first.on("request", (request) => requests.push(request));
      await it.complete(kept, RESULT);
      await it.stage.edge.fetch(`/v1/tasks/${gone}`, { method: "DELETE" });
      await submit("new.png");
      line.mend();
      assert.deepEqual(
        (await shown(first)).map((text) => text.split(" ")[0]),
        ["new.png", "kept.png"],
      );
      await tileOf(first, "kept.png").getByText("Completed").waitFor();
      // It resumed behind the last entry, and did not begin again.
      const paths = requests.map((request) => new URL(request.url()).pathname);
      assert.ok(!paths.includes("/v1/account"), paths.join());
      const resumed = requests[paths.lastIndexOf("/v1/events")];
      const from = Number(resumed?.headers()["last-event-id"]);
      assert.ok(from > 0 && from <= cursor, `resumed after ${from} of ${cursor}`);
    }));

  void test("misses nothing when the edge is killed and starts again", () =>
    visitTwice(async (first) => {
      await submit("before.png");
      await tileOf(first, "before.png").waitFor();
      line.cut();
      await it.stage.restartAfterKill();
      const taskId = await submit("while-away.png");
      await it.complete(taskId, RESULT);
      line.mend(it.stage.edge.url);
      await tileOf(first, "while-away.png").getByText("Completed").waitFor();
      assert.equal((await shown(first)).length, 2);
      // And goes on.
      await submit("after.png");
      await tileOf(first, "after.png").waitFor();
    }));

  void test("is read again where the edge no longer has what came next", () =>
    visitTwice(async (first) => {
      await submit("before.png");
      await tileOf(first, "before.png").waitFor();
      line.cut();
      await first.getByText(LOST).waitFor();
      await submit("missed.png");
      let refusals = 0;
      await first.route(
        "**/v1/events",
        async (route) => {
          refusals++;
          await route.fulfill({
            status: 410,
            contentType: "application/problem+json",
            body: JSON.stringify({ status: 410, code: "cursor_expired", detail: "too old" }),
          });
        },
        { times: 1 },
      );
      line.mend();
      await tileOf(first, "missed.png").waitFor();
      await shown(first);
      await submit("next.png");
      await tileOf(first, "next.png").waitFor();
      assert.equal(refusals, 1);
    }));
});

const WORDS: Readonly<Record<string, string>> = {
  submitted: "Downloading",
  processing_in_gcp: "Downloading",
  completed: "Completed",
  failed: "Failed",
};
