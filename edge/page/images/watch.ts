import { isTerminal } from "../../src/tasks/summary.js";
import type { Api } from "../edge/api.js";
import { EventParser } from "../edge/event-parser.js";
import type { StreamSlot } from "../edge/stream-slots.js";
import type { TaskView } from "../result/task-view.js";

/** A watch that receives nothing for this long leaves its slot to those that wait. */
const MAX_SILENCE_MS = 2_000;
/** The edge sends something every 15 s: a connection silent for this long is dead. */
const CONNECTION_TIMEOUT_MS = 40_000;
/** Before a stream is opened again that ended without an event. */
const REOPEN_DELAY_MS = 1_000;

/**
 * Watches a task until it has ended: reports every view once, in order, across lost connections and
 * several streams. Rejects with a `Refusal` (`not_found`: no such task).
 */
export async function watch(
  api: Api,
  slot: StreamSlot,
  taskId: string,
  report: (view: TaskView) => void,
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
    let receivedAt = performance.now();
    const parser = new EventParser();
    for await (const chunk of chunks(events, () => shouldYield(slot, receivedAt))) {
      for (const { id, event, data } of parser.push(chunk)) {
        if (event === "status") {
          const view = JSON.parse(data) as TaskView;
          ended = isTerminal(view.status);
          receivedAt = performance.now();
          lastId = id;
          report(view);
        }
      }
    }
    return ended;
  };
  for (;;) {
    const before = lastId;
    if (await slot.run(read, signal)) {
      return;
    }
    if (lastId === before && !(await slot.hasWaiters())) {
      await pause(REOPEN_DELAY_MS, signal);
    }
  }
}

async function shouldYield(slot: StreamSlot, receivedAt: number): Promise<boolean> {
  return performance.now() - receivedAt > MAX_SILENCE_MS && (await slot.hasWaiters());
}

/** The stream's text as it arrives, until it ends, breaks, times out, or should be left. */
async function* chunks(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  leave: () => Promise<boolean>,
): AsyncGenerator<string> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let next = reader.read();
  let aliveAt = performance.now();
  try {
    for (;;) {
      const chunk = await Promise.race([next, pause(MAX_SILENCE_MS)]);
      if (chunk === undefined) {
        if (performance.now() - aliveAt > CONNECTION_TIMEOUT_MS || (await leave())) {
          return;
        }
        continue;
      }
      if (chunk.done) {
        return;
      }
      aliveAt = performance.now();
      yield chunk.value;
      next = reader.read();
    }
  } catch (error) {
    // The connection broke: opening the stream again will show whether the edge can be reached.
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
