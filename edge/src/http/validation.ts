import type { Hook } from "@hono/zod-openapi";
import type { ApiEnv } from "./api.js";
import { issueText } from "./issue-text.js";
import { Problem } from "./problem.js";

/** Refuses what a route's schemas do not let pass: one problem, which names the field. */
export const refuseInvalid: Hook<unknown, ApiEnv, string, undefined> = (result) => {
  if (result.success) {
    return undefined;
  }
  if (result.target === "param") {
    // The id of nothing that ever was.
    const name = result.error.issues[0]?.path[0];
    const what =
      name === "taskId" ? "such task" : name === "batchId" ? "such batch" : "thing of that id";
    throw new Problem("not_found", `there is no ${what}`);
  }
  const [issue] = result.error.issues;
  if (issue === undefined) {
    throw new Error("the validation failed without an issue");
  }
  throw new Problem("invalid_request", issueText(issue));
};
