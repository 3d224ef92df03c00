// Sends an image through the whole chain, as a user does, and removes it. Exits with 1 and says why, where
// that takes too long or fails. IN_EDGE is the edge's URL, IN_TOKEN a user's API key, IN_SECONDS the time
// that it may take.
import { deflateSync, crc32 } from "node:zlib";
import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";

const { IN_EDGE, IN_TOKEN, IN_SECONDS = "120" } = process.env;
const start = Date.now();
const signal = AbortSignal.timeout(Number(IN_SECONDS) * 1000);
const authorization = `Bearer ${IN_TOKEN}`;

const image = noise(64);
let taskId;
try {
  const upload = await call("POST", "/v1/uploads", {
    contentType: "image/png",
    size: image.length,
  });
  const { method, headers } = upload;
  await answer(await fetch(upload.url, { method, headers, body: image, signal }), "the upload");
  ({ taskId } = await call("POST", "/v1/tasks", {
    uploadId: upload.uploadId,
    features: ["colors"],
  }));
  let task;
  do {
    await setTimeout(1000, undefined, { signal });
    task = await call("GET", `/v1/tasks/${taskId}`);
  } while (task.status !== "completed" && task.status !== "failed");
  if (task.status === "failed")
    throw new Error(`failed: ${task.error.code} at ${task.error.stage}`);
  if (task.result.width !== 64) throw new Error(`the result is of another image`);
  console.log(JSON.stringify({ message: "probed", taskId, durationMs: Date.now() - start }));
} catch (error) {
  const why = signal.aborted ? `not completed within ${IN_SECONDS} seconds` : error.message;
  console.error(JSON.stringify({ severity: "ERROR", message: `the probe failed: ${why}`, taskId }));
  process.exitCode = 1;
} finally {
  if (taskId !== undefined) await remove(taskId);
}

async function remove(id) {
  const signal = AbortSignal.timeout(30_000);
  const path = `/v1/tasks/${id}`;
  try {
    await answer(
      await fetch(IN_EDGE + path, { method: "DELETE", headers: { authorization }, signal }),
      path,
    );
  } catch (error) {
    const message = `what was probed cannot be removed: ${error.message}`;
    console.error(JSON.stringify({ severity: "ERROR", message, taskId: id }));
    process.exitCode = 1;
  }
}

async function call(method, path, body) {
  const headers = {
    authorization,
    ...(body === undefined
      ? {}
      : { "content-type": "application/json", "idempotency-key": randomUUID() }),
  };
  const response = await fetch(IN_EDGE + path, {
    method,
    headers,
    body: JSON.stringify(body),
    signal,
  });
  return JSON.parse(await answer(response, `${method} ${path}`));
}

async function answer(response, what) {
  const text = await response.text();
  if (!response.ok) throw new Error(`${what}: ${response.status} ${text.slice(0, 300)}`);
  return text;
}

/** A PNG that nobody has seen before: what was analysed already would not be analysed again. */
function noise(size) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.writeUInt8(8, 8); // bits of a grey value; the rest is zero
  const rows = Array.from({ length: size }, () => Buffer.concat([Buffer.of(0), randomBytes(size)]));
  const chunks = [
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...chunks]);
}

function chunk(type, data) {
  const content = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(content.length + 8);
  whole.writeUInt32BE(data.length, 0);
  content.copy(whole, 4);
  whole.writeUInt32BE(crc32(content), content.length + 4);
  return whole;
}
