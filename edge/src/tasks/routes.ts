import { requireSync } from "../auth/internal.js";
import type { Owner } from "../auth/user.js";
import { storageSettings } from "../config.js";
import { derivedId, randomId } from "../encoding.js";
import { signedUrl } from "../google/signed-url.js";
import { readJsonObject } from "../http/body.js";
import { Problem } from "../http/problem.js";
import type { Call } from "../http/router.js";
import { log } from "../log.js";
import { newSpanId, newTraceId, parseTraceparent } from "../trace/context.js";
import { exportSpan, type Span } from "../trace/exporter.js";
import type { TaskCoordinatorDO } from "./coordinator.js";
import { parseStatusUpdate } from "./status-update.js";
import { parseChannel, parseIdempotencyKey, parseSubmission } from "./submission.js";
import { eventStream, openWatch } from "./watch.js";

const MAX_SUBMISSION_BYTES = 64 * 1024;
/** The result's 64 KiB, escaped at worst, and the rest. */
const MAX_STATUS_BYTES = 256 * 1024;
const IMAGE_URL_LIFETIME_SECONDS = 15 * 60;

export async function submitTask(call: Call, owner: Owner): Promise<Response> {
  const { request, env } = call;
  const startedAt = Date.now();
  const key = parseIdempotencyKey(request.headers);
  const channel = parseChannel(request.headers);
  const submission = parseSubmission(await readJsonObject(request, MAX_SUBMISSION_BYTES));
  const taskId = key === undefined ? randomId() : await derivedId(`idempotency|${owner}|${key}`);
  const caller = parseTraceparent(request.headers);
  const traceId = caller?.traceId ?? newTraceId();
  const spanId = newSpanId();
  const task = { taskId, owner, channel, submission, traceId, spanId };
  const result = await env.TASKS.getByName(taskId).submit(task);
  if (result === "conflict") {
    throw new Problem(
      "idempotency_key_conflict",
      "this Idempotency-Key was used with another body",
    );
  }
  log("INFO", "task accepted", { taskId, traceId, spanId, channel });
  const span: Span = {
    name: "submit task",
    kind: "server",
    ...{ traceId, spanId, parentSpanId: caller?.spanId, startedAt },
    attributes: { "in.task.id": taskId },
  };
  call.waitUntil(exportSpan(env, span));
  const self = `/v1/tasks/${taskId}`;
  const links = { self, events: `${self}/events`, ws: `${self}/ws`, image: `${self}/image` };
  return Response.json(
    { taskId, status: "submitted", links },
    { status: 202, headers: { location: self } },
  );
}

export async function getTask(call: Call, owner: Owner): Promise<Response> {
  const view = (await coordinatorOf(call).view(owner)) ?? unknownTask();
  return new Response(view, {
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
}

export async function watchEvents(call: Call, owner: Owner): Promise<Response> {
  const lastEventId = call.request.headers.get("last-event-id");
  const { webSocket } = await openWatch(coordinatorOf(call), owner, lastEventId);
  // 204 tells an EventSource to stop reconnecting: all is told, nothing will follow.
  return webSocket === null ? new Response(null, { status: 204 }) : eventStream(webSocket);
}

export async function watchWebSocket(call: Call, owner: Owner): Promise<Response> {
  const { headers } = call.request;
  if (headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new Problem("upgrade_required", "this wants the header Upgrade: websocket");
  }
  // A browser's WebSocket cannot send headers of its own.
  const lastEventId = headers.get("last-event-id") ?? call.url.searchParams.get("lastEventId");
  return await openWatch(coordinatorOf(call), owner, lastEventId);
}

export async function redirectToImage(call: Call, owner: Owner): Promise<Response> {
  const object = (await coordinatorOf(call).image(owner)) ?? null;
  if (object === null) {
    throw new Problem("not_found", "there is no such task, or its image is not stored yet");
  }
  const location = await signedUrl(storageSettings(call.env), {
    method: "GET",
    object,
    issuedAt: new Date(),
    lifetimeSeconds: IMAGE_URL_LIFETIME_SECONDS,
  });
  return new Response(null, { status: 302, headers: { location, "cache-control": "no-store" } });
}

/** From sync alone. */
export async function putStatus(call: Call): Promise<Response> {
  const startedAt = Date.now();
  await requireSync(call.request, call.env);
  const update = parseStatusUpdate(await readJsonObject(call.request, MAX_STATUS_BYTES));
  const taskId = idOf(call);
  const result = await coordinatorOf(call).update(update);
  const { eventId, run, status, stage, traceId } = update;
  const severity = result === "unknown_task" ? "WARNING" : "INFO";
  const caller = parseTraceparent(call.request.headers);
  const spanId = newSpanId();
  const details = { taskId, traceId, spanId, eventId, run, status, stage };
  log(severity, `status update: ${result}`, details);
  const span: Span = {
    name: "status update",
    kind: "server",
    traceId: caller?.traceId ?? traceId,
    ...{ spanId, parentSpanId: caller?.spanId, startedAt },
    failed: result === "unknown_task",
    attributes: { "in.task.id": taskId, "in.status": status },
  };
  call.waitUntil(exportSpan(call.env, span));
  if (result === "unknown_task") {
    // Its own code: sync gives an update up for it, and must not for the 404 of a wrong address.
    throw new Problem("unknown_task", "there is no such task");
  }
  return new Response(null, { status: 204 });
}

function coordinatorOf(call: Call): DurableObjectStub<TaskCoordinatorDO> {
  return call.env.TASKS.getByName(idOf(call));
}

function idOf({ path }: Call): string {
  return path["taskId"] ?? unknownTask();
}

function unknownTask(): never {
  throw new Problem("not_found", "there is no such task");
}
