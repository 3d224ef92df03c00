import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { forAnyone } from "../auth/middleware.js";
import { type ApiEnv, newApi } from "../http/api.js";
import { limitedBody } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { refusals } from "../http/refusals.js";
import { mustBe } from "../http/schemas.js";
import type { MailLink } from "./mail.js";
import { LINK_PATHS, parseLinkToken } from "./mail-link.js";
import { MAIL_PAGES } from "./mail-page.js";

const MAX_BODY_BYTES = 1024;

const query = z.object({
  token: z
    .string(mustBe("the token of a mail"))
    .openapi({ description: "From a mail. It alone says whose mail is meant" }),
});
const html = { "text/html": { schema: z.string() } };
const FOR_ANYONE = ["invalid_request", "not_found", "misconfigured"] as const;

const askToUnsubscribe = asking(
  LINK_PATHS.unsubscribe,
  "Show a page with a button that switches mail off; this alone changes nothing",
);
const askToConfirm = asking(
  LINK_PATHS.confirm,
  "Show a page with a button that confirms an address; this alone changes nothing",
);
const unsubscribe = following(
  LINK_PATHS.unsubscribe,
  "Switch mail off by one click (RFC 8058)",
  "Mail is off, also where it was off before",
  z.object({ "List-Unsubscribe": z.literal("One-Click", mustBe("One-Click")) }),
);
const confirm = following(
  LINK_PATHS.confirm,
  "Confirm that mail may go to an address",
  "Mail goes to that address from now on",
  z.object({ confirm: z.literal("yes", mustBe("yes")) }),
);

// Scanners follow the links of mail: to open one must change nothing.
export const mailLinks = newApi()
  .openapi(askToUnsubscribe, (c) => ask(c, "unsubscribe", c.req.valid("query").token))
  .openapi(askToConfirm, (c) => ask(c, "confirm", c.req.valid("query").token))
  .openapi(unsubscribe, (c) => follow(c, "unsubscribe", c.req.valid("query").token))
  .openapi(confirm, (c) => follow(c, "confirm", c.req.valid("query").token));

function asking<const P extends string>(path: P, summary: string) {
  return createRoute({
    method: "get",
    path,
    tags: ["mail"],
    summary,
    middleware: [forAnyone] as const,
    request: { query },
    responses: { 200: { description: "The page", content: html }, ...refusals(...FOR_ANYONE) },
  });
}

function following<const P extends string>(
  path: P,
  summary: string,
  done: string,
  form: z.ZodObject,
) {
  return createRoute({
    method: "post",
    path,
    tags: ["mail"],
    summary,
    middleware: [forAnyone, limitedBody(MAX_BODY_BYTES)] as const,
    request: {
      query,
      body: {
        required: true,
        content: {
          "application/x-www-form-urlencoded": { schema: form },
          "multipart/form-data": { schema: form },
        },
      },
    },
    responses: {
      200: { description: `${done}: a page, where \`Accept\` names text/html`, content: html },
      204: { description: done },
      ...refusals(...FOR_ANYONE, "too_large"),
    },
  });
}

async function ask(c: Context<ApiEnv>, link: MailLink, token: string): Promise<Response> {
  await take(c, "show", link, token);
  const { html, headers } = MAIL_PAGES[link].ask;
  return c.html(html, 200, headers);
}

async function follow(c: Context<ApiEnv>, link: MailLink, token: string): Promise<Response> {
  await take(c, "follow", link, token);
  const { html, headers } = MAIL_PAGES[link].done;
  const isBrowser = c.req.header("accept")?.includes("text/html") ?? false;
  return isBrowser ? c.html(html, 200, headers) : new Response(null, { status: 204 });
}

async function take(
  c: Context<ApiEnv>,
  step: "show" | "follow",
  link: MailLink,
  text: string,
): Promise<void> {
  const named = parseLinkToken(text);
  if (
    named === undefined ||
    !(await c.env.ACCOUNTS.getByName(named.owner).mailLink(step, link, named.token))
  ) {
    throw new Problem("not_found", "this is not the link of a mail");
  }
}
