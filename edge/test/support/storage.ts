import type { IncomingMessage, ServerResponse } from "node:http";
import { json, TestServer } from "./server.js";

export interface StoredObject {
  readonly contentType: string;
  readonly bytes: Buffer;
}

const BUCKET = "/in-local-images/";
const FORBIDDEN = 403;

/** Of every object. */
export const GENERATION = 1_790_000_000_000_123;

/**
 * Stands in for Cloud Storage behind signed URLs, as browsers and the edge meet it: with CORS, and creating only.
 * That the signatures are right is shown in uploads.test.ts.
 */
export class TestStorage {
  /** By name in the images bucket. */
  readonly objects = new Map<string, StoredObject>();
  /** The requests, as in `PUT uploads/…`; those that only ask for permission are left out. */
  readonly requests: string[] = [];
  /** Tokens that came with them; there should be none. */
  readonly tokens: string[] = [];
  /** Whether CORS lets pages in. */
  cors = true;
  /** The next so many puts are taken, and their answers lost. */
  lostAnswers = 0;
  /** How questions for metadata (`HEAD`) are answered whatever there is; undefined: as it is. */
  heads: number | "hang" | undefined;

  private constructor(private readonly server: TestServer) {}

  static async start(): Promise<TestStorage> {
    const storage: TestStorage = new TestStorage(
      await TestServer.start((request, body, response) => storage.answer(request, body, response)),
    );
    return storage;
  }

  get url(): string {
    return this.server.url;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  private answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    if (this.cors) {
      response.setHeader("access-control-allow-origin", "*");
    }
    if (request.method === "OPTIONS") {
      const headers = request.headers["access-control-request-headers"] ?? "";
      response.setHeader("access-control-allow-methods", "GET, PUT");
      response.setHeader("access-control-allow-headers", headers);
      response.writeHead(200).end();
      return;
    }
    if (request.url?.includes("/iam/testPermissions") === true) {
      json(response, 200, { permissions: ["storage.objects.get"] });
      return;
    }
    if (request.headers.authorization !== undefined) {
      this.tokens.push(request.headers.authorization);
    }
    const url = new URL(request.url ?? "/", this.url);
    const name = decodeURIComponent(url.pathname.slice(BUCKET.length));
    this.requests.push(`${request.method} ${name}`);
    if (!url.pathname.startsWith(BUCKET) || !url.searchParams.has("X-Goog-Signature")) {
      response.writeHead(FORBIDDEN).end();
    } else if (request.method === "PUT") {
      this.create(name, request, body, response);
    } else if (request.method === "HEAD") {
      this.head(name, response);
    } else {
      const object = this.objects.get(name);
      response.writeHead(object === undefined ? 404 : 200, {
        "content-type": object?.contentType ?? "application/xml",
      });
      response.end(object?.bytes);
    }
  }

  private head(name: string, response: ServerResponse): void {
    const object = this.objects.get(name);
    if (typeof this.heads === "number") {
      response.writeHead(this.heads).end();
    } else if (object === undefined) {
      response.writeHead(404).end();
    } else if (this.heads === undefined) {
      response
        .writeHead(200, {
          "content-type": object.contentType,
          "x-goog-generation": String(GENERATION),
          "x-goog-stored-content-length": String(object.bytes.length),
        })
        .end();
    }
  }

  private create(
    name: string,
    { headers }: IncomingMessage,
    bytes: Buffer,
    response: ServerResponse,
  ): void {
    const contentType = headers["content-type"];
    const { length } = bytes;
    const asSigned =
      contentType !== undefined &&
      headers["x-goog-if-generation-match"] === "0" &&
      headers["x-goog-content-length-range"] === `${length},${length}`;
    if (!asSigned) {
      response.writeHead(FORBIDDEN).end();
    } else if (this.objects.has(name)) {
      response.writeHead(412).end();
    } else {
      this.objects.set(name, { contentType, bytes });
      if (this.lostAnswers > 0) {
        this.lostAnswers--;
        response.destroy();
      } else {
        response.writeHead(200).end();
      }
    }
  }
}
