import { z } from "@hono/zod-openapi";
import { FEED_TYPES } from "../account/feed-entry.js";
import { limits } from "../generated/limits.js";
import { mustBe, oneOf, requestBody, requestObject } from "../http/schemas.js";
import { ATTEMPT_ERRORS, type Delivery, DELIVERY_STATUSES } from "./delivery.js";
import { ALL_TYPES, type Subscription } from "./subscription.js";

const MAX_DESCRIPTION_LENGTH = 256;
const MAX_PAGE = 100;
const DEFAULT_PAGE = 50;

/** Where it may lead is checked by `requireAllowed` (allowed.ts), which needs the configuration. */
export const webhookUrl = z
  .string(mustBe("an absolute https URL"))
  .refine((text) => URL.canParse(text), mustBe("an absolute https URL"))
  .openapi({ description: "An absolute https URL with a public host name", format: "uri" });

const listOfTypes = mustBe("a list of at least one type of event, or *");
const types = z
  .array(oneOf([...FEED_TYPES, ALL_TYPES]), listOfTypes)
  .min(1, listOfTypes)
  .optional()
  .openapi({ description: `Left out, or \`*\`: every type, later ones included` });

const aDescription = mustBe(`text of at most ${MAX_DESCRIPTION_LENGTH} characters`);
const description = z
  .string(aDescription)
  .max(MAX_DESCRIPTION_LENGTH, aDescription)
  .optional()
  .openapi({ description: "For its owner" });

export const webhookRequest = requestObject(
  requestBody({ url: webhookUrl, types, description }),
).openapi("WebhookRequest");

export const webhookChange = requestObject(
  requestBody({
    url: webhookUrl.optional(),
    types,
    description,
    enabled: z.boolean(mustBe("true or false")).optional(),
  }),
).openapi("WebhookChange", { description: "What is left out stays as it is" });

export const recoverRequest = requestObject(
  requestBody({
    since: z.iso.datetime({ offset: true, ...mustBe("a date and time by RFC 3339") }),
  }),
).openapi("RecoverRequest");

export const webhookParams = z.object({ webhookId: z.string().regex(limits.idPattern) });
export const deliveryParams = webhookParams.extend({
  deliveryId: z.string().regex(limits.idPattern),
});

export const deliveryQuery = z.object({
  status: oneOf(DELIVERY_STATUSES).optional(),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, mustBe("a nextCursor"))
    .optional()
    .openapi({ description: "The `nextCursor` of the page before" }),
  limit: z.coerce
    .number(mustBe(`1 to ${MAX_PAGE}`))
    .int(mustBe(`1 to ${MAX_PAGE}`))
    .min(1, mustBe(`1 to ${MAX_PAGE}`))
    .max(MAX_PAGE, mustBe(`1 to ${MAX_PAGE}`))
    .default(DEFAULT_PAGE),
});

export const webhookSchema = z
  .object({
    webhookId: z.string(),
    url: z.string(),
    types: z.array(z.string()),
    description: z.string().optional(),
    enabled: z.boolean(),
    disabled: z
      .object({
        reason: z.string().openapi({ description: "`gone` or `failing`. The set is open" }),
        at: z.iso.datetime(),
        failingSince: z.iso.datetime(),
        lastStatus: z.int().optional(),
      })
      .optional()
      .openapi({ description: "Why it receives nothing, unless its owner has switched it off" }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .openapi("Webhook");

const aSecret = z.string().openapi({ description: "`whsec_…`, to verify what arrives" });

export const newWebhookSchema = z
  .object({ ...webhookSchema.shape, secret: aSecret })
  .openapi("NewWebhook", { description: "The only answer that has the secret" });

export const secretSchema = z.object({ secret: aSecret }).openapi("WebhookSecret");

export const deliverySchema = z
  .object({
    deliveryId: z.string().openapi({ description: "The header `webhook-id`" }),
    type: z.string(),
    taskId: z.string().optional(),
    status: z.enum(DELIVERY_STATUSES),
    createdAt: z.iso.datetime(),
    nextAttemptAt: z.iso.datetime().optional(),
    attempts: z
      .array(
        z.object({
          at: z.iso.datetime(),
          durationMs: z.int(),
          status: z.int().optional().openapi({ description: "What was answered, if anything" }),
          error: z.enum(ATTEMPT_ERRORS).optional(),
        }),
      )
      .openapi({ description: "The latest 16, oldest first" }),
  })
  .openapi("WebhookDelivery");

export const deliveriesSchema = z.object({
  items: z.array(deliverySchema),
  nextCursor: z.string().optional(),
});

export function webhookView(subscription: Subscription): z.input<typeof webhookSchema> {
  const { webhookId, url, description: text, enabled, disabled } = subscription;
  return {
    webhookId,
    url,
    types: [...subscription.types],
    ...(text === undefined ? {} : { description: text }),
    enabled,
    ...(disabled === undefined
      ? {}
      : {
          disabled: {
            ...disabled,
            at: iso(disabled.at),
            failingSince: iso(disabled.failingSince),
          },
        }),
    createdAt: iso(subscription.createdAt),
    updatedAt: iso(subscription.updatedAt),
  };
}

export function deliveryView(delivery: Delivery): z.input<typeof deliverySchema> {
  const { id, type, taskId, status, dueAt } = delivery;
  return {
    deliveryId: id,
    type,
    ...(taskId === undefined ? {} : { taskId }),
    status,
    createdAt: iso(delivery.createdAt),
    ...(dueAt === undefined ? {} : { nextAttemptAt: iso(dueAt) }),
    attempts: delivery.attempts.map((attempt) => ({ ...attempt, at: iso(attempt.at) })),
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
