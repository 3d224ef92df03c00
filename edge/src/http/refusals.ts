import { type RouteConfig, z } from "@hono/zod-openapi";
import { type ProblemCode, statusOf, titleOf } from "./problem.js";

const problemSchema = z
  .object({
    type: z.string().openapi({ example: "urn:in:problem:invalid_request" }),
    title: z.string(),
    status: z.int(),
    detail: z.string().openapi({ description: "What was wrong with this request" }),
    code: z.string().openapi({ description: "What to rely on. The set is open" }),
  })
  .openapi("Problem", { description: "RFC 9457" });

/** What any route may answer. */
const ALWAYS: readonly ProblemCode[] = ["internal"];

const AUTHENTICATED = ["unauthorized", "misconfigured", "unavailable"] as const;

/** What a route answers besides, because it is for authenticated users of a configured edge. */
export const FOR_USERS = [...AUTHENTICATED, "insufficient_scope", "too_many_requests"] as const;

/** What a route answers besides, because it is for one service account. */
export const FOR_SERVICE_ACCOUNTS = [...AUTHENTICATED, "forbidden"] as const;

/** What a route answers besides, because it takes a JSON body. */
export const FOR_BODIES = ["invalid_request", "too_large", "unsupported_media_type"] as const;

/** The problems that a route may answer, as responses by status. */
export function refusals(...codes: readonly ProblemCode[]): RouteConfig["responses"] {
  const all = [...codes, ...ALWAYS];
  return Object.fromEntries(
    all.map((code) => {
      const sameStatus = all.filter((other) => statusOf(other) === statusOf(code));
      const description = sameStatus.map((one) => `\`${one}\`: ${titleOf(one)}`).join(" · ");
      const content = { "application/problem+json": { schema: problemSchema } };
      return [statusOf(code), { description, content }];
    }),
  );
}
