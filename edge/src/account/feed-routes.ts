import { createRoute, z } from "@hono/zod-openapi";
import { forUsers, userSecurity } from "../auth/middleware.js";
import { newApi } from "../http/api.js";
import { Problem } from "../http/problem.js";
import { FOR_USERS, refusals } from "../http/refusals.js";
import { feedHeaders, feedQuery, feedReader, openFeed } from "./feed-reader.js";
import { feedStream } from "./feed-stream.js";

const events = createRoute({
  method: "get",
  path: "/v1/events",
  tags: ["tasks"],
  summary: "Follow everything that happens to one's tasks by server-sent events",
  security: userSecurity("tasks:read"),
  middleware: [forUsers("tasks:read")] as const,
  request: { headers: feedHeaders, query: feedQuery },
  responses: {
    200: {
      description:
        "Each entry (`FeedEntry`) as `data`, with its `seq` as `id` and its type as `event`. The " +
        "history is 30 days or 100,000 entries",
      content: { "text/event-stream": { schema: z.string() } },
    },
    ...refusals(...FOR_USERS, "invalid_request", "cursor_expired"),
  },
});

const webSocket = createRoute({
  method: "get",
  path: "/v1/ws",
  tags: ["tasks"],
  summary: "Follow everything that happens to one's tasks over a WebSocket",
  security: userSecurity("tasks:read"),
  middleware: [forUsers("tasks:read")] as const,
  request: { headers: feedHeaders, query: feedQuery },
  responses: {
    101: {
      description:
        'Each entry (`FeedEntry`) as a message. `ping` is answered `pong`. `{"ack": seq}` says up to ' +
        "where the client has read; one that was sent 10,000 entries since its last `ack`, or its " +
        "beginning, is closed with 4008 and resumes with `?cursor=`",
    },
    ...refusals(...FOR_USERS, "invalid_request", "cursor_expired", "upgrade_required"),
  },
});

export const feed = newApi()
  .openapi(events, async (c) => {
    const reader = feedReader(c.req.valid("header"), c.req.valid("query"));
    return await feedStream(c.env.ACCOUNTS.getByName(c.var.owner), reader);
  })
  .openapi(webSocket, async (c) => {
    if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
      throw new Problem("upgrade_required", "the header Upgrade: websocket is required");
    }
    const reader = feedReader(c.req.valid("header"), c.req.valid("query"));
    return await openFeed(c.env.ACCOUNTS.getByName(c.var.owner), reader);
  });
