import { createMiddleware } from "hono/factory";
import { operatorAuth, syncAuth } from "../config.js";
import { requireConfiguration } from "../health.js";
import type { ApiEnv } from "../http/api.js";
import { requireServiceAccount } from "./internal.js";
import { ownerOf } from "./user.js";

/** For authenticated users of a configured edge. */
export const forUsers = createMiddleware<ApiEnv>(async (c, next) => {
  requireConfiguration(c.env);
  c.set("owner", await ownerOf(c.req.raw, c.env));
  await next();
});

/** For sync's service account alone. */
export const forSync = createMiddleware<ApiEnv>(async (c, next) => {
  await requireServiceAccount(c.req.raw, syncAuth(c.env));
  await next();
});

/** For the operators' service account alone. */
export const forOperators = createMiddleware<ApiEnv>(async (c, next) => {
  requireConfiguration(c.env);
  await requireServiceAccount(c.req.raw, operatorAuth(c.env));
  await next();
});
