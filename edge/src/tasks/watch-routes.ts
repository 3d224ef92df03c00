import { createRoute, z } from "@hono/zod-openapi";
import { forUsers, userSecurity } from "../auth/middleware.js";
import { newApi } from "../http/api.js";
import { Problem } from "../http/problem.js";
import { FOR_USERS, refusals } from "../http/refusals.js";
import { taskIdParams } from "../http/schemas.js";
import { eventStream, openWatch } from "./watch.js";

const lastEventId = z
  .string()
  .regex(/^\d{1,15}$/, { error: "must be a whole number" })
  .optional();

const follow = z
  .enum(["true", "false"], { error: "must be true or false" })
  .default("true")
  .openapi({ description: "`false`: what happened so far, then the end" });

const NOTHING_LEFT = "Everything was sent, and nothing will follow";

const watchEvents = createRoute({
  method: "get",
  path: "/v1/tasks/{taskId}/events",
  tags: ["tasks"],
  summary: "Watch a task by server-sent events",
  security: userSecurity("tasks:read"),
  middleware: [forUsers("tasks:read")] as const,
  request: {
    params: taskIdParams,
    headers: z.object({ "Last-Event-ID": lastEventId }),
    query: z.object({ follow }),
  },
  responses: {
    200: {
      description:
        "`event: status`, a growing `id`, and as `data` the task as it stood; what happened (the " +
        "last 64) comes first. The stream ends with the task",
      content: { "text/event-stream": { schema: z.string() } },
    },
    204: { description: `${NOTHING_LEFT}; with \`follow=false\`, nothing new happened` },
    ...refusals(...FOR_USERS, "invalid_request", "not_found"),
  },
});

const watchWebSocket = createRoute({
  method: "get",
  path: "/v1/tasks/{taskId}/ws",
  tags: ["tasks"],
  summary: "Watch a task over a WebSocket",
  security: userSecurity("tasks:read"),
  middleware: [forUsers("tasks:read")] as const,
  request: {
    params: taskIdParams,
    headers: z.object({ "Last-Event-ID": lastEventId }),
    // A browser's WebSocket cannot send headers of its own.
    query: z.object({ lastEventId }),
  },
  responses: {
    101: {
      description:
        'The same as the events, each as `{"id", "event", "data"}`. `ping` is answered `pong`; ' +
        "closed with 1000 when the task ends",
    },
    204: { description: NOTHING_LEFT },
    ...refusals(...FOR_USERS, "invalid_request", "not_found", "upgrade_required"),
  },
});

export const watch = newApi()
  .openapi(watchEvents, async (c) => {
    const coordinator = c.env.TASKS.getByName(c.req.valid("param").taskId);
    const from = c.req.valid("header")["Last-Event-ID"];
    const follows = c.req.valid("query").follow === "true";
    const { webSocket } = await openWatch(coordinator, c.var.owner, from, follows);
    // 204 makes an EventSource stop reconnecting.
    return webSocket === null ? new Response(null, { status: 204 }) : eventStream(webSocket);
  })
  .openapi(watchWebSocket, async (c) => {
    if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
      throw new Problem("upgrade_required", "the header Upgrade: websocket is required");
    }
    const coordinator = c.env.TASKS.getByName(c.req.valid("param").taskId);
    const from = c.req.valid("header")["Last-Event-ID"] ?? c.req.valid("query").lastEventId;
    return await openWatch(coordinator, c.var.owner, from);
  });
