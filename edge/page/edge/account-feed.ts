import { Listeners } from "../listeners.js";
import type { Api } from "./api.js";
import { EventParser } from "./event-parser.js";
import { Refusal } from "./refusal.js";
import { inStreamSlot } from "./stream-slots.js";
import { pause, textOf } from "./text-stream.js";

/** A task to which something happened; undefined: any, since what happened cannot be known. */
export type Change = string | undefined;

/** Before a stream is opened again that ended without an entry. */
const REOPEN_DELAY_MS = 1_000;

/**
 * Follows what happens to all tasks of an owner, over one stream for the whole window. After a lost
 * connection it resumes behind the last entry; where the edge no longer has what came next, anything
 * may have changed.
 */
export class AccountFeed {
  readonly changes = new Listeners<Change>();

  constructor(private readonly api: Api) {}

  /** Never ends by itself. Rejects with a `Refusal`, or when the signal is aborted. */
  async follow(signal: AbortSignal): Promise<never> {
    for (;;) {
      let cursor = await this.api.cursor(signal);
      this.changes.notify(undefined);
      try {
        for (;;) {
          cursor = await this.#read(cursor, signal);
        }
      } catch (error) {
        if (!(error instanceof Refusal && error.code === "cursor_expired")) {
          throw error;
        }
      }
    }
  }

  /** Reads one stream to its end, and answers the cursor of the next. */
  async #read(cursor: string, signal: AbortSignal): Promise<string> {
    let last = cursor;
    const wasLeft = await inStreamSlot(async (othersWait) => {
      const stream = await this.api.feed(cursor, signal);
      const parser = new EventParser();
      let left = false;
      const leave = async (): Promise<boolean> => (left = await othersWait());
      for await (const chunk of stream === null ? [] : textOf(stream, leave)) {
        for (const { id, data } of parser.push(chunk)) {
          last = id;
          this.changes.notify((JSON.parse(data) as { readonly taskId?: string }).taskId);
        }
      }
      return left;
    }, signal);
    if (last === cursor && !wasLeft) {
      await pause(REOPEN_DELAY_MS, signal);
    }
    return last;
  }
}
