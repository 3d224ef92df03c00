import { topology } from "../generated/topology.js";
import { uploadObject } from "../uploads/upload.js";
import type { Update } from "./summary.js";
import type { Task } from "./task.js";

/** Where a task's image is in the images bucket. */
export interface ImageObject {
  readonly name: string;
  /** Whether `download` has stored it, with the type that its bytes show. */
  readonly isSniffed: boolean;
}

/** What `download` has stored, and of an upload until then the upload. Null: not stored yet. */
export function imageObject({ taskId, owner, submission, originalRun }: Task): ImageObject | null {
  if (originalRun !== undefined) {
    return { name: `tasks/${taskId}/${originalRun}/original`, isSniffed: true };
  }
  const { input } = submission;
  return "uploadId" in input
    ? { name: uploadObject(owner, input.uploadId), isSniffed: false }
    : null;
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
