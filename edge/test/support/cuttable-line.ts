import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A line to a server on 127.0.0.1 that can be cut, as a network is lost and found again. */
export class CuttableLine {
  /** The pages' ends, each with the server's. */
  readonly #open = new Map<Socket, Socket>();
  #cut = false;

  private constructor(
    private readonly server: Server,
    private port: number,
  ) {}

  static async to(url: string): Promise<CuttableLine> {
    const server = createServer((near) => line.join(near));
    const line: CuttableLine = new CuttableLine(server, portOf(url));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#open.size;
  }

  cut(): void {
    this.#cut = true;
    this.#open.forEach((_far, near) => near.destroy());
  }

  /** @param url of the server, where it is another one now */
  mend(url?: string): void {
    this.port = url === undefined ? this.port : portOf(url);
    this.#cut = false;
  }

  /** Nothing more comes through on what is open now, without an error. */
  freeze(): void {
    for (const [near, far] of this.#open) {
      near.unpipe();
      far.unpipe();
    }
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.cut();
    await closed;
  }

  private join(near: Socket): void {
    if (this.#cut) {
      near.destroy();
      return;
    }
    const far = connect(this.port, "127.0.0.1");
    this.#open.set(near, far);
    const end = (): void => {
      near.destroy();
      far.destroy();
      this.#open.delete(near);
    };
    near.on("close", end).on("error", end);
    far.on("close", end).on("error", end);
    near.pipe(far).pipe(near);
  }
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
