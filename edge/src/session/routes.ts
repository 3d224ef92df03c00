import { createRoute } from "@hono/zod-openapi";
import { forAnyone } from "../auth/middleware.js";
import { type TokenAuth, userAuth } from "../config.js";
import { newApi } from "../http/api.js";
import { Problem } from "../http/problem.js";
import { refusals } from "../http/refusals.js";
import { log } from "../log.js";
import { SignInFailed } from "./provider.js";
import { isFromElsewhere, isSameOrigin } from "./same-origin.js";
import { sessionSchema, signInQuery } from "./schemas.js";
import { newSession, noSessionCookie, sessionCookie } from "./session.js";
import { currentSession, sessionView } from "./session-view.js";
import { ownOrigin, type SignInSettings } from "./settings.js";
import { beginSignIn, finishSignIn, noSignInCookie, signInChannels } from "./sign-in.js";

const common = { tags: ["session"] };

const show = createRoute({
  ...common,
  method: "get",
  path: "/v1/session",
  summary: "Who is signed in, and where one signs in",
  middleware: [forAnyone] as const,
  description: "Renews a session that is in use. Only this edge's own pages see who is signed in.",
  responses: {
    200: { description: "This", content: { "application/json": { schema: sessionSchema } } },
    ...refusals("misconfigured"),
  },
});

const end = createRoute({
  ...common,
  method: "delete",
  path: "/v1/session",
  summary: "Sign out",
  middleware: [forAnyone] as const,
  description: "Of this edge, not of the issuer. For this edge's own pages.",
  responses: {
    204: { description: "The browser has no session any more" },
    ...refusals("forbidden", "misconfigured"),
  },
});

const begin = createRoute({
  ...common,
  method: "get",
  path: "/v1/session/signin",
  summary: "Sign in at the issuer of a channel",
  middleware: [forAnyone] as const,
  description: "Where a link leads. Of other sites, it leads to the page.",
  request: { query: signInQuery },
  responses: {
    303: { description: "To the issuer, or to the page, which says what is wrong" },
    ...refusals("invalid_request", "not_found", "misconfigured"),
  },
});

const finish = createRoute({
  ...common,
  method: "get",
  path: "/v1/session/callback/{channel}",
  summary: "Return from the issuer of a channel",
  middleware: [forAnyone] as const,
  description:
    "The redirect URI of the channel's client. What else it takes is the issuer's to say.",
  request: { params: signInQuery },
  responses: {
    303: { description: "To the page, which shows who is signed in, or why nobody is" },
    ...refusals("invalid_request", "not_found", "misconfigured"),
  },
});

const NO_STORE = { "cache-control": "no-store" };

export const session = newApi()
  .openapi(show, async (c) => {
    const auth = userAuth(c.env);
    if (auth.mode === "none" || auth.signIn === undefined) {
      return c.json({ channels: [], acceptsTokens: auth.mode === "oidc" }, 200, NO_STORE);
    }
    const { current, cookie } = await currentSession(c.req.raw, c.env, auth.signIn);
    const headers = cookie === undefined ? NO_STORE : { ...NO_STORE, "set-cookie": cookie };
    return c.json(sessionView(auth.channels, current), 200, headers);
  })
  .openapi(end, (c) => {
    const origin = ownOrigin(c.req.raw, c.env);
    if (!isSameOrigin(c.req.raw, origin)) {
      throw new Problem("forbidden", "only this edge's own pages sign their user out");
    }
    const headers = { ...NO_STORE, "set-cookie": noSessionCookie(origin) };
    return new Response(null, { status: 204, headers });
  })
  .openapi(begin, async (c) => {
    const { auth, signIn } = requireSignIn(c.env);
    const { channel: wanted } = c.req.valid("query");
    const channel = signInChannels(auth.channels).find(({ name }) => name === wanted);
    if (channel === undefined) {
      throw new Problem("not_found", "there is no such channel whose users sign in here");
    }
    // Nobody is signed in because another site wants it.
    if (isFromElsewhere(c.req.raw)) {
      return redirect("/");
    }
    try {
      const origin = ownOrigin(c.req.raw, c.env);
      const now = seconds();
      const { location, cookies } = await beginSignIn(c.req.raw, channel, origin, signIn, now);
      return redirect(location, ...cookies);
    } catch (error) {
      return toPage(error);
    }
  })
  .openapi(finish, async (c) => {
    const { auth, signIn } = requireSignIn(c.env);
    const origin = ownOrigin(c.req.raw, c.env);
    try {
      const { channel } = c.req.valid("param");
      const user = await finishSignIn(c.req.raw, channel, origin, auth.channels, signIn);
      const now = seconds();
      const cookie = await sessionCookie(newSession(user, now), origin, signIn.keys, now);
      log("INFO", "a user has signed in", { channel: user.channel });
      return redirect("/", cookie, ...noSignInCookie(c.req.raw, origin));
    } catch (error) {
      return toPage(error, ...noSignInCookie(c.req.raw, origin));
    }
  });

function requireSignIn(env: Env): { readonly auth: TokenAuth; readonly signIn: SignInSettings } {
  const auth = userAuth(env);
  if (auth.mode === "none" || auth.signIn === undefined) {
    throw new Problem("not_found", "nobody signs in here");
  }
  return { auth, signIn: auth.signIn };
}

/** A person comes this way: the page shows the fault. */
function toPage(error: unknown, ...cookies: readonly string[]): Response {
  if (!(error instanceof SignInFailed)) {
    throw error;
  }
  log("WARNING", "a sign-in has failed", { fault: error.fault, reason: error.message });
  return redirect(`/?signin=${error.fault}`, ...cookies);
}

function redirect(location: string, ...cookies: readonly string[]): Response {
  const headers = new Headers({ ...NO_STORE, location, "referrer-policy": "no-referrer" });
  cookies.forEach((cookie) => headers.append("set-cookie", cookie));
  return new Response(null, { status: 303, headers });
}

function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}
