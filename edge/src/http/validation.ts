import type { Hook, z } from "@hono/zod-openapi";
import type { ApiEnv } from "./api.js";
import { Problem } from "./problem.js";

type Issue = z.core.$ZodIssue;

/** Refuses what a route's schemas do not let pass: one problem, which names the field. */
export const refuseInvalid: Hook<unknown, ApiEnv, string, undefined> = (result) => {
  if (result.success) {
    return undefined;
  }
  if (result.target === "param") {
    // The id of nothing that ever was.
    const what = result.error.issues[0]?.path[0] === "taskId" ? "such task" : "thing of that id";
    throw new Problem("not_found", `there is no ${what}`);
  }
  const [issue] = result.error.issues;
  if (issue === undefined) {
    throw new Error("the validation failed without an issue");
  }
  throw new Problem("invalid_request", detailOf(issue));
};

function detailOf(issue: Issue): string {
  if (issue.code === "unrecognized_keys") {
    const [key = ""] = issue.keys;
    return `there is no field ${pathOf([...issue.path, key.slice(0, MAX_NAME_LENGTH)])}`;
  }
  return [pathOf(issue.path), issue.message].filter((part) => part !== "").join(" ");
}

const MAX_NAME_LENGTH = 64;

/** `error.code`, `features[1]` */
function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) =>
      typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`,
    )
    .join("");
}
