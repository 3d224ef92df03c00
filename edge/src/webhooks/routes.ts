import { createRoute, z } from "@hono/zod-openapi";
import { forUsers, userSecurity } from "../auth/middleware.js";
import { newApi } from "../http/api.js";
import { jsonBody } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { FOR_BODIES, FOR_USERS, refusals } from "../http/refusals.js";
import { MAX_WEBHOOKS } from "./account-webhooks.js";
import { requireAllowed } from "./allowed.js";
import * as schemas from "./schemas.js";
import { currentSecret } from "./secrets.js";
import { ALL_TYPES } from "./subscription.js";

const MAX_BODY_BYTES = 8 * 1024;

const common = {
  tags: ["webhooks"],
  security: userSecurity("webhooks"),
};
const params = schemas.webhookParams;
const webhook = {
  description: "The webhook",
  content: { "application/json": { schema: schemas.webhookSchema } },
};

const create = createRoute({
  ...common,
  method: "post",
  path: "/v1/webhooks",
  summary: "Have events sent to a URL, by Standard Webhooks",
  middleware: [forUsers("webhooks"), ...jsonBody(MAX_BODY_BYTES)] as const,
  request: {
    body: { required: true, content: { "application/json": { schema: schemas.webhookRequest } } },
  },
  responses: {
    201: {
      description: "Events from now on are sent there",
      content: { "application/json": { schema: schemas.newWebhookSchema } },
      headers: z.object({ location: z.string() }),
    },
    ...refusals(
      ...FOR_USERS,
      ...FOR_BODIES,
      "url_not_allowed",
      "too_many_webhooks",
      "account_deleting",
    ),
  },
});

const list = createRoute({
  ...common,
  method: "get",
  path: "/v1/webhooks",
  summary: "List webhooks, oldest first",
  middleware: [forUsers("webhooks")] as const,
  responses: {
    200: {
      description: "All of them",
      content: {
        "application/json": { schema: z.object({ items: z.array(schemas.webhookSchema) }) },
      },
    },
    ...refusals(...FOR_USERS),
  },
});

const read = createRoute({
  ...common,
  method: "get",
  path: "/v1/webhooks/{webhookId}",
  summary: "Read a webhook",
  middleware: [forUsers("webhooks")] as const,
  request: { params },
  responses: { 200: webhook, ...refusals(...FOR_USERS, "not_found") },
});

const update = createRoute({
  ...common,
  method: "patch",
  path: "/v1/webhooks/{webhookId}",
  summary: "Change a webhook, or switch it on again",
  middleware: [forUsers("webhooks"), ...jsonBody(MAX_BODY_BYTES)] as const,
  request: {
    params,
    body: { required: true, content: { "application/json": { schema: schemas.webhookChange } } },
  },
  responses: {
    200: webhook,
    ...refusals(...FOR_USERS, ...FOR_BODIES, "not_found", "url_not_allowed"),
  },
});

const remove = createRoute({
  ...common,
  method: "delete",
  path: "/v1/webhooks/{webhookId}",
  summary: "Delete a webhook with its deliveries",
  middleware: [forUsers("webhooks")] as const,
  request: { params },
  responses: {
    204: { description: "Nothing is sent any more" },
    ...refusals(...FOR_USERS, "not_found"),
  },
});

const rotate = createRoute({
  ...common,
  method: "post",
  path: "/v1/webhooks/{webhookId}/secret",
  summary: "Make a new secret; the old one signs, too, for 24 hours",
  middleware: [forUsers("webhooks")] as const,
  request: { params },
  responses: {
    200: {
      description: "The new secret, which is shown once",
      content: { "application/json": { schema: schemas.secretSchema } },
    },
    ...refusals(...FOR_USERS, "not_found"),
  },
});

export const webhooks = newApi()
  .openapi(create, async (c) => {
    const { url, types = [ALL_TYPES], description } = c.req.valid("json");
    requireAllowed("url", url, c.env);
    const account = c.env.ACCOUNTS.getByName(c.var.owner);
    const settings = { url, types: [...new Set(types)], description };
    const created = await account.createWebhook(settings, c.var.user.channel.name);
    if (created === undefined) {
      throw new Problem("too_many_webhooks", `there may be ${MAX_WEBHOOKS} webhooks at most`);
    }
    const body = { ...schemas.webhookView(created), secret: currentSecret(created.secrets) };
    return c.json(body, 201, { location: `/v1/webhooks/${created.webhookId}` });
  })
  .openapi(list, async (c) => {
    const all = await c.env.ACCOUNTS.getByName(c.var.owner).webhooks();
    return c.json({ items: all.map(schemas.webhookView) }, 200);
  })
  .openapi(read, async (c) => {
    const { webhookId } = c.req.valid("param");
    const found = await c.env.ACCOUNTS.getByName(c.var.owner).webhook(webhookId);
    return c.json(schemas.webhookView(known(found)), 200);
  })
  .openapi(update, async (c) => {
    const { webhookId } = c.req.valid("param");
    const change = c.req.valid("json");
    if (change.url !== undefined) {
      requireAllowed("url", change.url, c.env);
    }
    const account = c.env.ACCOUNTS.getByName(c.var.owner);
    const changed = await account.updateWebhook(webhookId, change);
    return c.json(schemas.webhookView(known(changed)), 200);
  })
  .openapi(remove, async (c) => {
    const { webhookId } = c.req.valid("param");
    if (!(await c.env.ACCOUNTS.getByName(c.var.owner).removeWebhook(webhookId))) {
      throw unknownWebhook();
    }
    return new Response(null, { status: 204 });
  })
  .openapi(rotate, async (c) => {
    const { webhookId } = c.req.valid("param");
    const changed = await c.env.ACCOUNTS.getByName(c.var.owner).rotateWebhookSecret(webhookId);
    return c.json({ secret: currentSecret(known(changed).secrets) }, 200);
  });

function known<T>(found: T | undefined): T {
  if (found === undefined) {
    throw unknownWebhook();
  }
  return found;
}

export function unknownWebhook(): Problem {
  return new Problem("not_found", "there is no such webhook");
}
