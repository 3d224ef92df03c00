export type * from "./generated/api.js";
export { InClient, type ClientOptions } from "./client.js";
export type { Credentials } from "./credentials.js";
export type { FeedOptions } from "./feed.js";
export { isTransient, type ProblemCode, ProblemError, UnreachableError } from "./problem-error.js";
export { Backoff, type BackoffOptions, type Retry } from "./retry.js";
export type { ImageSource, SubmitOptions } from "./submit.js";
export type { CreateOptions, TaskEvent, WatchOptions } from "./tasks.js";
export type { CallOptions, OperationName } from "./transport.js";
export type { ImageData, UploadOptions } from "./uploads.js";
export {
  verifyWebhook,
  type VerificationOptions,
  type WebhookEvent,
  WebhookVerificationError,
} from "./webhook-verification.js";
