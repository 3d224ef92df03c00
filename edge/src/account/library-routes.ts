import { createRoute, z } from "@hono/zod-openapi";
import type { TypedResponse } from "hono";
import type { JSONParsed } from "hono/utils/types";
import { forUsers, userSecurity } from "../auth/middleware.js";
import { newApi } from "../http/api.js";
import { Problem } from "../http/problem.js";
import { FOR_USERS, refusals } from "../http/refusals.js";
import { oneOf } from "../http/schemas.js";
import { STATUSES } from "../tasks/summary.js";
import type { LibraryPage } from "./library-search.js";
import { MAX_QUERY_LENGTH, parseQuery } from "./search-query.js";

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

const item = z
  .object({
    taskId: z.string(),
    status: z.string(),
    stage: z.string().optional(),
    createdAt: z.iso.datetime(),
    fileName: z.string().optional(),
    error: z
      .object({ code: z.string(), message: z.string(), stage: z.string().optional() })
      .optional(),
    contentType: z.string().optional(),
    sizeBytes: z.int().optional(),
    width: z.int().optional(),
    height: z.int().optional(),
    labels: z.array(z.string()).optional(),
    keywords: z.array(z.string()).optional(),
    colors: z.array(z.string()).optional(),
    camera: z.string().optional(),
    lens: z.string().optional(),
    place: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
    day: z.string().optional().openapi({ description: "When the image was taken" }),
  })
  .openapi("LibraryItem");

const page = z
  .object({
    items: z.array(item),
    nextCursor: z.string().optional().openapi({ description: "Left out on the last page" }),
  })
  .openapi("LibraryPage");

const paging = {
  cursor: z
    .string()
    .regex(/^[0-9a-z]{1,11}$/, { error: "must be a nextCursor" })
    .optional()
    .openapi({ description: "The `nextCursor` of the page before" }),
  limit: z.coerce
    .number({ error: `must be a whole number from 1 to ${MAX_LIMIT}` })
    .int({ error: `must be a whole number from 1 to ${MAX_LIMIT}` })
    .min(1, { error: `must be a whole number from 1 to ${MAX_LIMIT}` })
    .max(MAX_LIMIT, { error: `must be a whole number from 1 to ${MAX_LIMIT}` })
    .default(DEFAULT_LIMIT),
};

const ok = {
  description: "Newest first",
  content: { "application/json": { schema: page } },
};

const listTasks = createRoute({
  method: "get",
  path: "/v1/tasks",
  tags: ["tasks"],
  summary: "List tasks",
  security: userSecurity("tasks:read"),
  middleware: [forUsers("tasks:read")] as const,
  request: { query: z.strictObject({ status: oneOf(STATUSES).optional(), ...paging }) },
  responses: { 200: ok, ...refusals(...FOR_USERS, "invalid_request") },
});

const search = createRoute({
  method: "get",
  path: "/v1/search",
  tags: ["tasks"],
  summary: "Search tasks by what was found in their images",
  security: userSecurity("tasks:read"),
  middleware: [forUsers("tasks:read")] as const,
  request: {
    query: z.strictObject({
      q: z
        .string({ error: "is missing" })
        .max(MAX_QUERY_LENGTH, { error: `may have at most ${MAX_QUERY_LENGTH} characters` })
        .openapi({
          description:
            "Words, which match as beginnings in file name, text, labels, keywords, colours, camera " +
            'and lens, or `"some words"` next to each other. `camera:` and `color:` look there alone; ' +
            "`before:` and `after:` compare the day on which an image was taken, or else submitted; " +
            "`status:` as in lists. All must hold",
          example: "pier camera:canon color:blue after:2024-04-30 status:completed",
        }),
      ...paging,
    }),
  },
  responses: { 200: ok, ...refusals(...FOR_USERS, "invalid_request") },
});

export const library = newApi()
  .openapi(listTasks, async (c) => {
    const { status, cursor, limit } = c.req.valid("query");
    const terms = status === undefined ? {} : { status };
    const query = { ...beforeOf(cursor), limit, terms };
    return pageResponse(await c.env.ACCOUNTS.getByName(c.var.owner).list(query));
  })
  .openapi(search, async (c) => {
    const { q, cursor, limit } = c.req.valid("query");
    const query = { ...beforeOf(cursor), limit, terms: parseQuery(q) };
    return pageResponse(await c.env.ACCOUNTS.getByName(c.var.owner).list(query));
  });

const CURSOR_RADIX = 36;

function beforeOf(cursor: string | undefined): { readonly before?: number } {
  const before = cursor === undefined ? undefined : Number.parseInt(cursor, CURSOR_RADIX);
  if (before !== undefined && !Number.isSafeInteger(before)) {
    throw new Problem("invalid_request", "cursor must be a nextCursor");
  }
  return before === undefined ? {} : { before };
}

type PageResponse = Response & TypedResponse<JSONParsed<z.input<typeof page>>, 200, "json">;

/** Answers with the items as they came from the account: nobody in between parses them. */
function pageResponse({ items, next }: LibraryPage): PageResponse {
  const nextCursor = next === undefined ? "" : `,"nextCursor":"${next.toString(CURSOR_RADIX)}"`;
  return new Response(`{"items":[${items.join(",")}]${nextCursor}}`, {
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  }) as PageResponse;
}
