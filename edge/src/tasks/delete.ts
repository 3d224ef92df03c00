import { createRoute } from "@hono/zod-openapi";
import { forUsers, userSecurity } from "../auth/middleware.js";
import { randomId } from "../encoding.js";
import { newApi } from "../http/api.js";
import { Problem } from "../http/problem.js";
import { FOR_USERS, refusals } from "../http/refusals.js";
import { taskIdParams } from "../http/schemas.js";
import { observed } from "../trace/observe.js";

const route = createRoute({
  method: "delete",
  path: "/v1/tasks/{taskId}",
  tags: ["tasks"],
  summary: "Delete a task with everything that belongs to it",
  security: userSecurity("tasks:write"),
  middleware: [forUsers("tasks:write"), observed("delete task")] as const,
  request: { params: taskIdParams },
  responses: {
    204: {
      description:
        "The edge has deleted it; the document and the stored image follow. Its Idempotency-Key is " +
        "refused for 40 days",
    },
    ...refusals(...FOR_USERS, "not_found"),
  },
});

export const remove = newApi().openapi(route, async (c) => {
  const { taskId } = c.req.valid("param");
  const operationId = randomId();
  if (!(await c.env.TASKS.getByName(taskId).remove(c.var.owner, operationId))) {
    throw new Problem("not_found", "there is no such task");
  }
  c.var.observation.report({
    message: "task deleted",
    fields: { taskId, operationId },
    attributes: { "in.task.id": taskId },
  });
  return new Response(null, { status: 204 });
});
