import { createRoute, z } from "@hono/zod-openapi";
import { configurationProblems } from "./config.js";
import { newApi } from "./http/api.js";
import { ConfigurationError } from "./settings.js";

export function configured(env: Env): boolean {
  return configurationProblems(env).length === 0;
}

/** Of this isolate: every request asks, and what an isolate was given never changes. */
const known = new WeakMap<Env, readonly string[]>();

/** No task is accepted by an edge that could never publish it. */
export function requireConfiguration(env: Env): void {
  const problems = known.get(env) ?? configurationProblems(env);
  known.set(env, problems);
  if (problems.length > 0) {
    throw new ConfigurationError(problems.join("; "));
  }
}

const route = createRoute({
  method: "get",
  path: "/healthz",
  tags: ["operations"],
  summary: "Is everything configured?",
  responses: {
    200: {
      description: "Yes",
      content: { "application/json": { schema: z.object({ status: z.literal("healthy") }) } },
    },
    503: {
      description: "No, and what is wrong",
      content: {
        "application/json": {
          schema: z.object({ status: z.literal("unhealthy"), problems: z.array(z.string()) }),
        },
      },
    },
  },
});

export const health = newApi().openapi(route, (c) => {
  const problems = configurationProblems(c.env);
  return problems.length === 0
    ? c.json({ status: "healthy" as const }, 200)
    : c.json({ status: "unhealthy" as const, problems }, 503);
});
