import { isTerminal } from "../../src/tasks/summary.js";
import type { Api } from "../edge/api.js";
import { EventParser } from "../edge/event-parser.js";
import type { Turn } from "../edge/turns.js";
import type { View } from "./view.js";

/** So long a watch may hear nothing while others wait for their turn. */
const TURN_MS = 2_000;
/** The edge sends something every 15 s: after this long the connection is dead. */
const DEAD_MS = 40_000;
/** Before a stream is opened again that ended without a word. */
const BREATH_MS = 1_000;

/**
 * Watches a task until it has ended: tells every view once, in order, through lost connections and
 * over several turns. Rejects with a `Refusal` (`not_found`: no such task).
 */
export async function watch(
  api: Api,
  turn: Turn,
  taskId: string,
  tell: (view: View) => void,
  signal: AbortSignal,
): Promise<void> {
  let lastId = "0";
  /** One stream; true: the task has ended. */
  const read = async (): Promise<boolean> => {
    const events = await api.events(taskId, lastId, signal);
    if (events === null) {
      return true;
    }
    let ended = false;
    let heardAt = performance.now();
    const parser = new EventParser();
    for await (const chunk of chunks(events, () => turnIsOver(turn, heardAt))) {
      for (const { id, event, data } of parser.push(chunk)) {
        if (event === "status") {
          const view = JSON.parse(data) as View;
          ended = isTerminal(view.status);
          heardAt = performance.now();
          lastId = id;
          tell(view);
        }
      }
    }
    return ended;
  };
  for (;;) {
    const before = lastId;
    if (await turn.take(read, signal)) {
      return;
    }
    if (lastId === before && !(await turn.othersWait())) {
      await pause(BREATH_MS, signal);
    }
  }
}

async function turnIsOver(turn: Turn, heardAt: number): Promise<boolean> {
  return performance.now() - heardAt > TURN_MS && (await turn.othersWait());
}

/** The stream's text as it comes, until it ends, breaks, falls silent for good, or is to be left. */
async function* chunks(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  leave: () => Promise<boolean>,
): AsyncGenerator<string> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let next = reader.read();
  let aliveAt = performance.now();
  try {
    for (;;) {
      const come = await Promise.race([next, pause(TURN_MS)]);
      if (come === undefined) {
        if (performance.now() - aliveAt > DEAD_MS || (await leave())) {
          return;
        }
        continue;
      }
      if (come.done) {
        return;
      }
      aliveAt = performance.now();
      yield come.value;
      next = reader.read();
    }
  } catch (error) {
    // Broken off: it is opened again, and that will tell whether the edge can be reached.
    if (!(error instanceof TypeError)) {
      throw error;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function pause(ms: number, signal?: AbortSignal): Promise<undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
