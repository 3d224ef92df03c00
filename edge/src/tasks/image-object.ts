import { topology } from "../generated/topology.js";
import { uploadObject } from "../uploads/upload.js";
import type { Update } from "./summary.js";
import type { Task } from "./task.js";

/**
 * The name of the task's image in the images bucket: its upload, or for a URL what `download` has
 * stored. Null: not stored yet.
 */
export function imageObject({ taskId, submission, originalRun }: Task): string | null {
  if ("uploadId" in submission.input) {
    return uploadObject(submission.input.uploadId);
  }
  return originalRun === undefined ? null : `tasks/${taskId}/${originalRun}/original`;
}

/**
 * Whether the update proves that `download` has stored the image, in its run or before: the task
 * completed, a milestone says that a stage completed, or a later stage than `download` failed.
 */
export function provesOriginal({ status, stage }: Update): boolean {
  const position = topology.chain.findIndex((known) => known === stage);
  switch (status) {
    case "completed":
      return true;
    case "processing_in_gcp":
      return position >= 0;
    case "failed":
      return position > 0;
  }
}
