import { assertTask } from "./openapi.js";

/** One server-sent event, or a comment. */
export interface ServerSentEvent {
  readonly id?: string;
  readonly event?: string;
  readonly data?: unknown;
  readonly comment?: string;
  readonly retry?: string;
}

/** The events of a stream as they come, until it ends. */
export async function* eventsOf(response: Response): AsyncGenerator<ServerSentEvent> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      yield parse(text.slice(0, end));
      text = text.slice(end + 2);
    }
  }
}

/** All status events until the stream ends. */
export async function allEvents(response: Response): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of eventsOf(response)) {
    if (event.event !== undefined) {
      assertTask(event.data);
      events.push(event);
    }
  }
  return events;
}

function parse(block: string): ServerSentEvent {
  const fields = block.split("\n").map((line) => {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon) || "comment";
    const value = line.slice(colon + 1).replace(/^ /, "");
    return [name, name === "data" ? (JSON.parse(value) as unknown) : value] as const;
  });
  return Object.fromEntries(fields);
}
