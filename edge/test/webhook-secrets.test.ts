import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import { type Received, verify } from "./support/receiver.js";
import { IMAGE } from "./support/stage.js";
import { onWebhookStage } from "./support/webhook-client.js";

const DAY_MS = 24 * 3_600_000;

/** Which of these secrets a request is signed with, one signature each. */
function signedWith(received: Received | undefined, secrets: readonly string[]): string[] {
  assert.ok(received !== undefined);
  const valid = secrets.filter((secret) => {
    try {
      verify(received, secret);
      return true;
    } catch {
      return false;
    }
  });
  assert.equal(received.headers["webhook-signature"]?.split(" ").length, valid.length);
  return valid;
}

void describe("After a rotation", () => {
  // What overlaps for 24 hours overlaps for a millisecond, and then, started anew, for 24 hours.
  void test("an endpoint's older secret signs for 24 hours, and no longer", async () => {
    await onWebhookStage(DAY_MS, async (receiver, stage, client) => {
      const { webhookId, secret: first } = await client.create(receiver.url("/rotated"));
      const second = await client.rotate(webhookId);
      const all = [first, second];
      await client.test(webhookId);
      const [later] = await client.receivedAt(receiver, "/rotated", 1);
      assert.deepEqual(signedWith(later, all), [second]);
      await stage.restartAfterKill({ IN_TIME_SCALE: "1" });
      all.push(await client.rotate(webhookId));
      await client.test(webhookId);
      const [, within] = await client.receivedAt(receiver, "/rotated", 2);
      assert.deepEqual(signedWith(within, all), all.slice(1));
    });
  });

  void test("so does an account's default secret", async () => {
    await onWebhookStage(1, async (receiver, stage, client) => {
      const secretOf = async (method: string): Promise<string> => {
        const response = await stage.edge.fetch("/v1/account/webhook-secret", { method });
        return ((await response.json()) as { secret: string }).secret;
      };
      const paths = ["/later", "/within"] as const;
      const taskIds = await Promise.all(
        paths.map((path) => stage.submitAndPublish({ ...IMAGE, webhookUrl: receiver.url(path) })),
      );
      /** Ends that task; answers what the receiver of its own webhook got. */
      const received = async (index: 0 | 1): Promise<Received | undefined> => {
        assert.equal(await stage.putStatus(taskIds[index] ?? "", { status: "completed" }), 204);
        return (await client.receivedAt(receiver, paths[index], 1))[0];
      };
      await stage.restartAfterKill({ IN_TIME_SCALE: String(DAY_MS) });
      const all = [await secretOf("GET"), await secretOf("POST")];
      await stage.restartAfterKill();
      assert.deepEqual(signedWith(await received(0), all), all.slice(1));
      all.push(await secretOf("POST"));
      assert.deepEqual(signedWith(await received(1), all), all.slice(1));
    });
  });
});
