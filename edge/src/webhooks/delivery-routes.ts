import { createRoute, z } from "@hono/zod-openapi";
import { forUsers, userSecurity } from "../auth/middleware.js";
import { requiredAudience } from "../config.js";
import { randomId } from "../encoding.js";
import { newApi } from "../http/api.js";
import { jsonBody } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { FOR_BODIES, FOR_USERS, refusals } from "../http/refusals.js";
import { cloudEvent } from "./cloud-event.js";
import { TEST_TYPE } from "./delivery.js";
import { endpointOf, type Subscription } from "./subscription.js";
import { unknownWebhook } from "./routes.js";
import * as schemas from "./schemas.js";
import type { WebhookDO } from "./webhook.js";

const MAX_BODY_BYTES = 1024;

const common = { tags: ["webhooks"], security: userSecurity("webhooks") };
const accepted = {
  description: "It is sent at once",
  content: { "application/json": { schema: schemas.deliverySchema } },
};

const test = createRoute({
  ...common,
  method: "post",
  path: "/v1/webhooks/{webhookId}/test",
  summary: `Send a \`${TEST_TYPE}\` event, once`,
  middleware: [forUsers("webhooks")] as const,
  request: { params: schemas.webhookParams },
  responses: { 202: accepted, ...refusals(...FOR_USERS, "not_found", "webhook_disabled") },
});

const list = createRoute({
  ...common,
  method: "get",
  path: "/v1/webhooks/{webhookId}/deliveries",
  summary: "Read what was sent and what became of it, newest first",
  middleware: [forUsers("webhooks")] as const,
  request: { params: schemas.webhookParams, query: schemas.deliveryQuery },
  responses: {
    200: {
      description: "A page; those that ended are kept for 30 days, the latest 1,000",
      content: { "application/json": { schema: schemas.deliveriesSchema } },
    },
    ...refusals(...FOR_USERS, "invalid_request", "not_found"),
  },
});

const resend = createRoute({
  ...common,
  method: "post",
  path: "/v1/webhooks/{webhookId}/deliveries/{deliveryId}/resend",
  summary: "Send one again, with the same `webhook-id`",
  middleware: [forUsers("webhooks")] as const,
  request: { params: schemas.deliveryParams },
  responses: { 202: accepted, ...refusals(...FOR_USERS, "not_found", "webhook_disabled") },
});

const recover = createRoute({
  ...common,
  method: "post",
  path: "/v1/webhooks/{webhookId}/recover",
  summary: "Send all again that were created since a time and have failed",
  middleware: [forUsers("webhooks"), ...jsonBody(MAX_BODY_BYTES)] as const,
  request: {
    params: schemas.webhookParams,
    body: { required: true, content: { "application/json": { schema: schemas.recoverRequest } } },
  },
  responses: {
    202: {
      description: "They are sent, a few at a time",
      content: { "application/json": { schema: z.object({ count: z.int() }) } },
    },
    ...refusals(...FOR_USERS, ...FOR_BODIES, "not_found", "webhook_disabled"),
  },
});

export const webhookDeliveries = newApi()
  .openapi(test, async (c) => {
    const { owner } = c.var;
    const subscription = await subscriptionOf(c.env, owner, c.req.valid("param").webhookId);
    const id = randomId();
    const data = JSON.stringify({ webhookId: subscription.webhookId });
    const event = { type: TEST_TYPE, timestamp: Date.now(), data };
    const message = { id, type: TEST_TYPE, body: cloudEvent(id, event, requiredAudience(c.env)) };
    const delivery = await webhookOf(c.env, subscription).test(
      endpointOf(subscription, owner),
      message,
    );
    if (delivery === undefined) {
      throw disabled();
    }
    return c.json(schemas.deliveryView(delivery), 202);
  })
  .openapi(list, async (c) => {
    const subscription = await subscriptionOf(c.env, c.var.owner, c.req.valid("param").webhookId);
    const { status, cursor, limit } = c.req.valid("query");
    const before = cursor === undefined ? undefined : Number(cursor);
    const page = await webhookOf(c.env, subscription).deliveries({ status, before, limit });
    const items = page.map(({ delivery }) => schemas.deliveryView(delivery));
    const last = page.length === limit ? page.at(-1)?.position : undefined;
    return c.json({ items, ...(last === undefined ? {} : { nextCursor: String(last) }) }, 200);
  })
  .openapi(resend, async (c) => {
    const { webhookId, deliveryId } = c.req.valid("param");
    const subscription = await subscriptionOf(c.env, c.var.owner, webhookId);
    const result = await webhookOf(c.env, subscription).resend(deliveryId);
    if (result === "unknown") {
      throw new Problem("not_found", "there is no such delivery");
    }
    if (result === "disabled") {
      throw disabled();
    }
    return c.json(schemas.deliveryView(result), 202);
  })
  .openapi(recover, async (c) => {
    const { webhookId } = c.req.valid("param");
    const subscription = await subscriptionOf(c.env, c.var.owner, webhookId);
    const since = Date.parse(c.req.valid("json").since);
    const count = await webhookOf(c.env, subscription).recover(since);
    if (count === "disabled") {
      throw disabled();
    }
    return c.json({ count }, 202);
  });

/** @throws Problem where the owner has no such webhook */
async function subscriptionOf(env: Env, owner: string, webhookId: string): Promise<Subscription> {
  const found = await env.ACCOUNTS.getByName(owner).webhook(webhookId);
  if (found === undefined) {
    throw unknownWebhook();
  }
  return found;
}

function webhookOf(env: Env, { webhookId }: Subscription): DurableObjectStub<WebhookDO> {
  return env.WEBHOOKS.getByName(webhookId);
}

function disabled(): Problem {
  return new Problem("webhook_disabled", "the webhook is disabled: PATCH it with enabled true");
}
