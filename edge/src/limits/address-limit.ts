import { createMiddleware } from "hono/factory";
import type { ApiEnv } from "../http/api.js";
import { Problem } from "../http/problem.js";
import { networkOf } from "./network.js";

/** Cloudflare says it of every request; no client can. There is none on this machine, and so no limit. */
const ADDRESS_HEADER = "cf-connecting-ip";
/** The longest that Cloudflare's limit lasts. */
const RETRY_AFTER_S = "60";

/** Refuses requests of an address that makes too many, about, before anything else is done for them. */
export const addressLimit = createMiddleware<ApiEnv>(async (c, next) => {
  const address = c.req.header(ADDRESS_HEADER);
  if (address !== undefined) {
    const { success } = await c.env.ADDRESS_LIMIT.limit({ key: networkOf(address) });
    if (!success) {
      throw new Problem("too_many_requests", "this address makes too many requests a minute", {
        "retry-after": RETRY_AFTER_S,
      });
    }
  }
  await next();
});
