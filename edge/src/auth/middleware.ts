import { createMiddleware } from "hono/factory";
import { notificationAuth, operatorAuth, syncAuth, tagIndexerAuth } from "../config.js";
import { requireConfiguration } from "../health.js";
import type { ApiEnv } from "../http/api.js";
import { requireServiceAccount } from "./internal.js";
import { userOf } from "./user.js";

/** For authenticated users of a configured edge. */
export const forUsers = createMiddleware<ApiEnv>(async (c, next) => {
  requireConfiguration(c.env);
  const user = await userOf(c.req.raw, c.env);
  c.set("user", user);
  c.set("owner", user.owner);
  await next();
});

/** For whoever has the link of a mail. */
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
