/** How often it is checked whether a silent stream should be left. */
const CHECK_MS = 2_000;
/** The edge sends something every 15 s: a connection silent for this long is dead. */
const CONNECTION_TIMEOUT_MS = 40_000;

/**
 * The stream's text as it arrives, until it ends, breaks, or times out.
 *
 * @param leave asked while the stream is silent: whether to end here
 */
export async function* textOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  leave: () => Promise<boolean>,
): AsyncGenerator<string> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let next = reader.read();
  let aliveAt = performance.now();
  try {
    for (;;) {
      const chunk = await Promise.race([next, pause(CHECK_MS)]);
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

export function pause(ms: number, signal?: AbortSignal): Promise<undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
