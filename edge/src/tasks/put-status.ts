import { createRoute } from "@hono/zod-openapi";
import { forReporters } from "../auth/middleware.js";
import { newApi } from "../http/api.js";
import { jsonBody } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { FOR_BODIES, FOR_SERVICE_ACCOUNTS, refusals } from "../http/refusals.js";
import { taskIdParams } from "../http/schemas.js";
import { observed } from "../trace/observe.js";
import { statusUpdateOf, statusUpdateSchema } from "./status-update.js";
import { isTerminal } from "./summary.js";

/** The result's 64 KiB, escaped at worst, and the rest. */
const MAX_BODY_BYTES = 256 * 1024;

const route = createRoute({
  method: "put",
  path: "/internal/v1/tasks/{taskId}/status",
  tags: ["internal"],
  summary: "Report a task's status: sync any, notification progress alone",
  security: [{ google: [] }],
  middleware: [forReporters, observed("status update"), ...jsonBody(MAX_BODY_BYTES)] as const,
  request: {
    params: taskIdParams,
    body: { required: true, content: { "application/json": { schema: statusUpdateSchema } } },
  },
  responses: {
    204: { description: "Applied, or stale, or a repeat" },
    ...refusals(...FOR_SERVICE_ACCOUNTS, ...FOR_BODIES, "not_found", "unknown_task"),
  },
});

export const putStatus = newApi().openapi(route, async (c) => {
  const { taskId } = c.req.valid("param");
  const update = statusUpdateOf(c.req.valid("json"));
  if (!c.var.mayEndTasks && isTerminal(update.status)) {
    throw new Problem("forbidden", "this account may report progress alone");
  }
  const result = await c.env.TASKS.getByName(taskId).update(update);
  const { eventId, run, status, stage, traceId } = update;
  const { observation } = c.var;
  observation.joinTrace(traceId);
  observation.report({
    message: `status update: ${result}`,
    fields: { taskId, eventId, run, status, stage },
    attributes: { "in.task.id": taskId, "in.status": status },
  });
  if (result === "unknown_task") {
    // Its own code: sync gives an update up for it, and must not for the 404 of a wrong address.
    throw new Problem("unknown_task", "there is no such task");
  }
  return new Response(null, { status: 204 });
});
