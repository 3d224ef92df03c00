import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { eventId } from "../src/events/event-id.js";

const VECTORS = "../common-events/src/test/resources/event-id-vectors.json";

interface Vector {
  readonly taskId: string;
  readonly run: number;
  readonly stage: string;
  readonly eventType: string;
  readonly eventId: string;
}

void test("event ids are those that Java computes", async () => {
  const vectors = JSON.parse(await readFile(VECTORS, "utf8")) as readonly Vector[];
  assert.ok(vectors.length > 0);
  for (const vector of vectors) {
    const { taskId, run, stage, eventType } = vector;
    assert.equal(await eventId(taskId, run, stage, eventType), vector.eventId);
  }
});

void test("src/generated/ is what wrangler.jsonc, topology.yaml and the JSON Schemas make", () => {
  execFileSync(process.execPath, ["build/generate.js", "--check"], { stdio: "pipe" });
});
