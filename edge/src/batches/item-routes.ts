import { createRoute, z } from "@hono/zod-openapi";
import { forUsers, userSecurity } from "../auth/middleware.js";
import { hex } from "../encoding.js";
import { newApi } from "../http/api.js";
import { limitedBody } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { FOR_BODIES, FOR_USERS, refusals } from "../http/refusals.js";
import { oneOf } from "../http/schemas.js";
import { submissionHeaders } from "../tasks/submission.js";
import { observed } from "../trace/observe.js";
import { ITEM_STATUSES } from "./batch.js";
import { type ItemLine, parseChunk, type RejectedLine } from "./ndjson.js";
import { accepted } from "./routes.js";
import { appended, batchParams, itemPage, itemSchema } from "./schemas.js";

const NDJSON = "application/x-ndjson";
const MEDIA_TYPES: readonly string[] = [NDJSON, "application/ndjson", "application/jsonl"];
const MAX_CHUNK_BYTES = 8 * 1024 * 1024;
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

const append = createRoute({
  method: "post",
  path: "/v1/batches/{batchId}/items",
  tags: ["batches"],
  summary: "Append items",
  description:
    "One `BatchLine` a line; lines that are none are rejected, and the others taken. A chunk that comes again, with " +
    "the same `Idempotency-Key` or, without one, of the same bytes, adds nothing and is answered the same. A chunk " +
    `may have ${MAX_CHUNK_BYTES} bytes, a batch 100,000 items`,
  security: userSecurity("tasks:write"),
  middleware: [
    forUsers("tasks:write"),
    observed("append to batch"),
    limitedBody(MAX_CHUNK_BYTES),
  ] as const,
  request: {
    params: batchParams,
    headers: submissionHeaders.pick({ "Idempotency-Key": true }),
    body: { required: true, content: { [NDJSON]: { schema: itemSchema } } },
  },
  responses: {
    200: {
      description: "How many items were taken, and which lines were not",
      content: { "application/json": { schema: appended } },
    },
    ...refusals(
      ...FOR_USERS,
      ...FOR_BODIES,
      "not_found",
      "batch_sealed",
      "idempotency_key_conflict",
    ),
  },
});

const wholeLimit = { error: `must be a whole number from 1 to ${MAX_LIMIT}` };

const list = createRoute({
  method: "get",
  path: "/v1/batches/{batchId}/items",
  tags: ["batches"],
  summary: "List items, in the order of appending",
  security: userSecurity("tasks:read"),
  middleware: [forUsers("tasks:read")] as const,
  request: {
    params: batchParams,
    query: z.strictObject({
      status: oneOf(ITEM_STATUSES).optional(),
      cursor: z
        .string()
        .regex(/^\d{1,9}$/, { error: "must be a nextCursor" })
        .optional()
        .openapi({ description: "The `nextCursor` of the page before" }),
      limit: z.coerce
        .number(wholeLimit)
        .int(wholeLimit)
        .min(1, wholeLimit)
        .max(MAX_LIMIT, wholeLimit)
        .default(DEFAULT_LIMIT),
    }),
  },
  responses: {
    200: { description: "A page", content: { "application/json": { schema: itemPage } } },
    ...refusals(...FOR_USERS, "invalid_request", "not_found"),
  },
});

export const batchItems = newApi()
  .openapi(append, async (c) => {
    const mediaType = (c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
    if (!MEDIA_TYPES.includes(mediaType ?? "")) {
      throw new Problem("unsupported_media_type", `the body must be ${NDJSON}`);
    }
    const { batchId } = c.req.valid("param");
    const bytes = await c.req.arrayBuffer();
    const { lines, rejected } = parseChunk(textOf(bytes));
    const digest = hex(await crypto.subtle.digest("SHA-256", bytes));
    const key = c.req.valid("header")["Idempotency-Key"];
    const batch = c.env.BATCHES.getByName(batchId);
    const chunk = {
      key: key === undefined ? `digest ${digest}` : `key ${key}`,
      digest,
      items: lines.map(({ item }) => item),
    };
    const count = accepted(await batch.append(c.var.owner, chunk));
    const full = lines.slice(count).map(asFull);
    const body = {
      accepted: count,
      rejected: [...rejected, ...full].sort((one, other) => one.line - other.line),
    };
    c.var.observation.report({
      message: "items appended",
      fields: { batchId, accepted: String(count), rejected: String(body.rejected.length) },
      attributes: {},
    });
    return c.json(body, 200);
  })
  .openapi(list, async (c) => {
    const { batchId } = c.req.valid("param");
    const { status, cursor, limit } = c.req.valid("query");
    const batch = c.env.BATCHES.getByName(batchId);
    const page = await batch.items(c.var.owner, status, Number(cursor ?? 0), limit);
    return c.json(accepted(page ?? "not_found"), 200, { "cache-control": "no-store" });
  });

function asFull({ line }: ItemLine): RejectedLine {
  return { line, code: "batch_full", message: "the batch has as many items as it may have" };
}

function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new Problem("invalid_request", "the body is not valid UTF-8");
  }
}
