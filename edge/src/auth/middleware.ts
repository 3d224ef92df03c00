import { createMiddleware } from "hono/factory";
import { requireConfiguration } from "../health.js";
import type { ApiEnv } from "../http/api.js";
import { requireSync } from "./internal.js";
import { ownerOf } from "./user.js";

/** For authenticated users of a configured edge. */
export const forUsers = createMiddleware<ApiEnv>(async (c, next) => {
  requireConfiguration(c.env);
  c.set("owner", await ownerOf(c.req.raw, c.env));
  await next();
});

/** For sync's service account alone, whatever AUTH_MODE says. */
export const forSync = createMiddleware<ApiEnv>(async (c, next) => {
  await requireSync(c.req.raw, c.env);
  await next();
});
