import { type FeedEntry, feedEntryJson } from "./feed-entry.js";
import type { FeedPage } from "./feed-page.js";

/** How far a reader may be behind what was sent to it: what it does not read stays in memory here. */
export const MAX_UNREAD = 10_000;
/** Of a reader's message; `{"ack": seq}` is all there is to say. */
export const MAX_MESSAGE_BYTES = 1_024;

/** Close codes of the range that is free for applications (RFC 6455, section 7.4.2). */
const RESUME = 4008;
const RESUME_REASON = "resume after the last seq";
const TOO_LARGE = 1009;

const ACK = /^\s*\{\s*"ack"\s*:\s*(\d{1,15})\s*\}\s*$/;

/** What a socket remembers while its object sleeps. */
interface Reader {
  /** A seq: of what came after it at most MAX_UNREAD may be unread. */
  readonly read: number;
  /** Undefined: all. */
  readonly types?: readonly string[];
}

/**
 * Those who read an account's feed over hibernating WebSockets. A reader that is far behind is
 * closed with 4008 and comes again with its cursor: nothing is buffered without end.
 */
export class FeedSockets {
  /** By socket, so that a broadcast does not read every attachment again. */
  readonly #readers = new WeakMap<WebSocket, Reader>();

  constructor(private readonly ctx: DurableObjectState) {
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /** The client's end for a new reader, which receives this page first. */
  add(page: FeedPage, types: readonly string[] | undefined): WebSocket {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    const read = page.cursor - page.entries.length;
    this.#remember(server, { read, ...(types === undefined ? {} : { types }) });
    for (const entry of page.entries) {
      server.send(entry);
    }
    if (page.more) {
      server.close(RESUME, RESUME_REASON);
    }
    return client;
  }

  broadcast(entries: readonly FeedEntry[]): void {
    const frames = entries.map((entry) => ({ ...entry, text: feedEntryJson(entry) }));
    for (const socket of this.ctx.getWebSockets()) {
      const { read, types } = this.#readerOf(socket);
      try {
        for (const { seq, type, text } of frames) {
          if (seq - read > MAX_UNREAD) {
            socket.close(RESUME, RESUME_REASON);
            break;
          }
          if (types === undefined || types.includes(type)) {
            socket.send(text);
          }
        }
      } catch {
        // Just closed: its client resumes with the last seq it has seen.
      }
    }
  }

  /** A reader says up to where it has read; anything else is of no interest. */
  onMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    const length = typeof message === "string" ? message.length : message.byteLength;
    if (length > MAX_MESSAGE_BYTES) {
      socket.close(TOO_LARGE, `a message may have at most ${MAX_MESSAGE_BYTES} bytes`);
      return;
    }
    const ack = typeof message === "string" ? ACK.exec(message) : null;
    const reader = this.#readerOf(socket);
    const read = Number(ack?.[1] ?? 0);
    if (read > reader.read) {
      this.#remember(socket, { ...reader, read });
    }
  }

  #readerOf(socket: WebSocket): Reader {
    let reader = this.#readers.get(socket);
    if (reader === undefined) {
      reader = socket.deserializeAttachment() as Reader;
      this.#readers.set(socket, reader);
    }
    return reader;
  }

  #remember(socket: WebSocket, reader: Reader): void {
    this.#readers.set(socket, reader);
    socket.serializeAttachment(reader);
  }
}
