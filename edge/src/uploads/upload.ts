/** How long a signed URL of an upload works. */
export const UPLOAD_URL_SECONDS = 15 * 60;

/** An upload as it was declared. Times are milliseconds since 1970. */
export interface Upload {
  readonly uploadId: string;
  /** Of the user who made it. */
  readonly channel: string;
  readonly contentType: string;
  readonly size: number;
  /** Of tasks that are submitted with it and name no file. */
  readonly fileName?: string;
  /** When its signed URL expires. */
  readonly expiresAt: number;
  /** When its owner confirmed it; undefined: not yet. */
  readonly completedAt?: number;
}

export type CompletedUpload = Upload & { readonly completedAt: number };

export function isCompleted(upload: Upload): upload is CompletedUpload {
  return upload.completedAt !== undefined;
}

/**
 * The name of its object in the images bucket. An owner is `[A-Za-z0-9_-]{1,64}`: no owner's folder is
 * within another's.
 */
export function uploadObject(owner: string, uploadId: string): string {
  return `uploads/${owner}/${uploadId}`;
}
