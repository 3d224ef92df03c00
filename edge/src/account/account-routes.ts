import { createRoute, z } from "@hono/zod-openapi";
import type { User } from "../auth/user.js";
import { forUsers, userSecurity } from "../auth/middleware.js";
import { userAuth } from "../config.js";
import { newApi } from "../http/api.js";
import { jsonBody } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { FOR_BODIES, FOR_USERS, refusals } from "../http/refusals.js";
import { requestBody, requestObject } from "../http/schemas.js";
import { budgetsOf, budgetSchema, type BudgetState } from "../budget/budget-state.js";
import type { AccountView } from "./account-view.js";
import { mailAddress, mailRequest, mailSchema } from "./mail-schemas.js";

const MAX_BODY_BYTES = 4 * 1024;
const RETRY_AFTER_SECONDS = 86_400;

const accountSchema = z
  .object({
    owner: z.string(),
    tasks: z.record(z.string(), z.int()).openapi({ description: "How many there are, by status" }),
    cursor: z.int().openapi({ description: "The `seq` of the feed's latest entry" }),
    mail: mailSchema,
    budgets: z.array(budgetSchema).openapi({
      description: "What analyses may cost in a day, where there is a budget",
    }),
  })
  .openapi("Account");

const path = "/v1/account";
const asItStands = {
  description: "The account as it stands",
  content: { "application/json": { schema: accountSchema } },
};

const read = createRoute({
  path,
  method: "get",
  security: userSecurity("tasks:read"),
  tags: ["tasks"],
  summary: "Read the account",
  middleware: [forUsers("tasks:read")] as const,
  responses: { 200: asItStands, ...refusals(...FOR_USERS) },
});

const update = createRoute({
  path,
  method: "patch",
  security: userSecurity("account"),
  tags: ["mail"],
  summary: "Choose which mail to receive, and where",
  middleware: [forUsers("account"), ...jsonBody(MAX_BODY_BYTES)] as const,
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: requestObject(requestBody({ mail: mailRequest })).openapi("AccountChange"),
        },
      },
    },
  },
  responses: {
    200: asItStands,
    ...refusals(
      ...FOR_USERS,
      ...FOR_BODIES,
      "account_deleting",
      "address_required",
      "too_many_confirmations",
    ),
  },
});

export const account = newApi()
  .openapi(read, async (c) => {
    const { owner, channel } = c.var.user;
    const [view, budgets] = await Promise.all([
      c.env.ACCOUNTS.getByName(owner).view(),
      budgetsOf(channel, c.env),
    ]);
    return c.json(accountBody(owner, view, budgets), 200, { "cache-control": "no-store" });
  })
  .openapi(update, async (c) => {
    const { user } = c.var;
    const { types, address } = c.req.valid("json").mail;
    const verified = verifiedAddress(user);
    const recipient = address ?? verified;
    const view = await c.env.ACCOUNTS.getByName(user.owner).chooseMail({
      types,
      address: recipient,
      channel: user.channel.name,
      toBeConfirmed: userAuth(c.env).mode === "oidc" && recipient !== verified,
    });
    switch (view) {
      case "address_required":
        throw new Problem("address_required", "mail.address is required: none is known");
      case "too_many_confirmations":
        throw new Problem(
          "too_many_confirmations",
          "no more mail is sent to unconfirmed addresses",
          {
            "retry-after": String(RETRY_AFTER_SECONDS),
          },
        );
      default:
        return c.json(accountBody(user.owner, view, await budgetsOf(user.channel, c.env)), 200, {
          "cache-control": "no-store",
        });
    }
  });

/** Mail goes to nobody who has not asked for it: the issuer has verified whose the address is. */
function verifiedAddress({ verifiedEmail }: User): string | undefined {
  return mailAddress.safeParse(verifiedEmail).success ? verifiedEmail : undefined;
}

function accountBody(
  owner: string,
  { tasks, cursor, mail }: AccountView,
  budgets: BudgetState[],
): z.input<typeof accountSchema> {
  return { owner, tasks: { ...tasks }, cursor, mail: { ...mail, types: [...mail.types] }, budgets };
}
