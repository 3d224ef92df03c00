import { strict as assert } from "node:assert";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { listTasks, putEntry, readFeed, search } from "./support/account.js";
import { eventually } from "./support/eventually.js";
import { IMAGE, Stage } from "./support/stage.js";

/** How much later than its task a document is made. */
const DOCUMENT_DELAY_MS = 37;

/** Kills the edge, and starts it without what its accounts have stored. */
async function loseAccounts(stage: Stage): Promise<void> {
  await stage.edge.kill();
  const folders = (await readdir(stage.edge.disk)).filter((name) => name.includes("AccountDO"));
  assert.equal(folders.length, 1);
  await rm(join(stage.edge.disk, ...folders), { recursive: true });
  await stage.restartAfterKill();
}

void describe("A library that is lost", () => {
  void test("is built again from tag-indexer's entries, equal to what it was", async () => {
    const stage = await Stage.start();
    try {
      const error = { code: "corrupt_image", message: "no header", stage: "metadata" };
      const submitted: string[] = [];
      for (const fileName of ["rebuild-a.jpg", "rebuild-b.jpg", "rebuild-c.jpg"]) {
        submitted.push(await stage.submitAndPublish({ ...IMAGE, fileName }));
      }
      const [completed = "", failed = "", redriven = ""] = submitted;
      await stage.putStatus(completed, { status: "completed" });
      await stage.putStatus(failed, { status: "failed", stage: "metadata", error });
      await stage.putStatus(redriven, { status: "failed", error });
      await stage.command(redriven, "redrive", "operation_AAAAAAAAAAAA");
      await stage.putStatus(redriven, { run: 2, status: "completed" });
      // As tag-indexer sends them: with the file name in the URL, where there is one.
      const labels = ["rebuildlabel"];
      const entries: readonly [taskId: string, entry: object][] = [
        [completed, { labels, text: "PIER", fileName: "a.jpg" }],
        [failed, { status: "failed", failureCode: "corrupt_image", labels }],
        [redriven, { version: 2, labels, colors: ["teal"], day: "2024-05-01" }],
      ];
      const index = async (): Promise<void> => {
        for (const [taskId, entry] of entries) {
          const createdAt = Date.parse(String((await stage.view(taskId))["createdAt"]));
          const whole = { ...entry, createdAt: createdAt + DOCUMENT_DELAY_MS };
          assert.equal((await putEntry(stage, taskId, whole)).status, 204);
        }
      };
      await index();
      await readFeed(stage, ({ taskId, type }) => taskId === redriven && type === "task.completed");
      const look = async (): Promise<unknown> => ({
        tasks: await listTasks(stage),
        failed: await listTasks(stage, "?status=failed"),
        words: await search(stage, "rebuild"),
        labels: await search(stage, "rebuildlabel status:completed"),
        text: await search(stage, "pier"),
        day: await search(stage, "color:teal before:2024-05-02"),
      });
      const before = await look();

      await loseAccounts(stage);
      assert.deepEqual(await listTasks(stage), { items: [] });
      await index();
      await eventually("the coordinators' reports", async () => {
        return (await search(stage, "rebuild")).length === 3;
      });
      assert.deepEqual(await look(), before);
      await index();
      assert.deepEqual(await look(), before);

      // What happened before is not sent again; what happens now is.
      await stage.command(failed, "redrive", "operation_BBBBBBBBBBBB");
      const [entry] = await readFeed(stage, () => true);
      assert.deepEqual([entry?.type, entry?.taskId], ["task.redriven", failed]);
      const open = await eventually("the new run", async () => {
        const { items } = await listTasks(stage, "?status=processing_in_gcp");
        return items.length > 0 && items;
      });
      assert.deepEqual(
        open.map(({ taskId }) => taskId),
        [failed],
      );
    } finally {
      await stage.stop();
    }
  });
});
