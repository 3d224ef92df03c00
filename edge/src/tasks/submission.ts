import { CHANNELS, type Channel, PRIORITIES, type Priority } from "../events/routing.js";
import { type DownloadRequested, FEATURES } from "../generated/events.js";
import type { JsonObject } from "../http/body.js";
import { Fields } from "../http/fields.js";
import { Problem } from "../http/problem.js";

/** What a user asks for, defaults filled in. */
export interface Submission {
  readonly input: DownloadRequested["input"];
  readonly features: readonly string[];
  readonly priority: Priority;
  readonly webhookUrl?: string;
}

const DEFAULT_FEATURES: readonly string[] = ["text", "colors"];
const ANYTHING = /[^]/;
const UPLOAD_ID = /^[A-Za-z0-9_-]{22}$/;

/** Unknown fields are ignored; a wrong one is a 400 that names it. */
export function parseSubmission(body: JsonObject): Submission {
  const fields = new Fields(body);
  const webhookUrl = url(fields, "webhookUrl", ["https:"]);
  return {
    input: parseInput(fields),
    features: fields.optionalSetOf("features", FEATURES) ?? DEFAULT_FEATURES,
    priority: fields.optionalOneOf("priority", PRIORITIES) ?? "normal",
    ...(webhookUrl === undefined ? {} : { webhookUrl }),
  };
}

/** The header `IN-Channel`: how the task came in. */
export function parseChannel(headers: Headers): Channel {
  const text = headers.get("in-channel") ?? "api";
  const channel = CHANNELS.find((known) => known === text);
  if (channel === undefined) {
    throw new Problem("invalid_request", `IN-Channel must be one of ${CHANNELS.join(", ")}`);
  }
  return channel;
}

/** The header `Idempotency-Key`. */
export function parseIdempotencyKey(headers: Headers): string | undefined {
  const key = headers.get("idempotency-key");
  if (key === null) {
    return undefined;
  }
  if (!/^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(key)) {
    throw new Problem(
      "invalid_request",
      "Idempotency-Key must have 1 to 255 printable ASCII characters",
    );
  }
  return key;
}

function parseInput(fields: Fields): DownloadRequested["input"] {
  if (fields.has("imageUrl") === fields.has("uploadId")) {
    throw new Problem("invalid_request", "exactly one of imageUrl and uploadId is needed");
  }
  const imageUrl = url(fields, "imageUrl", ["http:", "https:"]);
  return imageUrl === undefined
    ? { uploadId: fields.text("uploadId", UPLOAD_ID, "an uploadId as POST /v1/uploads gives it") }
    : { imageUrl };
}

/** An absolute URL as it was given; where it may lead is for those to judge who connect to it. */
function url(fields: Fields, name: string, protocols: readonly string[]): string | undefined {
  const schemes = protocols.map((protocol) => protocol.slice(0, -1)).join(" or ");
  const text = fields.optionalText(name, ANYTHING, `an absolute ${schemes} URL`);
  if (text === undefined) {
    return undefined;
  }
  const parsed = URL.parse(text);
  // URL.parse drops white space and forgives a missing "//"; others would read another URL.
  const strict = /^[a-z]+:\/\/[^\s\\\p{Cc}]+$/iu.test(text);
  if (parsed === null || !protocols.includes(parsed.protocol) || !strict) {
    throw new Problem("invalid_request", `${name} must be an absolute ${schemes} URL`);
  }
  return text;
}
