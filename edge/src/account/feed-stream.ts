import type { AccountDO } from "./account.js";
import type { FeedPage } from "./feed-page.js";
import { cursorExpired, type FeedReader, openFeed } from "./feed-reader.js";

const KEEPALIVE_MS = 15_000;
const RETRY_MS = 2_000;
const PAGE_LENGTH = 500;
/** Of what a client has not read yet. */
const MAX_BUFFERED_BYTES = 64 * 1024;
const ENTRIES_PER_ACK = 1_000;

type Account = DurableObjectStub<AccountDO>;

/**
 * An account's feed as server-sent events. New entries come over a WebSocket and are passed on as
 * long as the client keeps up. What comes while its buffer is full is dropped here, and read in pages
 * once there is room: a slow client costs one buffer, and misses nothing.
 */
export async function feedStream(account: Account, reader: FeedReader): Promise<Response> {
  // Opened before the first page is read, so that nothing falls between the two.
  const { webSocket } = await openFeed(account, reader, true);
  if (webSocket === null) {
    throw new Error("the account opened no WebSocket");
  }
  const first = await readPage(account, reader.cursor, reader.types);
  if (first === undefined) {
    webSocket.accept();
    webSocket.close(1000);
    throw cursorExpired();
  }
  const stream = new FeedStream(account, reader.types, webSocket, first);
  return new Response(stream.body, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
}

class FeedStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly #encoder = new TextEncoder();
  #keepalive: ReturnType<typeof setInterval> | null = null;
  /** The seq up to which everything was written. */
  #cursor = 0;
  #page: FeedPage | undefined;
  /** Whether entries are read in pages, because some were dropped or are older than this stream. */
  #behind = true;
  /** Whether one was dropped since the latest page was asked for. */
  #dropped = false;
  #received = 0;

  constructor(
    private readonly account: Account,
    private readonly types: readonly string[] | undefined,
    private readonly socket: WebSocket,
    first: FeedPage,
  ) {
    this.#page = first;
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => this.#start(controller),
        pull: (controller) => this.#pull(controller),
        cancel: () => this.#stop(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: MAX_BUFFERED_BYTES }),
    );
  }

  #start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const end = (): void => {
      this.#stop();
      try {
        controller.close();
      } catch {
        // Already closed by the client.
      }
    };
    this.#write(controller, `retry: ${RETRY_MS}\n\n`);
    this.#keepalive = setInterval(() => {
      if (hasRoom(controller)) {
        this.#write(controller, ": keepalive\n\n");
      }
    }, KEEPALIVE_MS);
    this.socket.addEventListener("message", ({ data }) => {
      if (typeof data === "string") {
        this.#onEntry(controller, data);
      }
    });
    // The client comes again, and goes on after the last id.
    this.socket.addEventListener("close", end);
    this.socket.addEventListener("error", end);
    this.socket.accept();
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    while (this.#behind && hasRoom(controller)) {
      this.#dropped = false;
      const page = this.#page ?? (await readPage(this.account, this.#cursor, this.types));
      this.#page = undefined;
      if (page === undefined) {
        // It was too slow for the history. Coming again it is answered 410.
        this.#stop();
        controller.close();
        return;
      }
      for (const entry of page.entries) {
        this.#write(controller, serverSentEvent(entry));
      }
      this.#cursor = Math.max(this.#cursor, page.cursor);
      this.#behind = page.more || this.#dropped;
    }
  }

  #onEntry(controller: ReadableStreamDefaultController<Uint8Array>, entry: string): void {
    const { seq } = JSON.parse(entry) as { seq: number };
    if (++this.#received % ENTRIES_PER_ACK === 0) {
      this.socket.send(`{"ack":${seq}}`);
    }
    if (seq <= this.#cursor) {
      return;
    }
    if (this.#behind || !hasRoom(controller)) {
      this.#behind = true;
      this.#dropped = true;
      return;
    }
    this.#write(controller, serverSentEvent(entry));
    this.#cursor = seq;
  }

  #write(controller: ReadableStreamDefaultController<Uint8Array>, text: string): void {
    controller.enqueue(this.#encoder.encode(text));
  }

  #stop(): void {
    clearInterval(this.#keepalive);
    this.socket.close(1000);
  }
}

async function readPage(
  account: Account,
  cursor: number | undefined,
  types: readonly string[] | undefined,
): Promise<FeedPage | undefined> {
  return await account.feed(cursor, types, PAGE_LENGTH);
}

function hasRoom({ desiredSize }: ReadableStreamDefaultController<Uint8Array>): boolean {
  return (desiredSize ?? 0) > 0;
}

function serverSentEvent(entry: string): string {
  const { seq, type } = JSON.parse(entry) as { seq: number; type: string };
  return `id: ${seq}\nevent: ${type}\ndata: ${entry}\n\n`;
}
