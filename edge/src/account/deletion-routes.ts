import { createRoute, z } from "@hono/zod-openapi";
import { forOperators } from "../auth/middleware.js";
import { limits } from "../generated/limits.js";
import { newApi } from "../http/api.js";
import { jsonBody } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { FOR_BODIES, FOR_SERVICE_ACCOUNTS, refusals } from "../http/refusals.js";
import { ownerParams, requestBody, requestObject, text } from "../http/schemas.js";
import { observed } from "../trace/observe.js";
import type { Deletion } from "./account-deletion.js";
import { REMAINS } from "./deletion-remains.js";

const MAX_BODY_BYTES = 1024;

const deletionSchema = z
  .object({
    owner: z.string(),
    operationId: z.string(),
    status: z.enum(["deleting", "deleted"]),
    requestedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().optional(),
    tasks: z.int().openapi({ description: "How many tasks there were" }),
    remains: z
      .array(z.object({ store: z.string(), what: z.string(), days: z.number() }))
      .openapi({ description: "What stays where, and for how many days" }),
  })
  .openapi("AccountDeletion");

const common = {
  tags: ["internal"],
  security: [{ google: [] }],
  path: "/internal/v1/accounts/{owner}/deletion",
};

const begin = createRoute({
  ...common,
  method: "post",
  summary: "Delete an account with everything that belongs to it, as an operator",
  middleware: [forOperators, observed("delete account"), ...jsonBody(MAX_BODY_BYTES)] as const,
  request: {
    params: ownerParams,
    body: {
      required: true,
      content: {
        "application/json": {
          schema: requestObject(
            requestBody({
              operationId: text(limits.idPattern, "16 to 64 of A-Z, a-z, 0-9, _ and -").openapi({
                description: "Chosen by the caller: sent again it is still one deletion",
              }),
            }),
          ).openapi("AccountDeletionRequest"),
        },
      },
    },
  },
  responses: {
    202: {
      description: "It has begun, or one was under way already: that one. It goes on by itself",
      content: { "application/json": { schema: deletionSchema } },
    },
    ...refusals(...FOR_SERVICE_ACCOUNTS, ...FOR_BODIES, "not_found"),
  },
});

const read = createRoute({
  ...common,
  method: "get",
  summary: "Read how far the deletion of an account is, as an operator",
  middleware: [forOperators] as const,
  request: { params: ownerParams },
  responses: {
    200: {
      description: "As it stands",
      content: { "application/json": { schema: deletionSchema } },
    },
    ...refusals(...FOR_SERVICE_ACCOUNTS, "not_found"),
  },
});

export const deletion = newApi()
  .openapi(begin, async (c) => {
    const { owner } = c.req.valid("param");
    const { operationId } = c.req.valid("json");
    const begun = await c.env.ACCOUNTS.getByName(owner).delete(operationId);
    c.var.observation.report({
      message: "account deletion",
      fields: { operationId: begun.operationId },
      attributes: {},
    });
    return c.json(view(owner, begun), 202);
  })
  .openapi(read, async (c) => {
    const { owner } = c.req.valid("param");
    const current = await c.env.ACCOUNTS.getByName(owner).deletion();
    if (current === undefined) {
      throw new Problem("not_found", "no deletion of this account is known");
    }
    return c.json(view(owner, current), 200);
  });

function view(
  owner: string,
  { operationId, requestedAt, finishedAt, tasks }: Deletion,
): z.input<typeof deletionSchema> {
  return {
    ...{ owner, operationId, status: finishedAt === undefined ? "deleting" : "deleted" },
    requestedAt: new Date(requestedAt).toISOString(),
    ...(finishedAt === undefined ? {} : { finishedAt: new Date(finishedAt).toISOString() }),
    ...{ tasks, remains: [...REMAINS] },
  };
}
