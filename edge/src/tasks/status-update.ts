import { z } from "@hono/zod-openapi";
import { Problem } from "../http/problem.js";
import {
  mustBe,
  name,
  oneOf,
  openRequestBody,
  requestObject,
  text,
  wholeNumber,
} from "../http/schemas.js";
import { limits } from "../generated/limits.js";
import type { TaskError, Update } from "./summary.js";

/** What sync reports, for the coordinator. */
export interface StatusUpdate extends Update {
  readonly eventId: string;
  readonly traceId: string;
  /** What the owner may see, as JSON text: nobody between sync and the owner looks into it. */
  readonly resultJson?: string;
  readonly error?: TaskError;
}

const UUID = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;
const TRACE_ID = /^[0-9a-f]{32}$/;

const stage = name("a stage's name").optional();

/** The body of `PUT /internal/v1/tasks/{taskId}/status`. A newer sync may say more: it is ignored. */
export const statusUpdateSchema = requestObject(
  openRequestBody({
    eventId: text(UUID, "a UUID"),
    run: wholeNumber(1),
    status: oneOf(["processing_in_gcp", "completed", "failed"]),
    stage,
    timestamp: wholeNumber(0).openapi({ description: "Unix time in milliseconds" }),
    traceId: text(TRACE_ID, "32 lower-case hex digits"),
    result: z.record(z.string(), z.unknown(), mustBe("an object")).optional(),
    error: requestObject(
      z.object(
        { code: name("a failure code"), message: z.string(mustBe("text")), stage },
        mustBe("an object"),
      ),
    ).optional(),
  }),
).openapi("StatusUpdate");

/** @throws Problem when the result is longer than a task's result may be */
export function statusUpdateOf(body: z.output<typeof statusUpdateSchema>): StatusUpdate {
  const { result, error, stage, ...update } = body;
  return {
    ...update,
    ...(stage === undefined ? {} : { stage }),
    ...(result === undefined ? {} : { resultJson: serialize(result) }),
    ...(error === undefined ? {} : { error }),
  };
}

function serialize(result: object): string {
  const text = JSON.stringify(result);
  if (new TextEncoder().encode(text).length > limits.maxResultBytes) {
    throw new Problem("too_large", `result may have at most ${limits.maxResultBytes} bytes`);
  }
  return text;
}
