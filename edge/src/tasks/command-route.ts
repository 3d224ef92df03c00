import { createRoute, z } from "@hono/zod-openapi";
import { forOperators } from "../auth/middleware.js";
import { limits } from "../generated/limits.js";
import { newApi } from "../http/api.js";
import { jsonBody } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { FOR_BODIES, FOR_SERVICE_ACCOUNTS, refusals } from "../http/refusals.js";
import { oneOf, requestBody, requestObject, taskIdParams, text } from "../http/schemas.js";

import { observed } from "../trace/observe.js";
import { type CommandRefusal, COMMANDS, isRefusal } from "./commands.js";

const MAX_BODY_BYTES = 4 * 1024;

const operation = z
  .object({
    taskId: z.string(),
    command: z.enum(COMMANDS),
    operationId: z.string(),
    run: z.int().openapi({ description: "Of a redrive the new run, else the run at that time" }),
  })
  .openapi("Operation");

const commandRequest = requestObject(
  requestBody({
    command: oneOf(COMMANDS),
    operationId: text(limits.idPattern, "16 to 64 of A-Z, a-z, 0-9, _ and -").openapi({
      description: "Chosen by the caller: sent again under the same id a command is still one",
    }),
  }),
).openapi("CommandRequest");

const REFUSALS: Readonly<Record<CommandRefusal, string>> = {
  unknown_task: "there is no such task",
  operation_conflict: "this operationId was used for another command",
  task_not_failed: "only a failed task can be redriven",
  task_ended: "the task has ended: there is nothing to cancel",
};

const route = createRoute({
  method: "post",
  path: "/internal/v1/tasks/{taskId}/commands",
  tags: ["internal"],
  summary: "Redrive, cancel or delete a task, as an operator",
  security: [{ google: [] }],
  middleware: [forOperators, observed("task command"), ...jsonBody(MAX_BODY_BYTES)] as const,
  request: {
    params: taskIdParams,
    body: { required: true, content: { "application/json": { schema: commandRequest } } },
  },
  responses: {
    202: {
      description: "Accepted, now or before; recovery executes it",
      content: { "application/json": { schema: operation } },
    },
    ...refusals(
      ...FOR_SERVICE_ACCOUNTS,
      ...FOR_BODIES,
      "not_found",
      "unknown_task",
      "operation_conflict",
      "task_not_failed",
      "task_ended",
    ),
  },
});

export const commands = newApi().openapi(route, async (c) => {
  const { taskId } = c.req.valid("param");
  const { command, operationId } = c.req.valid("json");
  const result = await c.env.TASKS.getByName(taskId).command(command, operationId);
  const outcome = isRefusal(result) ? result : result.repeated ? "repeated" : "accepted";
  c.var.observation.report({
    message: `${command}: ${outcome}`,
    fields: { taskId, operationId },
    attributes: { "in.task.id": taskId, "in.command": command },
  });
  if (isRefusal(result)) {
    throw new Problem(result, REFUSALS[result]);
  }
  return c.json({ taskId, ...result.operation }, 202);
});
