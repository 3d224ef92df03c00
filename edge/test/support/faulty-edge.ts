import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** What happens to one request on its way to the edge, or to the answer on its way back. */
export type Fault =
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly status: 429 | 503 }
  /** The edge never receives it. */
  | { readonly kind: "lost" }
  /** The edge carries it out, and nobody receives the answer. */
  | { readonly kind: "answer lost" }
  /** The connection breaks behind so many bytes of the body. */
  | { readonly kind: "cut"; readonly bytes: number }
  /** Nothing comes any more behind so many bytes of the body, without an error. */
  | { readonly kind: "silent"; readonly bytes: number }
  | { readonly kind: "delayed"; readonly ms: number };

/** An edge behind a bad network: each request meets the next fault of a list, and those after it none. */
export class FaultyEdge {
  #faults: Fault[] = [];
  /** Where the edge is; undefined: it is down. */
  target: string | undefined;

  private constructor(private readonly server: Server) {}

  static async to(url: string): Promise<FaultyEdge> {
    const server = createServer((incoming, outgoing) => edge.#answer(incoming, outgoing));
    const edge: FaultyEdge = new FaultyEdge(server);
    edge.target = url;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return edge;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How many faults nothing has met yet. */
  get remaining(): number {
    return this.#faults.length;
  }

  meets(faults: readonly Fault[]): void {
    this.#faults = [...faults];
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  #answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const fault = this.#faults.shift() ?? { kind: "none" };
    if (fault.kind === "lost") {
      outgoing.destroy();
    } else if (fault.kind === "refused") {
      const code = fault.status === 429 ? "too_many_requests" : "unavailable";
      outgoing
        .writeHead(fault.status, { "content-type": "application/problem+json", "retry-after": "0" })
        .end(JSON.stringify({ code, detail: "a fault" }));
    } else {
      setTimeout(
        () => this.#forward(incoming, outgoing, fault),
        fault.kind === "delayed" ? fault.ms : 0,
      );
    }
  }

  #forward(incoming: IncomingMessage, outgoing: ServerResponse, fault: Fault): void {
    const { method, headers, url = "/" } = incoming;
    if (this.target === undefined) {
      outgoing.destroy();
      return;
    }
    const forwarded = request(new URL(url, this.target), { method, headers }, (answer) => {
      if (fault.kind === "answer lost") {
        answer.destroy();
        outgoing.destroy();
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      let left = "bytes" in fault ? fault.bytes : Infinity;
      answer.on("data", (chunk: Buffer) => {
        if (left > 0) {
          outgoing.write(chunk.subarray(0, Math.min(left, chunk.length)));
        }
        left -= chunk.length;
        if (left <= 0 && fault.kind === "cut") {
          outgoing.destroy();
        }
      });
      answer.on("end", () => (left > 0 ? outgoing.end() : outgoing.destroy()));
      answer.on("error", () => outgoing.destroy());
    });
    forwarded.on("error", () => outgoing.destroy());
    outgoing.on("close", () => forwarded.destroy());
    incoming.pipe(forwarded);
  }
}
