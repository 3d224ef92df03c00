import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Answer = (request: IncomingMessage, body: Buffer, response: ServerResponse) => void;

/** A plain HTTP server on 127.0.0.1, on a free port unless one is given. */
export class TestServer {
  private constructor(private readonly server: Server) {}

  static async start(answer: Answer, port = 0): Promise<TestServer> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => answer(request, Buffer.concat(chunks), response));
    });
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    return new TestServer(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
