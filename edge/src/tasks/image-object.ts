import { isObject } from "../http/body.js";
import type { Task } from "./task.js";

/** A picture in the images bucket. */
export interface ImageObject {
  readonly name: string;
  /** Pins what is stored under the name; undefined: whatever is there. */
  readonly generation?: string;
}

/**
 * Where the task's picture is: its upload, or for a URL what the chain has stored, once the result
 * names it (`result.object`). Null: nowhere yet.
 */
export function imageObject(task: Task): ImageObject | null {
  const { input } = task.submission;
  if ("uploadId" in input) {
    return { name: `uploads/${input.uploadId}` };
  }
  const result: unknown = task.resultJson === undefined ? undefined : JSON.parse(task.resultJson);
  const object = isObject(result) ? result["object"] : undefined;
  if (!isObject(object) || typeof object["name"] !== "string") {
    return null;
  }
  const { name, generation } = object;
  return typeof generation === "number" || typeof generation === "string"
    ? { name, generation: String(generation) }
    : { name };
}
