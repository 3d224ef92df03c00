import { createRoute, z } from "@hono/zod-openapi";
import { forNotification } from "../auth/middleware.js";
import { newApi } from "../http/api.js";
import { jsonBody } from "../http/body.js";
import { FOR_BODIES, FOR_SERVICE_ACCOUNTS, refusals } from "../http/refusals.js";
import { openRequestBody, ownerParams, requestObject } from "../http/schemas.js";
import { observed } from "../trace/observe.js";
import { mailAddress } from "./mail-schemas.js";
import { linkUrl } from "./mail-link.js";

const MAX_BODY_BYTES = 1024;

const preferencesSchema = z
  .object({
    address: z.string().optional().openapi({ description: "Left out where mail is off" }),
    confirmed: z.boolean().openapi({ description: "Whether the address is the owner's" }),
    types: z.array(z.string()).openapi({ description: "Types of events; empty: mail is off" }),
    unsubscribeUrl: z
      .string()
      .openapi({ description: "Switches mail off, by one POST (RFC 8058)" }),
    confirmation: z
      .object({
        requestId: z.string().openapi({ description: "Of `mail.confirmation_requested`" }),
        address: z.string(),
        url: z.string(),
      })
      .optional()
      .openapi({ description: "An address that waits, and what confirms it" }),
  })
  .openapi("MailPreferences");

const common = { tags: ["internal"], security: [{ google: [] }] };

const read = createRoute({
  ...common,
  method: "get",
  path: "/internal/v1/accounts/{owner}/mail",
  summary: "Read which mail an owner wants and where it goes, for notification alone",
  middleware: [forNotification] as const,
  request: { params: ownerParams },
  responses: {
    200: {
      description: "The preferences; mail is off for an owner who never chose",
      content: { "application/json": { schema: preferencesSchema } },
    },
    ...refusals(...FOR_SERVICE_ACCOUNTS, "not_found"),
  },
});

const bounce = createRoute({
  ...common,
  method: "post",
  path: "/internal/v1/accounts/{owner}/mail/bounced",
  summary: "Report that an address takes no mail, from notification alone",
  middleware: [forNotification, observed("mail bounced"), ...jsonBody(MAX_BODY_BYTES)] as const,
  request: {
    params: ownerParams,
    body: {
      required: true,
      content: {
        "application/json": {
          schema: requestObject(openRequestBody({ address: mailAddress })).openapi("MailBounced"),
        },
      },
    },
  },
  responses: {
    204: { description: "Mail is off, unless it goes to another address by now" },
    ...refusals(...FOR_SERVICE_ACCOUNTS, ...FOR_BODIES, "not_found"),
  },
});

export const mail = newApi()
  .openapi(read, async (c) => {
    const { owner } = c.req.valid("param");
    const preferences = await c.env.ACCOUNTS.getByName(owner).mail();
    const { settings, unsubscribeToken, pending } = preferences;
    const { origin } = new URL(c.req.url);
    const body = {
      ...settings,
      types: [...settings.types],
      // Only such addresses are taken.
      confirmed: settings.address !== undefined,
      unsubscribeUrl: linkUrl("unsubscribe", { owner, token: unsubscribeToken }, c.env, origin),
      ...(pending === undefined
        ? {}
        : {
            confirmation: {
              requestId: pending.requestId,
              address: pending.address,
              url: linkUrl("confirm", { owner, token: pending.token }, c.env, origin),
            },
          }),
    };
    return c.json(body, 200, { "cache-control": "no-store" });
  })
  .openapi(bounce, async (c) => {
    const { owner } = c.req.valid("param");
    const { address } = c.req.valid("json");
    const switchedOff = await c.env.ACCOUNTS.getByName(owner).mailBounced(address);
    c.var.observation.report({
      message: "mail bounced",
      fields: { owner, switchedOff },
      attributes: {},
    });
    return new Response(null, { status: 204 });
  });
