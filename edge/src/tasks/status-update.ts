import type { JsonObject } from "../http/body.js";
import { Fields } from "../http/fields.js";
import { Problem } from "../http/problem.js";
import type { TaskError, Update } from "./summary.js";

/** The body of `PUT /internal/v1/tasks/{taskId}/status`. */
export interface StatusUpdate extends Update {
  readonly eventId: string;
  readonly traceId: string;
  /** What the owner may see, as JSON text: nobody between sync and the owner looks into it. */
  readonly resultJson?: string;
  readonly error?: TaskError;
}

const MAX_RESULT_BYTES = 64 * 1024;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TRACE_ID = /^[0-9a-f]{32}$/;
const NAME = /^[^]{1,128}$/;
const TEXT = /^[^]*$/;

export function parseStatusUpdate(body: JsonObject): StatusUpdate {
  const fields = new Fields(body);
  const stage = fields.optionalText("stage", NAME, "a stage's name");
  const result = fields.optionalObject("result");
  const error = fields.optionalObject("error");
  return {
    eventId: fields.text("eventId", UUID, "a UUID"),
    run: fields.integer("run", 1),
    status: fields.oneOf("status", ["processing_in_gcp", "completed", "failed"]),
    timestamp: fields.integer("timestamp", 0),
    traceId: fields.text("traceId", TRACE_ID, "32 lower-case hex digits"),
    ...(stage === undefined ? {} : { stage }),
    ...(result === undefined ? {} : { resultJson: serialize(result) }),
    ...(error === undefined ? {} : { error: parseError(error) }),
  };
}

function serialize(result: JsonObject): string {
  const text = JSON.stringify(result);
  if (new TextEncoder().encode(text).length > MAX_RESULT_BYTES) {
    throw new Problem("too_large", `result may have at most ${MAX_RESULT_BYTES} bytes`);
  }
  return text;
}

function parseError(error: JsonObject): TaskError {
  const fields = new Fields(error, "error.");
  const stage = fields.optionalText("stage", NAME, "a stage's name");
  return {
    code: fields.text("code", NAME, "a failure code"),
    message: fields.text("message", TEXT, "text"),
    ...(stage === undefined ? {} : { stage }),
  };
}
