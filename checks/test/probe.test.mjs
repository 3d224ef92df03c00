// The probe against an edge that does what a case says.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { ROOT } from "../root.mjs";

const script = readFileSync(join(ROOT, "terraform/modules/probe/probe.mjs"), "utf8");
const task = {
  taskId: "t",
  status: "submitted",
  priority: "normal",
  createdAt: "2026-11-27T00:00:00Z",
  updatedAt: "2026-11-27T00:00:00Z",
};
const completed = { ...task, status: "completed", result: { durationMs: 9, width: 64 } };

test("the answers here are of the edge's form", () => {
  const document = JSON.parse(readFileSync(join(ROOT, "docs/openapi.json"), "utf8"));
  const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(document, "edge");
  for (const answer of [task, completed]) {
    const validate = ajv.compile({ $ref: "edge#/components/schemas/Task" });
    assert.ok(validate(answer), JSON.stringify(validate.errors));
  }
  // What is not required may be named otherwise unnoticed.
  assert.ok(document.components.schemas.TaskResult.properties.width);
});

test("an image goes through, and is removed", async () => {
  const { status, requests, bodies, output } = await probe({
    "GET /v1/tasks/t": [task, completed],
  });
  assert.equal(status, 0);
  assert.deepEqual(requests, [
    "POST /v1/uploads",
    "PUT /bucket",
    "POST /v1/tasks",
    "GET /v1/tasks/t",
    "GET /v1/tasks/t",
    "DELETE /v1/tasks/t",
  ]);
  const image = bodies["PUT /bucket"] ?? assert.fail();
  assert.deepEqual(JSON.parse(String(bodies["POST /v1/uploads"])), {
    contentType: "image/png",
    size: image.length,
  });
  assert.equal(image.subarray(0, 16).toString("hex"), "89504e470d0a1a0a0000000d49484452");
  assert.match(output, /"message":"probed","taskId":"t"/);
});

test("a task that fails is removed, too, and said", async () => {
  const error = { code: "internal", message: "a bug", stage: "metadata" };
  const { status, requests, output } = await probe({
    "GET /v1/tasks/t": [{ ...task, status: "failed", error }],
  });
  assert.equal(status, 1);
  assert.equal(requests.at(-1), "DELETE /v1/tasks/t");
  assert.match(
    output,
    /"severity":"ERROR","message":"the probe failed: failed: internal at metadata"/,
  );
});

test("a task that does not end in time is removed, too, and said", async () => {
  const { status, requests, output } = await probe({ "GET /v1/tasks/t": [task] }, "3");
  assert.equal(status, 1);
  assert.equal(requests.at(-1), "DELETE /v1/tasks/t");
  assert.match(output, /the probe failed: not completed within 3 seconds/);
});

test("the result of another image is a failure", async () => {
  const other = { ...completed, result: { durationMs: 9, width: 65 } };
  const { status, output } = await probe({ "GET /v1/tasks/t": [other] });
  assert.equal(status, 1);
  assert.match(output, /the result is of another image/);
});

test("a key that is not accepted is said", async () => {
  const { status, requests, output } = await probe({ "POST /v1/uploads": [401] });
  assert.equal(status, 1);
  assert.deepEqual(requests, ["POST /v1/uploads"]);
  assert.match(output, /POST \/v1\/uploads: 401/);
});

test("what is not removed is a failure", async () => {
  const { status, output } = await probe({
    "GET /v1/tasks/t": [completed],
    "DELETE /v1/tasks/t": [503],
  });
  assert.equal(status, 1);
  assert.match(output, /what was probed cannot be removed: \/v1\/tasks\/t: 503/);
});

/**
 * @param {Record<string, (object | number)[]>} answers by request, each once and the last from then on
 * @param {string} [seconds]
 */
async function probe(answers, seconds = "60") {
  /** @type {string[]} */
  const requests = [];
  /** @type {Record<string, Buffer>} */
  const bodies = {};
  const server = createServer(async (request, response) => {
    const name = `${request.method} ${request.url}`;
    requests.push(name);
    bodies[name] = Buffer.concat(await request.toArray());
    const authorized =
      request.headers.authorization === (name === "PUT /bucket" ? undefined : "Bearer key");
    const left = answers[name] ?? [usual[name] ?? 404];
    const answer = authorized ? (left.length > 1 ? left.shift() : left[0]) : 401;
    response.statusCode = typeof answer === "number" ? answer : 200;
    response.end(typeof answer === "number" ? "" : JSON.stringify(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const edge = `http://127.0.0.1:${port}`;
  /** @type {Record<string, object | number>} */
  const usual = {
    "POST /v1/uploads": { uploadId: "u", url: `${edge}/bucket`, method: "PUT", headers: {} },
    "PUT /bucket": 200,
    "POST /v1/tasks": { taskId: "t" },
    "DELETE /v1/tasks/t": 204,
  };
  try {
    const env = { ...process.env, IN_EDGE: edge, IN_TOKEN: "key", IN_SECONDS: seconds };
    const [status, output] = await new Promise((resolve) =>
      execFile(
        "node",
        ["--input-type=module", "--eval", script],
        { env },
        (error, stdout, stderr) => resolve([error === null ? 0 : error.code, stdout + stderr]),
      ),
    );
    return { status, requests, bodies, output };
  } finally {
    server.close();
  }
}
