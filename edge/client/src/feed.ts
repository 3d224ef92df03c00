import { followed, type StreamSettings } from "./event-stream.js";
import type { FeedEntry } from "./generated/api.js";
import type { CallOptions, Transport } from "./transport.js";

export interface FeedOptions extends CallOptions {
  /** The `seq` of the last entry that is known; left out: from the oldest entry that is kept. */
  readonly cursor?: number | undefined;
  /** Only entries of these types. */
  readonly types?: readonly string[] | undefined;
}

/** What happens to all tasks of an owner. */
export class Feed {
  constructor(
    private readonly transport: Transport,
    private readonly streams: StreamSettings,
  ) {}

  async *follow({
    cursor,
    types,
    signal = new AbortController().signal,
  }: FeedOptions): AsyncGenerator<FeedEntry, void, undefined> {
    const open = (lastId: string): Promise<Response> =>
      this.transport.send(
        "GET /v1/events",
        {
          headers: {
            accept: "text/event-stream",
            "Last-Event-ID": lastId === "" ? undefined : lastId,
          },
          query: { types: types?.join(",") },
        },
        (answer) => answer,
        { signal, retry: this.streams.retry },
      );
    const lastId = cursor === undefined ? "" : String(cursor);
    for await (const { data } of followed({ open, lastId, signal, settings: this.streams })) {
      yield JSON.parse(data) as FeedEntry;
    }
  }
}
