import type { Entry } from "./store.js";

/** The close code of a watch to which everything was sent. */
const NORMAL_CLOSURE = 1000;

/**
 * Those who watch a task, over hibernating WebSockets: the object sleeps while nothing happens, and
 * no timer keeps it awake.
 */
export class Watchers {
  constructor(private readonly ctx: DurableObjectState) {
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /**
   * The client's end of a new watch, which receives all `entries` first.
   *
   * @param ends nothing will follow
   */
  add(entries: readonly Entry[], ends: boolean): WebSocket {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    for (const entry of entries) {
      server.send(frame(entry));
    }
    if (ends) {
      server.close(NORMAL_CLOSURE, "everything was sent");
    }
    return client;
  }

  notify(entry: Entry, ended: boolean): void {
    for (const socket of this.ctx.getWebSockets()) {
      try {
        socket.send(frame(entry));
        if (ended) {
          socket.close(NORMAL_CLOSURE, "the task has ended");
        }
      } catch {
        // Just closed: its client reconnects with the last id it has seen.
      }
    }
  }

  /** The task was deleted: there is nothing left to watch. */
  closeAll(): void {
    for (const socket of this.ctx.getWebSockets()) {
      socket.close(NORMAL_CLOSURE, "the task was deleted");
    }
  }
}

/** `{"id", "event", "data"}`, as the fields of a server-sent event. */
function frame({ id, view }: Entry): string {
  return `{"id":${id},"event":"status","data":${view}}`;
}
