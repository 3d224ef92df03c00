import { Problem } from "../http/problem.js";

/** How the Worker passes on who watches, and from which entry on. */
export const OWNER_HEADER = "in-owner";
export const LAST_ID_HEADER = "in-last-event-id";
/** Only what happened so far. */
export const HISTORY_HEADER = "in-history";

const KEEPALIVE_MS = 15_000;
const RETRY_MS = 2_000;

/** Opens a watch at the coordinator: 101 or 204; an unknown task is a 404. */
export async function openWatch(
  coordinator: Fetcher,
  owner: string,
  lastEventId: string | undefined,
  follows = true,
): Promise<Response> {
  const answer = await coordinator.fetch("https://coordinator/watch", {
    headers: {
      upgrade: "websocket",
      [OWNER_HEADER]: owner,
      [LAST_ID_HEADER]: lastEventId ?? "0",
      ...(follows ? {} : { [HISTORY_HEADER]: "1" }),
    },
  });
  if (answer.status === 404) {
    throw new Problem("not_found", "there is no such task");
  }
  return answer;
}

/**
 * The watch as server-sent events. The stream belongs to the Worker, so the coordinator can hibernate
 * between events; a timer of the Worker sends the comments that keep proxies from closing it.
 */
export function eventStream(socket: WebSocket): Response {
  const encoder = new TextEncoder();
  let keepalive: ReturnType<typeof setInterval> | null = null;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const end = (): void => {
        clearInterval(keepalive);
        try {
          controller.close();
        } catch {
          // Already closed by the client.
        }
      };
      const write = (text: string): void => controller.enqueue(encoder.encode(text));
      write(`retry: ${RETRY_MS}\n\n`);
      keepalive = setInterval(() => write(": keepalive\n\n"), KEEPALIVE_MS);
      socket.addEventListener("message", ({ data }) => {
        if (typeof data === "string") {
          write(serverSentEvent(data));
        }
      });
      socket.addEventListener("close", end);
      socket.addEventListener("error", end);
      socket.accept();
    },
    cancel() {
      clearInterval(keepalive);
      socket.close(1000);
    },
  });
  return new Response(body, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
}

function serverSentEvent(frame: string): string {
  const { id, event, data } = JSON.parse(frame) as { id: number; event: string; data: unknown };
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
