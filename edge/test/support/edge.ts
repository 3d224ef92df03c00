import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { assertDocumented } from "./openapi.js";

export type Environment = Readonly<Record<string, string>>;

/** A line that the worker logged. */
export type LogLine = Readonly<Record<string, unknown>>;

/** Running processes; an interrupted test must not leave any behind. */
const running = new Set<ChildProcess>();
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));
// The test runner ends a file that takes too long by this signal, which skips "exit".
process.once("SIGTERM", () => process.exit(1));

/** The built worker on real workerd, as the launcher starts it. */
export class Edge {
  readonly logs: LogLine[] = [];

  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
    readonly disk: string,
  ) {}

  /**
   * @param disk of an edge that ran before; left out, a new one
   * @param config workerd's configuration, of another version than the built one
   */
  static async start(
    environment: Environment,
    disk?: string,
    config = "dist/config.capnp",
  ): Promise<Edge> {
    const folder = disk ?? (await mkdtemp(join(tmpdir(), "in-edge-")));
    await mkdir(folder, { recursive: true });
    const child = spawn(
      "dist/workerd",
      [
        ...["serve", config, "--socket-addr=http=127.0.0.1:0", "--control-fd=3"],
        `--directory-path=coordinators=${folder}`,
      ],
      { env: { ...environment }, stdio: ["ignore", "pipe", "pipe", "pipe"] },
    );
    running.add(child);
    child.once("exit", () => running.delete(child));
    const port = await listeningPort(child);
    const edge = new Edge(child, `http://127.0.0.1:${port}`, folder);
    edge.collect(child.stdout);
    edge.collect(child.stderr);
    return edge;
  }

  /** Whatever is answered is held to the OpenAPI document. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(new URL(path, this.url), { redirect: "manual", ...init });
    await assertDocumented(path, init, response);
    return response;
  }

  post(path: string, body: unknown, headers: Environment = {}): Promise<Response> {
    return this.fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  }

  /** As a crash: no handler runs. The disk stays. */
  async kill(): Promise<void> {
    if (this.process.signalCode !== null || this.process.exitCode !== null) {
      return;
    }
    const exited = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGKILL");
    await exited;
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.disk, { recursive: true });
  }

  private collect(stream: Readable | null): void {
    if (stream !== null) {
      createInterface({ input: stream }).on("line", (line) => {
        this.logs.push(line.startsWith("{") ? (JSON.parse(line) as LogLine) : { message: line });
      });
    }
  }
}

async function listeningPort(child: ChildProcess): Promise<number> {
  const control = child.stdio[3] as Readable;
  for await (const line of createInterface({ input: control })) {
    const { event, port } = JSON.parse(line) as { event: string; port: number };
    if (event === "listen") {
      return port;
    }
  }
  throw new Error("workerd ended before it listened");
}
