import { ConfigurationError, configurationProblems } from "./config.js";
import type { Call } from "./http/router.js";

export function configured(env: Env): boolean {
  return configurationProblems(env).length === 0;
}

/** 200 when everything is configured, else 503 saying what is not. */
export function health({ env }: Call): Response {
  const problems = configurationProblems(env);
  return problems.length === 0
    ? Response.json({ status: "healthy" })
    : Response.json({ status: "unhealthy", problems }, { status: 503 });
}

/** No task is taken by an edge that could never publish it. */
export function requireConfiguration(env: Env): void {
  const problems = configurationProblems(env);
  if (problems.length > 0) {
    throw new ConfigurationError(problems.join("; "));
  }
}
