import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { Receiver } from "./support/receiver.js";
import { IMAGE, Stage } from "./support/stage.js";
import { testingWorker } from "./support/testing-worker.js";

void describe("A webhook that was deleted", () => {
  let receiver: Receiver;
  let stage: Stage;
  before(async () => {
    receiver = await Receiver.start();
    // An hour is three seconds.
    stage = await Stage.start({ IN_TIME_SCALE: "1200", IN_FETCH_ALLOW: receiver.host });
    await stage.restartAfterKill({}, await testingWorker());
  });
  after(async () => {
    await stage.stop();
    await receiver.stop();
  });

  /** What the webhook's object has after a call that its account made before the deletion. */
  const deliverLate = async (webhookId: string): Promise<unknown> => {
    const endpoint = { webhookId, owner: "local", url: "https://hooks.example/" };
    const secrets = [{ secret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }];
    const body = JSON.stringify([
      { ...endpoint, secrets, enabled: false, version: 1 },
      { id: "late", seq: 1, type: "task.completed", body: "{}" },
    ]);
    const url = new URL("/testing/webhooks", stage.edge.url);
    const response = await fetch(url, { method: "POST", body });
    assert.equal(response.status, 200);
    return await response.json();
  };

  void test("stays so when a call comes late, and is forgotten after an hour", async () => {
    const created = await stage.edge.post("/v1/webhooks", { url: "https://hooks.example/" });
    const { webhookId } = (await created.json()) as { webhookId: string };
    const path = `/v1/webhooks/${webhookId}`;
    assert.equal((await stage.edge.fetch(path, { method: "DELETE" })).status, 204);
    await eventually("the removal", async () => {
      const { ids } = (await deliverLate(webhookId)) as { ids: readonly string[] };
      return ids.length === 0;
    });
    assert.deepEqual(await deliverLate(webhookId), { result: "accepted", ids: [] });
    // Nothing is left of it: the object is as one that has never been.
    await eventually("the hour is over", async () => {
      const { ids } = (await deliverLate(webhookId)) as { ids: readonly string[] };
      return ids.length === 1;
    });
  });

  void test("goes with its task where it is the task's own, with what is pending there", async () => {
    receiver.answers("/down", [500]);
    const taskId = await stage.submitAndPublish({ ...IMAGE, webhookUrl: receiver.url("/down") });
    await stage.putStatus(taskId, { status: "completed" });
    await eventually("an attempt", () => receiver.at("/down").length > 0);
    await stage.edge.fetch(`/v1/tasks/${taskId}`, { method: "DELETE" });
    await eventually("the removal", async () => {
      const { ids } = (await deliverLate(`task-${taskId}`)) as { ids: readonly string[] };
      return ids.length === 0;
    });
  });
});
