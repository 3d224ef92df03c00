import { eventId } from "../events/event-id.js";
import type { EventType, INEvent, PayloadOf } from "../generated/events.js";
import { topology } from "../generated/topology.js";
import type { Message } from "../pubsub/message.js";
import { traceparent } from "../trace/context.js";
import { isDeleted, type Pending, type Routing, type StoredTask, type Task } from "./task.js";

const SCHEMA_VERSION = 1;

export interface Outgoing {
  readonly topic: string;
  readonly message: Message;
}

/** The message: a pure function of what is stored, so it is the same every time. */
export async function outgoing(task: StoredTask, pending: Pending): Promise<Outgoing> {
  if (pending.type !== "download.requested") {
    const { type, operationId, run, issuedAt, uploadId } = pending;
    const payload = { operationId, ...(uploadId === undefined ? {} : { uploadId }) };
    const message = await messageOf(task, type, payload, run, issuedAt);
    return { topic: topology.commandTopic, message };
  }
  if (isDeleted(task)) {
    throw new Error("a deleted task requests no download");
  }
  const { input, features } = task.submission;
  const { run } = task.summary;
  const { skipAnalysis } = task;
  const payload = { input, features, ...(skipAnalysis === undefined ? {} : { skipAnalysis }) };
  const message = await messageOf(task, pending.type, payload, run, task.runStartedAt);
  return { topic: topology.firstTopic, message };
}

async function messageOf<T extends EventType>(
  task: StoredTask,
  eventType: T,
  payload: PayloadOf<T>,
  run: number,
  timestamp: number,
): Promise<Message> {
  const { taskId, traceId } = task;
  const event: INEvent<T> = {
    eventId: await eventId(taskId, run, "edge", eventType),
    eventType,
    taskId,
    traceId,
    timestamp,
    source: "edge",
    payload,
    run,
    schemaVersion: SCHEMA_VERSION,
  };
  const { priority, owner, channel } = routingOf(task);
  return {
    body: JSON.stringify(event),
    attributes: {
      eventId: event.eventId,
      eventType,
      taskId,
      run: String(run),
      priority,
      owner,
      channel,
      schemaVersion: String(SCHEMA_VERSION),
      traceparent: traceparent(task),
    },
  };
}

function routingOf(task: StoredTask): Routing {
  if (!isDeleted(task)) {
    return routingOfTask(task);
  }
  if (task.routing === undefined) {
    throw new Error("the routing is kept until nothing is pending");
  }
  return task.routing;
}

export function routingOfTask({ owner, channel, submission }: Task): Routing {
  return { owner, channel, priority: submission.priority };
}
