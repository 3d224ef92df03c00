import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import type { ApiEnv } from "../http/api.js";
import { log, type Severity } from "../log.js";
import { parseTraceparent } from "./context.js";
import { exportSpan } from "./exporter.js";
import { Observation } from "./observation.js";

/** Logs what the handler reports, and exports it as a server span; the answer waits for neither. */
export function observed(spanName: string): MiddlewareHandler<ApiEnv> {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const observation = new Observation(parseTraceparent(c.req.raw.headers));
    c.set("observation", observation);
    await next();
    const { reported, traceId, spanId, parentSpanId, startedAt } = observation;
    if (reported === undefined) {
      return;
    }
    const failed = c.error !== undefined;
    const severity: Severity = failed ? "WARNING" : "INFO";
    log(severity, reported.message, { ...reported.fields, traceId, spanId });
    const span = { name: spanName, kind: "server", traceId, spanId, parentSpanId } as const;
    const { attributes } = reported;
    c.executionCtx.waitUntil(exportSpan(c.env, { ...span, startedAt, failed, attributes }));
  });
}
