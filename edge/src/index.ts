import { type Owner, ownerOf } from "./auth/user.js";
import { ConfigurationError } from "./config.js";
import { health, requireConfiguration } from "./health.js";
import { Problem } from "./http/problem.js";
import { type Call, dispatch, type Handler, type Route } from "./http/router.js";
import { log, messageOf } from "./log.js";
import { page, pageAsset } from "./page/routes.js";
import {
  getTask,
  putStatus,
  redirectToImage,
  submitTask,
  watchEvents,
  watchWebSocket,
} from "./tasks/routes.js";
import { createUpload } from "./uploads/routes.js";

export { TaskCoordinatorDO } from "./tasks/coordinator.js";

const TASK = "(?<taskId>[A-Za-z0-9_-]{16,64})";

const routes: readonly Route[] = [
  { path: /^\/$/, methods: { GET: page } },
  { path: /^\/page\/(?<name>[a-z.]+)$/, methods: { GET: pageAsset } },
  { path: /^\/healthz$/, methods: { GET: health } },
  { path: /^\/v1\/tasks$/, methods: { POST: asUser(submitTask) } },
  { path: /^\/v1\/uploads$/, methods: { POST: asUser(createUpload) } },
  { path: new RegExp(`^/v1/tasks/${TASK}$`), methods: { GET: asUser(getTask) } },
  { path: new RegExp(`^/v1/tasks/${TASK}/events$`), methods: { GET: asUser(watchEvents) } },
  { path: new RegExp(`^/v1/tasks/${TASK}/ws$`), methods: { GET: asUser(watchWebSocket) } },
  { path: new RegExp(`^/v1/tasks/${TASK}/image$`), methods: { GET: asUser(redirectToImage) } },
  { path: new RegExp(`^/internal/v1/tasks/${TASK}/status$`), methods: { PUT: putStatus } },
];

export default {
  async fetch(request, env, ctx): Promise<Response> {
    try {
      return await dispatch(routes, request, env, (work) => ctx.waitUntil(work));
    } catch (error) {
      return answerTo(error).toResponse();
    }
  },
} satisfies ExportedHandler<Env>;

/** A route of /v1: for authenticated users of a configured edge. */
function asUser(handler: (call: Call, owner: Owner) => Promise<Response>): Handler {
  return async (call) => {
    requireConfiguration(call.env);
    return await handler(call, await ownerOf(call.request, call.env));
  };
}

function answerTo(error: unknown): Problem {
  if (error instanceof Problem) {
    return error;
  }
  if (error instanceof ConfigurationError) {
    log("ERROR", "the edge is not configured", { reason: error.message });
    return new Problem("misconfigured", error.message);
  }
  log("ERROR", "unexpected error", {
    reason: messageOf(error),
    stack: error instanceof Error ? error.stack : undefined,
  });
  return new Problem("internal", "an unexpected error; it was logged");
}
