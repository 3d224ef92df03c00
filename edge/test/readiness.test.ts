import { strict as assert } from "node:assert";
import type { IncomingMessage } from "node:http";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { decodeJwt } from "jose";
import { json, TestServer } from "./support/server.js";
import { publisher, Stage, uploader } from "./support/stage.js";

const READING =
  "GET /storage/v1/b/in-local-images/iam/testPermissions?permissions=storage.objects.get";

function publishingTo(topic: string): string {
  return `POST /v1/projects/in-local/topics/${topic}:testIamPermissions`;
}

void describe("GET /readyz", () => {
  let google: TestServer;
  let stage: Stage;
  /** What was asked with whose token. */
  let asked: { readonly what: string; readonly by: unknown; readonly body: string }[];
  /** Statuses by question, and what is granted otherwise. */
  let refusals: Record<string, number>;
  let granted: readonly string[];

  before(async () => {
    google = await TestServer.start((request, body, response) => {
      const what = `${request.method} ${request.url}`;
      asked.push({ what, by: decodeJwt(bearer(request)).sub, body: body.toString("utf8") });
      json(response, refusals[what] ?? 200, granted.length === 0 ? {} : { permissions: granted });
    });
  });
  after(() => google.stop());

  // Answers are kept for a while: each test has an edge of its own.
  beforeEach(async () => {
    asked = [];
    refusals = {};
    granted = ["pubsub.topics.publish", "storage.objects.get"];
    stage = await Stage.start({ PUBSUB_ENDPOINT: google.url, STORAGE_ENDPOINT: google.url });
  });
  afterEach(() => stage.stop());

  async function readyz(): Promise<{ readonly status: number; readonly body: unknown }> {
    const response = await stage.edge.fetch("/readyz");
    return { status: response.status, body: await response.json() };
  }

  void test("asks for every topic and for the bucket, each with its own key, and not again at once", async () => {
    assert.deepEqual(await readyz(), { status: 200, body: { status: "ready" } });
    assert.deepEqual(await readyz(), { status: 200, body: { status: "ready" } });
    const body = JSON.stringify({ permissions: ["pubsub.topics.publish"] });
    const questions = [
      { what: READING, by: uploader.email, body: "" },
      ...["account-events", "download-topic", "task-commands"].map((topic) => ({
        what: publishingTo(topic),
        by: publisher.email,
        body,
      })),
    ];
    assert.deepEqual(
      asked.sort((a, b) => (a.what < b.what ? -1 : 1)),
      questions,
    );
  });

  void test("says which right is missing", async () => {
    granted = ["storage.objects.get"];
    assert.deepEqual(await readyz(), {
      status: 503,
      body: {
        status: "not_ready",
        problems: ["download-topic", "task-commands", "account-events"].map(
          (topic) => `publishing to ${topic}: the key lacks pubsub.topics.publish`,
        ),
      },
    });
  });

  void test("says who does not take a key", async () => {
    refusals = { [publishingTo("task-commands")]: 403, [READING]: 401 };
    const { host } = new URL(google.url);
    assert.deepEqual(await readyz(), {
      status: 503,
      body: {
        status: "not_ready",
        problems: [
          `publishing to task-commands: ${host} answered 403`,
          `reading images: ${host} answered 401`,
        ],
      },
    });
  });

  void test("says who does not answer", async () => {
    await stage.restartAfterKill({ STORAGE_ENDPOINT: "http://127.0.0.1:9" });
    assert.deepEqual(await readyz(), {
      status: 503,
      body: {
        status: "not_ready",
        problems: ["reading images: 127.0.0.1:9 does not answer"],
      },
    });
  });

  void test("asks nobody while something is not configured", async () => {
    await stage.restartAfterKill({ GCP_PROJECT: "" });
    const { status, body } = await readyz();
    assert.equal(status, 503);
    assert.deepEqual(body, { status: "not_ready", problems: ["GCP_PROJECT is not set"] });
    assert.deepEqual(asked, []);
  });
});

function bearer(request: IncomingMessage): string {
  return (request.headers.authorization ?? "").replace(/^Bearer /, "");
}
