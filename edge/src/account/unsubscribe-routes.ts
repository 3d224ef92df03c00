import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { forAnyone } from "../auth/middleware.js";
import { type ApiEnv, newApi } from "../http/api.js";
import { limitedBody } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { refusals } from "../http/refusals.js";
import { mustBe } from "../http/schemas.js";
import type { AccountDO } from "./account.js";
import { ASK_PAGE, DONE_PAGE } from "./unsubscribe-page.js";
import { parseUnsubscribeToken, UNSUBSCRIBE_PATH } from "./unsubscribe-link.js";

const MAX_BODY_BYTES = 1024;
const ONE_CLICK = "One-Click";

const query = z.object({
  token: z
    .string(mustBe("the token of a mail"))
    .openapi({ description: "From a mail. It alone says whose mail is meant" }),
});
const oneClick = z.object({ "List-Unsubscribe": z.literal(ONE_CLICK, mustBe(ONE_CLICK)) });
const html = { "text/html": { schema: z.string() } };
const FOR_ANYONE = ["invalid_request", "not_found", "misconfigured"] as const;

const ask = createRoute({
  method: "get",
  path: UNSUBSCRIBE_PATH,
  tags: ["mail"],
  summary: "Show a page with a button that switches mail off; this alone changes nothing",
  middleware: [forAnyone] as const,
  request: { query },
  responses: { 200: { description: "The page", content: html }, ...refusals(...FOR_ANYONE) },
});

const unsubscribe = createRoute({
  method: "post",
  path: UNSUBSCRIBE_PATH,
  tags: ["mail"],
  summary: "Switch mail off by one click (RFC 8058)",
  middleware: [forAnyone, limitedBody(MAX_BODY_BYTES)] as const,
  request: {
    query,
    body: {
      required: true,
      content: {
        "application/x-www-form-urlencoded": { schema: oneClick },
        "multipart/form-data": { schema: oneClick },
      },
    },
  },
  responses: {
    200: { description: "Mail is off: a page, where `Accept` names text/html", content: html },
    204: { description: "Mail is off, also where it was off before" },
    ...refusals(...FOR_ANYONE, "too_large"),
  },
});

export const unsubscribing = newApi()
  // Scanners follow the links of mail: to open one must not unsubscribe.
  .openapi(ask, async (c) => {
    const { account, token } = linkOf(c, c.req.valid("query").token);
    if (!(await account.isUnsubscribeToken(token))) {
      throw unknownLink();
    }
    return c.html(ASK_PAGE.html, 200, ASK_PAGE.headers);
  })
  .openapi(unsubscribe, async (c) => {
    const { account, token } = linkOf(c, c.req.valid("query").token);
    if (!(await account.unsubscribe(token))) {
      throw unknownLink();
    }
    const isBrowser = c.req.header("accept")?.includes("text/html") ?? false;
    return isBrowser
      ? c.html(DONE_PAGE.html, 200, DONE_PAGE.headers)
      : new Response(null, { status: 204 });
  });

function linkOf(
  c: Context<ApiEnv>,
  text: string,
): { readonly account: DurableObjectStub<AccountDO>; readonly token: string } {
  const link = parseUnsubscribeToken(text);
  if (link === undefined) {
    throw unknownLink();
  }
  return { account: c.env.ACCOUNTS.getByName(link.owner), token: link.token };
}

function unknownLink(): Problem {
  return new Problem("not_found", "this is not the link of a mail");
}
