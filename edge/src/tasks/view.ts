import { z } from "@hono/zod-openapi";
import type { TypedResponse } from "hono";
import type { JSONParsed } from "hono/utils/types";
import { PRIORITIES } from "../events/routing.js";
import { RESULT_REF } from "./result-schema.js";
import { STATUSES } from "./summary.js";
import type { Task } from "./task.js";

/** The body of `GET /v1/tasks/{taskId}` and the data of its events. */
export const viewSchema = z
  .object({
    taskId: z.string(),
    status: z.enum(STATUSES),
    stage: z.string().optional().openapi({ description: "The stage that was completed or failed" }),
    priority: z.enum(PRIORITIES),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    overdue: z.literal(true).optional().openapi({ description: "Nothing was reported for long" }),
    result: z
      .record(z.string(), z.unknown())
      .optional()
      .openapi({ type: "object", allOf: [{ $ref: RESULT_REF }] }),
    error: z
      .object({ code: z.string(), message: z.string(), stage: z.string().optional() })
      .optional(),
  })
  .openapi("Task");

/** {@link viewSchema} as JSON text. */
export type ViewJson = string;

type View = z.input<typeof viewSchema>;

export function viewJson(task: Task): ViewJson {
  const { summary } = task;
  const view: View = {
    taskId: task.taskId,
    status: summary.status,
    stage: summary.stage,
    priority: task.submission.priority,
    createdAt: new Date(task.createdAt).toISOString(),
    updatedAt: new Date(task.updatedAt).toISOString(),
    overdue: task.overdue ? true : undefined,
    result:
      task.resultJson === undefined
        ? undefined
        : (JSON.parse(task.resultJson) as Record<string, unknown>),
    error: task.error,
  };
  return JSON.stringify(view);
}

type ViewResponse = Response & TypedResponse<JSONParsed<View>, 200, "json">;

/** Answers with the view as it came from the coordinator: nobody in between parses it. */
export function viewResponse(view: ViewJson): ViewResponse {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return new Response(view, { headers }) as ViewResponse;
}
