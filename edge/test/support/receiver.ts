import { strict as assert } from "node:assert";
import type { IncomingMessage, ServerResponse } from "node:http";
import { CloudEvent, HTTP } from "cloudevents";
import { Webhook } from "standardwebhooks";
import { TestServer } from "./server.js";

/** One request as it came in. */
export interface Received {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: number;
}

/** How a path is answered: a status with headers, or never. */
export type Behaviour = readonly [status: number, headers?: Record<string, string>] | "hang";

/** A receiver of webhooks outside the project: it knows the public libraries, and nothing of iN's code. */
export class Receiver {
  readonly requests: Received[] = [];
  readonly #behaviours = new Map<string, Behaviour>();

  private constructor(private readonly server: TestServer) {}

  static async start(): Promise<Receiver> {
    const receiver: Receiver = new Receiver(
      await TestServer.start((request, body, response) =>
        receiver.#answer(request, body, response),
      ),
    );
    return receiver;
  }

  /** How a path is answered from now on; 204 unless said otherwise. */
  answers(path: string, behaviour: Behaviour): void {
    this.#behaviours.set(path, behaviour);
  }

  at(path: string): Received[] {
    return this.requests.filter((request) => request.path === path);
  }

  url(path: string): string {
    return `${this.server.url}${path}`;
  }

  /** As `IN_FETCH_ALLOW` takes it. */
  get host(): string {
    return `127.0.0.1:${this.server.port}`;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  #answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const path = request.url ?? "";
    this.requests.push({
      path,
      method: request.method ?? "",
      headers: request.headers as Record<string, string>,
      body: body.toString("utf8"),
      at: Date.now(),
    });
    const behaviour = this.#behaviours.get(path) ?? [204];
    if (behaviour !== "hang") {
      const [status, headers = {}] = behaviour;
      response.writeHead(status, headers).end();
    }
  }
}

/** Verifies with the public library; throws where the signature is not by that secret. */
export function verify(received: Received, secret: string): unknown {
  return new Webhook(secret).verify(received.body, received.headers);
}

/** The event as the public SDK reads it from the same request; throws where it is not valid. */
export function cloudEventOf({ headers, body }: Received): CloudEvent<Record<string, unknown>> {
  const event = HTTP.toEvent<Record<string, unknown>>({ headers, body });
  assert.ok(!Array.isArray(event), "one event, not a batch");
  return new CloudEvent(event);
}
