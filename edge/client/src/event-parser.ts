/** One server-sent event. */
export interface ServerSentEvent {
  /** The last id of the stream so far; empty: none yet. */
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/**
 * Parses a stream of server-sent events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html), however it is split
 * into chunks. Comments and reconnection times are ignored.
 */
export class EventParser {
  #rest = "";
  #id = "";
  #event = "";
  #data: string[] = [];

  /** The events that this chunk completes. */
  push(chunk: string): ServerSentEvent[] {
    const text = this.#rest + chunk;
    // A \r at the end may be half of a \r\n.
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.#line(line));
  }

  #line(line: string): ServerSentEvent[] {
    if (line === "") {
      return this.#dispatch();
    }
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    switch (name) {
      case "id":
        this.#id = value.includes("\0") ? this.#id : value;
        break;
      case "event":
        this.#event = value;
        break;
      case "data":
        this.#data.push(value);
        break;
    }
    return [];
  }

  #dispatch(): ServerSentEvent[] {
    const event = { id: this.#id, event: this.#event || "message", data: this.#data.join("\n") };
    const empty = this.#data.length === 0;
    this.#event = "";
    this.#data = [];
    return empty ? [] : [event];
  }
}
