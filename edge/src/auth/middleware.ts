import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { notificationAuth, operatorAuth, syncAuth, tagIndexerAuth } from "../config.js";
import { requireConfiguration } from "../health.js";
import type { ApiEnv } from "../http/api.js";
import { Problem } from "../http/problem.js";
import { requireServiceAccount } from "./internal.js";
import type { Scope } from "./scopes.js";
import { type User, userOf } from "./user.js";

/** For users of a configured edge who may do this. */
export function forUsers(scope: Scope): MiddlewareHandler<ApiEnv> {
  return createMiddleware<ApiEnv>(async (c, next) => {
    requireConfiguration(c.env);
    const user = await userOf(c.req.raw, c.env);
    requireScope(user, scope);
    c.set("user", user);
    c.set("owner", user.owner);
    await next();
  });
}

/** What the OpenAPI document says of a route that is {@link forUsers}. */
export function userSecurity(scope: Scope): { user: string[] }[] {
  return [{ user: [scope] }];
}

function requireScope({ scopes, channel }: User, scope: Scope): void {
  if (!scopes.includes(scope)) {
    const detail = channel.rights.includes(scope)
      ? `the API key has no scope ${scope}`
      : `users of the channel ${channel.name} have no right ${scope}`;
    throw insufficientScope(scope, detail);
  }
}

/** RFC 6750, 3.1. */
export function insufficientScope(scope: Scope, detail: string): Problem {
  return new Problem("insufficient_scope", detail, {
    "www-authenticate": `Bearer error="insufficient_scope", scope="${scope}"`,
  });
}

/** For whoever has the link of a mail, and for who signs in. */
export const forAnyone = createMiddleware<ApiEnv>(async (c, next) => {
  requireConfiguration(c.env);
  await next();
});

/** For who reports a task's status: sync, and notification, which reports progress alone. */
export const forReporters = createMiddleware<ApiEnv>(async (c, next) => {
  const sync = syncAuth(c.env);
  const email = await requireServiceAccount(c.req.raw, sync, notificationAuth(c.env).email);
  c.set("mayEndTasks", email === sync.email);
  await next();
});

/** For tag-indexer's service account alone. */
export const forTagIndexer = createMiddleware<ApiEnv>(async (c, next) => {
  requireConfiguration(c.env);
  await requireServiceAccount(c.req.raw, tagIndexerAuth(c.env));
  await next();
});

/** For notification's service account alone. */
export const forNotification = createMiddleware<ApiEnv>(async (c, next) => {
  requireConfiguration(c.env);
  await requireServiceAccount(c.req.raw, notificationAuth(c.env));
  await next();
});

/** For the operators' service account alone. */
export const forOperators = createMiddleware<ApiEnv>(async (c, next) => {
  requireConfiguration(c.env);
  await requireServiceAccount(c.req.raw, operatorAuth(c.env));
  await next();
});
