import { createRoute } from "@hono/zod-openapi";
import { forUsers, userSecurity } from "../auth/middleware.js";
import { newApi } from "../http/api.js";
import { FOR_USERS, refusals } from "../http/refusals.js";
import { secretSchema } from "./schemas.js";
import { currentSecret } from "./secrets.js";

const common = {
  path: "/v1/account/webhook-secret",
  tags: ["webhooks"],
  security: userSecurity("webhooks"),
  responses: {
    200: {
      description: "The secret",
      content: { "application/json": { schema: secretSchema } },
    },
    ...refusals(...FOR_USERS),
  },
};

const read = createRoute({
  ...common,
  method: "get",
  middleware: [forUsers("webhooks")] as const,
  summary: "Read the secret that signs what is sent to a task's own `webhookUrl`",
});

const rotate = createRoute({
  ...common,
  method: "post",
  middleware: [forUsers("webhooks")] as const,
  summary: "Make a new secret for tasks' own webhooks; the old one signs, too, for 24 hours",
});

export const webhookSecret = newApi()
  .openapi(read, async (c) => {
    const secrets = await c.env.ACCOUNTS.getByName(c.var.owner).webhookSecrets();
    return c.json({ secret: currentSecret(secrets) }, 200);
  })
  .openapi(rotate, async (c) => {
    const secrets = await c.env.ACCOUNTS.getByName(c.var.owner).rotateWebhookSecrets();
    return c.json({ secret: currentSecret(secrets) }, 200);
  });
