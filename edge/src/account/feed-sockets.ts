import { type FeedEntry, feedEntryJson } from "./feed-entry.js";
import type { FeedPage } from "./feed-page.js";
import { Unread, type UnreadState } from "./unread.js";

/** How much a reader may leave unread of what was sent to it: that stays in memory here. */
export const MAX_UNREAD = 10_000;
/** Of a reader's message; `{"ack": seq}` is all there is to say. */
export const MAX_MESSAGE_BYTES = 1_024;

/** Close codes of the range that is free for applications (RFC 6455, section 7.4.2). */
const RESUME = 4008;
const RESUME_REASON = "resume after the last seq";
const TOO_LARGE = 1009;

const ACK = /^\s*\{\s*"ack"\s*:\s*(\d{1,15})\s*\}\s*$/;

/** An entry as readers get it. */
type Frame = FeedEntry & { readonly text: string };

interface Reader {
  readonly unread: Unread;
  /** Undefined: all. */
  readonly types: readonly string[] | undefined;
}

/** What a socket remembers of its reader while its object sleeps. */
interface Attachment {
  readonly unread: UnreadState;
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
    const reader = { unread: new Unread(), types };
    for (const entry of page.entries) {
      server.send(entry);
      reader.unread.add(seqOf(entry));
    }
    this.#remember(server, reader);
    if (page.more) {
      server.close(RESUME, RESUME_REASON);
    }
    return client;
  }

  closeAll(): void {
    for (const socket of this.ctx.getWebSockets()) {
      socket.close(RESUME, RESUME_REASON);
    }
  }

  broadcast(entries: readonly FeedEntry[]): void {
    const frames = entries.map((entry) => ({ ...entry, text: feedEntryJson(entry) }));
    for (const socket of this.ctx.getWebSockets()) {
      try {
        this.#send(socket, frames);
      } catch {
        // Just closed: its client resumes with the last seq it has seen.
      }
    }
  }

  #send(socket: WebSocket, frames: readonly Frame[]): void {
    const reader = this.#readerOf(socket);
    const { unread, types } = reader;
    const wanted = types === undefined ? frames : frames.filter(({ type }) => types.includes(type));
    for (const { seq, text } of wanted) {
      if (unread.count >= MAX_UNREAD) {
        socket.close(RESUME, RESUME_REASON);
        break;
      }
      socket.send(text);
      unread.add(seq);
    }
    // Once for all of them, not for each.
    if (wanted.length > 0) {
      this.#remember(socket, reader);
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
    if (ack !== null) {
      const reader = this.#readerOf(socket);
      reader.unread.acknowledge(Number(ack[1]));
      this.#remember(socket, reader);
    }
  }

  #readerOf(socket: WebSocket): Reader {
    let reader = this.#readers.get(socket);
    if (reader === undefined) {
      const { unread, types } = socket.deserializeAttachment() as Attachment;
      reader = { unread: new Unread(unread), types };
      this.#readers.set(socket, reader);
    }
    return reader;
  }

  #remember(socket: WebSocket, reader: Reader): void {
    this.#readers.set(socket, reader);
    const { unread, types } = reader;
    const attachment: Attachment = {
      unread: unread.state,
      ...(types === undefined ? {} : { types }),
    };
    socket.serializeAttachment(attachment);
  }
}

function seqOf(entry: string): number {
  return (JSON.parse(entry) as { seq: number }).seq;
}
