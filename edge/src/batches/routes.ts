import { createRoute } from "@hono/zod-openapi";
import { forUsers, userSecurity } from "../auth/middleware.js";
import { totalBudget } from "../config.js";
import { derivedId, randomId } from "../encoding.js";
import { limits as shared } from "../generated/limits.js";
import { newApi } from "../http/api.js";
import { jsonBody } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { FOR_BODIES, FOR_USERS, refusals } from "../http/refusals.js";
import { ownLimits } from "../limits/owner-limits.js";
import { poolsOf } from "../limits/pools.js";
import { submissionHeaders } from "../tasks/submission.js";
import { observed } from "../trace/observe.js";
import type { BatchRefusal, NewBatch } from "./batch.js";
import { batchParams, batchSchema, createdBatch, linksOf, newBatchSchema } from "./schemas.js";

const MAX_BODY_BYTES = 4 * 1024;

const REFUSALS: Readonly<Record<BatchRefusal, string>> = {
  not_found: "there is no such batch",
  idempotency_key_conflict: "this Idempotency-Key was used with another body",
  batch_deleted: "the batch of this Idempotency-Key was deleted",
  batch_sealed: "the batch is sealed: it takes no more items",
  batch_ended: "the batch has ended, or was cancelled",
};

/** Throws the problem that the batch refuses, or answers what it does not. */
export function accepted<T>(result: T | BatchRefusal): T {
  if (typeof result === "string" && result in REFUSALS) {
    const code = result as BatchRefusal;
    throw new Problem(code, REFUSALS[code]);
  }
  return result as T;
}

const create = createRoute({
  method: "post",
  path: "/v1/batches",
  tags: ["batches"],
  summary: "Create a batch",
  security: userSecurity("tasks:write"),
  middleware: [
    forUsers("tasks:write"),
    observed("create batch"),
    ...jsonBody(MAX_BODY_BYTES),
  ] as const,
  request: {
    headers: submissionHeaders.pick({ "Idempotency-Key": true }),
    body: { content: { "application/json": { schema: newBatchSchema } } },
  },
  responses: {
    201: {
      description: "It takes items",
      content: { "application/json": { schema: createdBatch } },
    },
    ...refusals(
      ...FOR_USERS,
      ...FOR_BODIES,
      "account_deleting",
      "idempotency_key_conflict",
      "batch_deleted",
    ),
  },
});

const asItStands = {
  description: "The batch as it stands",
  content: { "application/json": { schema: batchSchema } },
};

const read = createRoute({
  method: "get",
  path: "/v1/batches/{batchId}",
  tags: ["batches"],
  summary: "Read a batch",
  security: userSecurity("tasks:read"),
  middleware: [forUsers("tasks:read")] as const,
  request: { params: batchParams },
  responses: { 200: asItStands, ...refusals(...FOR_USERS, "not_found") },
});

const seal = createRoute({
  method: "post",
  path: "/v1/batches/{batchId}/seal",
  tags: ["batches"],
  summary: "Say that all items are there",
  security: userSecurity("tasks:write"),
  middleware: [forUsers("tasks:write"), observed("seal batch")] as const,
  request: { params: batchParams },
  responses: { 200: asItStands, ...refusals(...FOR_USERS, "not_found") },
});

const cancel = createRoute({
  method: "post",
  path: "/v1/batches/{batchId}/cancel",
  tags: ["batches"],
  summary: "Cancel what has not begun",
  security: userSecurity("tasks:write"),
  middleware: [forUsers("tasks:write"), observed("cancel batch")] as const,
  request: { params: batchParams },
  responses: { 200: asItStands, ...refusals(...FOR_USERS, "not_found", "batch_ended") },
});

const retry = createRoute({
  method: "post",
  path: "/v1/batches/{batchId}/retry",
  tags: ["batches"],
  summary: "Retry what has failed",
  security: userSecurity("tasks:write"),
  middleware: [forUsers("tasks:write"), observed("retry batch")] as const,
  request: { params: batchParams },
  responses: { 200: asItStands, ...refusals(...FOR_USERS, "not_found", "batch_ended") },
});

const NO_STORE = { "cache-control": "no-store" };

export const batches = newApi()
  .openapi(create, async (c) => {
    const { owner, user, observation } = c.var;
    const { "Idempotency-Key": key } = c.req.valid("header");
    // Also without a body: nothing is required.
    const { name, priority, features } = c.req.valid("json");
    const batchId = key === undefined ? randomId() : await derivedId(`batch|${owner}|${key}`);
    const { channel } = user;
    const batch: NewBatch = {
      ...{ batchId, owner, channel: channel.name, tasksInFlight: channel.limits.tasksInFlight },
      ...(name === undefined ? {} : { name }),
      priority: priority ?? channel.defaultPriority,
      features:
        features === undefined
          ? shared.defaultFeatures
          : shared.features.filter((feature) => features.includes(feature)),
      ...ownLimits(channel.limits),
      ...poolsOf(channel, totalBudget(c.env)),
    };
    await c.env.ACCOUNTS.getByName(owner).addBatch(batchId);
    accepted(await c.env.BATCHES.getByName(batchId).create(batch));
    observation.report({ message: "batch created", fields: { batchId }, attributes: {} });
    return c.json({ batchId, links: linksOf(batchId) }, 201);
  })
  .openapi(read, async (c) => {
    const { batchId } = c.req.valid("param");
    const view = await c.env.BATCHES.getByName(batchId).view(c.var.owner);
    return c.json(accepted(view ?? "not_found"), 200, NO_STORE);
  })
  .openapi(seal, async (c) => {
    const { batchId } = c.req.valid("param");
    const view = accepted(await c.env.BATCHES.getByName(batchId).seal(c.var.owner));
    c.var.observation.report({ message: "batch sealed", fields: { batchId }, attributes: {} });
    return c.json(view, 200, NO_STORE);
  })
  .openapi(cancel, async (c) => {
    const { batchId } = c.req.valid("param");
    const view = accepted(await c.env.BATCHES.getByName(batchId).cancel(c.var.owner));
    c.var.observation.report({ message: "batch cancelled", fields: { batchId }, attributes: {} });
    return c.json(view, 200, NO_STORE);
  })
  .openapi(retry, async (c) => {
    const { batchId } = c.req.valid("param");
    const view = accepted(await c.env.BATCHES.getByName(batchId).retry(c.var.owner));
    c.var.observation.report({ message: "batch retried", fields: { batchId }, attributes: {} });
    return c.json(view, 200, NO_STORE);
  });
