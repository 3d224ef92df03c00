import { createMiddleware } from "hono/factory";
import type { ApiEnv } from "./api.js";
import { isLoopback } from "./loopback.js";
import { Problem } from "./problem.js";

/**
 * Where nobody needs a token, refuses requests for another host and from pages of another origin. Such an edge
 * listens on this machine alone, but any site may have its name resolve to 127.0.0.1, or its pages send requests there.
 */
export const localRequests = createMiddleware<ApiEnv>(async (c, next) => {
  if (c.env.AUTH_MODE === "none") {
    const { hostname } = new URL(c.req.url);
    if (!isLoopback(hostname)) {
      throw refused(`host ${hostname}`);
    }
    const origin = c.req.header("origin");
    if (origin !== undefined && !isLocal(origin, c.req.header("sec-fetch-site"))) {
      throw refused(`origin ${origin}`);
    }
  }
  await next();
});

/** The origin of a form is null where its page sends no referrer, as the pages that mail links to. */
function isLocal(origin: string, site: string | undefined): boolean {
  return origin === "null" ? site === "same-origin" : isLoopback(URL.parse(origin)?.hostname ?? "");
}

function refused(what: string): Problem {
  return new Problem(
    "forbidden",
    `with AUTH_MODE=none the edge takes requests of this machine only, not of ${what}`,
  );
}
