import type { z } from "@hono/zod-openapi";

/** What is wrong, with the name of the field before it. */
export function issueText(issue: z.core.$ZodIssue): string {
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
