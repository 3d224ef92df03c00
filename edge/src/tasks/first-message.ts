import { eventId } from "../events/event-id.js";
import type { INEvent } from "../generated/events.js";
import type { Message } from "../pubsub/publisher.js";
import { traceparent } from "../trace/context.js";
import type { Task } from "./task.js";

const EVENT_TYPE = "download.requested";
const RUN = 1;
const SCHEMA_VERSION = 1;

/** The message that starts the chain: a pure function of the task, so it is the same every time. */
export async function firstMessage(task: Task): Promise<Message> {
  const { taskId, traceId, submission } = task;
  const event: INEvent<typeof EVENT_TYPE> = {
    eventId: await eventId(taskId, RUN, "edge", EVENT_TYPE),
    eventType: EVENT_TYPE,
    taskId,
    traceId,
    timestamp: task.createdAt,
    source: "edge",
    payload: { input: submission.input, features: submission.features },
    run: RUN,
    schemaVersion: SCHEMA_VERSION,
  };
  return {
    body: JSON.stringify(event),
    attributes: {
      eventId: event.eventId,
      eventType: EVENT_TYPE,
      taskId,
      run: String(RUN),
      priority: submission.priority,
      owner: task.owner,
      channel: task.channel,
      schemaVersion: String(SCHEMA_VERSION),
      traceparent: traceparent(task),
    },
  };
}
