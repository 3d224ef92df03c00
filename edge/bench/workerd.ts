import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

export type Environment = Readonly<Record<string, string>>;

/** workerd as a process of its own, on a disk that outlives it. It ends with this one. */
export class Workerd {
  url = "";
  #process: ChildProcess | undefined;

  private constructor(
    private readonly config: string,
    private readonly environment: Environment,
    private readonly disk: string,
  ) {}

  static async start(config: string, environment: Environment = {}): Promise<Workerd> {
    const disk = await mkdtemp(join(tmpdir(), "in-bench-"));
    const workerd = new Workerd(config, environment, disk);
    process.once("exit", () => workerd.#process?.kill("SIGKILL"));
    await workerd.restart();
    return workerd;
  }

  /** Again on the same disk. */
  async restart(): Promise<void> {
    const child = spawn(
      "dist/workerd",
      [
        ...["serve", this.config, "--socket-addr=http=127.0.0.1:0", "--control-fd=3"],
        `--directory-path=coordinators=${this.disk}`,
      ],
      { env: { ...this.environment }, stdio: ["ignore", "ignore", "ignore", "pipe"] },
    );
    this.#process = child;
    for await (const line of createInterface({ input: child.stdio[3] as Readable })) {
      const { event, port } = JSON.parse(line) as { event: string; port: number };
      if (event === "listen") {
        this.url = `http://127.0.0.1:${port}`;
        return;
      }
    }
    throw new Error("workerd ended before it listened");
  }

  /** As a crash. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child?.exitCode === null && child.signalCode === null) {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await exited;
    }
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.disk, { recursive: true });
  }

  /** Memory that is resident, by Linux's /proc. */
  async rssKib(): Promise<number> {
    const status = await readFile(`/proc/${this.#process?.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
  }

  /** Processor time so far, user and system. */
  async cpuSeconds(): Promise<number> {
    const stat = await readFile(`/proc/${this.#process?.pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }
}
