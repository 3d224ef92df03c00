import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { Problem } from "./problem.js";

/**
 * Reads a JSON body before it is validated. One that is longer is refused (413) as soon as that much
 * has been read; one that is not UTF-8 is refused rather than read with replacement characters.
 */
export function jsonBody(maxBytes: number): readonly [MiddlewareHandler, MiddlewareHandler] {
  return [
    limitedBody(maxBytes),
    async (c, next) => {
      try {
        new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(
          await c.req.arrayBuffer(),
        );
      } catch {
        throw malformedBody();
      }
      await next();
    },
  ];
}

/** Refuses a longer body (413) as soon as that much has been read. */
export function limitedBody(maxBytes: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw new Problem("too_large", `the body may have at most ${maxBytes} bytes`);
    },
  });
}

export function malformedBody(): Problem {
  return new Problem("invalid_request", "the body is not valid UTF-8 JSON");
}
