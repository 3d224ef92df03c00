import { z } from "@hono/zod-openapi";
import { Problem } from "../http/problem.js";

/** How the Worker passes on where a reader begins, and what it wants. */
const CURSOR_HEADER = "in-cursor";
const TYPES_HEADER = "in-types";
/** Only what is appended from now on. */
const LIVE_HEADER = "in-live";

const MAX_TYPES = 32;
const TYPE = /^[a-z]+(\.[a-z_]+)+$/;

const cursor = z
  .string()
  .regex(/^\d{1,15}$/, { error: "must be a whole number" })
  .optional();

export const feedHeaders = z.object({ "Last-Event-ID": cursor });

export const feedQuery = z.object({
  cursor: cursor.openapi({
    description:
      "The `seq` of the last entry that is known. `Last-Event-ID` comes first; without either the " +
      "feed begins with the oldest entry that is kept",
  }),
  types: z
    .string()
    .refine(isListOfTypes, { error: `must be 1 to ${MAX_TYPES} types, separated by commas` })
    .optional()
    .openapi({ description: "Only entries of these types", example: "task.completed,task.failed" }),
});

/** Where a reader of the feed begins, and what it wants. */
export interface FeedReader {
  /** Undefined: with the oldest entry that is kept. */
  readonly cursor?: number;
  /** Undefined: all. */
  readonly types?: readonly string[];
}

export function feedReader(
  headers: z.output<typeof feedHeaders>,
  query: z.output<typeof feedQuery>,
): FeedReader {
  const from = headers["Last-Event-ID"] ?? query.cursor;
  return {
    ...(from === undefined ? {} : { cursor: Number(from) }),
    ...(query.types === undefined ? {} : { types: query.types.split(",") }),
  };
}

/** Opens a WebSocket on the account's feed. */
export async function openFeed(
  account: Fetcher,
  { cursor: from, types }: FeedReader,
  live = false,
): Promise<Response> {
  const answer = await account.fetch("https://account/feed", {
    headers: {
      upgrade: "websocket",
      ...(from === undefined ? {} : { [CURSOR_HEADER]: String(from) }),
      ...(types === undefined ? {} : { [TYPES_HEADER]: types.join(",") }),
      ...(live ? { [LIVE_HEADER]: "1" } : {}),
    },
  });
  if (answer.status === 410) {
    throw cursorExpired();
  }
  return answer;
}

/** What {@link openFeed} has passed on. */
export function openedFeed(headers: Headers): FeedReader & { readonly isLive: boolean } {
  const from = headers.get(CURSOR_HEADER);
  const types = headers.get(TYPES_HEADER);
  return {
    ...(from === null ? {} : { cursor: Number(from) }),
    ...(types === null ? {} : { types: types.split(",") }),
    isLive: headers.has(LIVE_HEADER),
  };
}

export function cursorExpired(): Problem {
  return new Problem(
    "cursor_expired",
    "what came after this cursor is no longer kept: read GET /v1/tasks, then go on without a cursor",
  );
}

function isListOfTypes(text: string): boolean {
  const types = text.split(",");
  return types.length <= MAX_TYPES && types.every((type) => type.length <= 64 && TYPE.test(type));
}
