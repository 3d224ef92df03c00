import { EventParser, type ServerSentEvent } from "./event-parser.js";
import { pause, type Retry } from "./retry.js";

/** The edge sends something every 15 s: a connection silent for this long is dead. */
export const SILENCE_TIMEOUT_MS = 40_000;

/** Before a stream is opened again that ended without an event. */
export const REOPEN_DELAY_MS = 1_000;

/** How streams are kept open. */
export interface StreamSettings {
  readonly retry: Retry;
  readonly silenceTimeoutMs: number;
  readonly reopenDelayMs: number;
}

/** Where a stream begins, and how. */
export interface Following {
  /** Opens the stream behind that event; undefined: there is nothing more, and never will be. */
  readonly open: (lastId: string) => Promise<Response | undefined>;
  /** Empty: from the beginning. */
  readonly lastId: string;
  readonly signal: AbortSignal;
  readonly settings: StreamSettings;
}

/** The events of a stream, each once: whenever the stream ends or breaks, it goes on behind the last one. */
export async function* followed({
  open,
  lastId,
  signal,
  settings: { silenceTimeoutMs, reopenDelayMs },
}: Following): AsyncGenerator<ServerSentEvent, void, undefined> {
  let last = lastId;
  for (;;) {
    const response = await open(last);
    if (response === undefined) {
      return;
    }
    let hasEvents = false;
    for await (const event of eventsOf(response, silenceTimeoutMs)) {
      // Ids grow.
      if (Number(event.id) > Number(last)) {
        last = event.id;
        hasEvents = true;
        yield event;
      }
    }
    signal.throwIfAborted();
    if (!hasEvents) {
      await pause(reopenDelayMs, signal);
    }
  }
}

/** The events of one response until it ends, breaks, or is silent for too long. */
async function* eventsOf(
  { body }: Response,
  silenceTimeoutMs: number,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  if (body === null) {
    return;
  }
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser();
  try {
    for (;;) {
      const chunk = await withinSilence(reader.read(), silenceTimeoutMs);
      if (chunk === undefined || chunk.done) {
        return;
      }
      yield* parser.push(decoder.decode(chunk.value, { stream: true }));
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Undefined: nothing came in time, or the connection broke. */
async function withinSilence<T>(read: Promise<T>, timeoutMs: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeoutMs);
  });
  try {
    return await Promise.race([read.catch(() => undefined), silence]);
  } finally {
    clearTimeout(timer);
  }
}
