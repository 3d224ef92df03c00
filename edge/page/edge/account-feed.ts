import { ProblemError } from "../../client/src/problem-error.js";
import { Listeners } from "../listeners.js";
import type { Api } from "./api.js";
import { inStreamSlot } from "./stream-slots.js";

/** A task to which something happened; undefined: any, since what happened cannot be known. */
export type Change = string | undefined;

/**
 * Follows what happens to all tasks of an owner, over one stream for the whole window. Where the edge
 * no longer has what came next, anything may have changed.
 */
export class AccountFeed {
  readonly changes = new Listeners<Change>();

  constructor(private readonly api: Api) {}

  /** Never ends by itself. Rejects with a `ProblemError`, or when the signal is aborted. */
  async follow(signal: AbortSignal): Promise<never> {
    for (;;) {
      let { cursor } = await this.api.client.account.get({ signal });
      this.changes.notify(undefined);
      try {
        for (;;) {
          cursor = await this.#read(cursor, signal);
        }
      } catch (error) {
        if (!(error instanceof ProblemError && error.code === "cursor_expired")) {
          throw error;
        }
      }
    }
  }

  /** Reads until other windows wait, and answers the cursor to go on with. */
  async #read(cursor: number, signal: AbortSignal): Promise<number> {
    let last = cursor;
    await inStreamSlot(async (leave) => {
      const either = AbortSignal.any([signal, leave]);
      try {
        for await (const { seq, taskId } of this.api.client.feed({ cursor, signal: either })) {
          last = seq;
          this.changes.notify(taskId);
        }
      } catch (error) {
        if (signal.aborted || !leave.aborted) {
          throw error;
        }
      }
    }, signal);
    return last;
  }
}
