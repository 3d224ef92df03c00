import { createRoute, z } from "@hono/zod-openapi";
import type { AccountDO } from "../account/account.js";
import { forUsers, userSecurity } from "../auth/middleware.js";
import { totalBudget } from "../config.js";
import { derivedId, randomId } from "../encoding.js";
import { newApi } from "../http/api.js";
import { jsonBody } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { FOR_BODIES, FOR_USERS, refusals } from "../http/refusals.js";
import { limitCodes, rateLimitHeaders, rateLimits } from "../limits/answer.js";
import { ownLimits } from "../limits/owner-limits.js";
import { poolsOf } from "../limits/pools.js";
import { log, messageOf } from "../log.js";
import { observed } from "../trace/observe.js";
import { requireAllowed } from "../webhooks/allowed.js";
import { withinTimeout } from "../within-timeout.js";
import { admitted, refuseEarly } from "./admission.js";
import {
  type Submission,
  submissionHeaders,
  submissionOf,
  submissionSchema,
} from "./submission.js";

const MAX_BODY_BYTES = 64 * 1024;

const accepted = z
  .object({
    taskId: z.string(),
    status: z.literal("submitted"),
    links: z.object({
      self: z.string(),
      events: z.string(),
      ws: z.string(),
      image: z.string(),
    }),
  })
  .openapi("AcceptedTask");

const route = createRoute({
  method: "post",
  path: "/v1/tasks",
  tags: ["tasks"],
  summary: "Submit an image",
  security: userSecurity("tasks:write"),
  middleware: [
    forUsers("tasks:write"),
    observed("submit task"),
    ...jsonBody(MAX_BODY_BYTES),
  ] as const,
  request: {
    headers: submissionHeaders,
    body: { required: true, content: { "application/json": { schema: submissionSchema } } },
  },
  responses: {
    202: {
      description: "The task is stored and will be processed",
      content: { "application/json": { schema: accepted } },
      headers: rateLimits.extend({ location: z.string() }),
    },
    ...refusals(
      ...FOR_USERS,
      ...FOR_BODIES,
      "idempotency_key_conflict",
      "task_deleted",
      "account_deleting",
      "url_not_allowed",
      ...limitCodes("submissionsPerMinute", "submissionsPerDay", "unitsPerDay"),
      ...limitCodes("channelSubmissionsPerDay", "channelUnitsPerDay"),
    ),
  },
});

export const submit = newApi().openapi(route, async (c) => {
  const { owner, observation } = c.var;
  const { name: channel, defaultPriority, limits } = c.var.user.channel;
  const { "Idempotency-Key": key } = c.req.valid("header");
  const submission = submissionOf(c.req.valid("json"), defaultPriority);
  if (submission.webhookUrl !== undefined) {
    requireAllowed("webhookUrl", submission.webhookUrl, c.env);
  }
  const taskId = key === undefined ? randomId() : await derivedId(`idempotency|${owner}|${key}`);
  const { traceId, spanId } = observation;
  const nameless = {
    ...{ taskId, owner, channel, submission, traceId, spanId },
    tasksInFlight: limits.tasksInFlight,
    ...ownLimits(limits),
    ...poolsOf(c.var.user.channel, totalBudget(c.env)),
  };
  await refuseEarly(nameless, key === undefined, c.env);
  const uploadFileName = await declaredFileName(submission, c.env.ACCOUNTS.getByName(owner));
  const task = { ...nameless, ...(uploadFileName === undefined ? {} : { uploadFileName }) };
  const result = await c.env.TASKS.getByName(taskId).submit(task);
  if (result === "conflict") {
    throw new Problem(
      "idempotency_key_conflict",
      "this Idempotency-Key was used with another body",
    );
  }
  if (result === "deleted") {
    throw new Problem("task_deleted", "the task of this Idempotency-Key was deleted");
  }
  if (result === "waiting") {
    throw new Problem(
      "unavailable",
      "whether the task is within the limits is not known yet: submit it again with the same Idempotency-Key",
      { "retry-after": "1" },
    );
  }
  const rates = result === "accepted" ? [] : admitted(result.admission, task);
  observation.report({
    message: "task accepted",
    fields: { taskId, channel },
    attributes: { "in.task.id": taskId },
  });
  const self = `/v1/tasks/${taskId}`;
  const links = { self, events: `${self}/events`, ws: `${self}/ws`, image: `${self}/image` };
  return c.json({ taskId, status: "submitted" as const, links }, 202, {
    location: self,
    ...rateLimitHeaders(rates),
  });
});

/** As the upload was declared that the submission names; undefined: it says so itself, or nobody does. */
async function declaredFileName(
  { input, fileName }: Submission,
  account: DurableObjectStub<AccountDO>,
): Promise<string | undefined> {
  if (fileName !== undefined || !("uploadId" in input)) {
    return undefined;
  }
  try {
    return (await withinTimeout(account.upload(input.uploadId)))?.fileName;
  } catch (error) {
    log("ERROR", "reading an upload's declaration failed", { reason: messageOf(error) });
    throw new Problem("unavailable", "what the upload is cannot be read at the moment");
  }
}
