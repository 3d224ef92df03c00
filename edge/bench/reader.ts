/** A WebSocket that is sent numbered entries, and checks that none is missing and none comes twice. */
export class Reader {
  seq = 0;
  #socket: WebSocket | undefined;

  /** @param onEntry when one arrives */
  constructor(
    readonly account: number,
    private readonly onEntry: (reader: Reader, type: string) => void,
  ) {}

  /** Opens it where it has read up to. */
  async open(url: string, headers: Readonly<Record<string, string>>): Promise<void> {
    // Node's own takes headers, which browsers' do not.
    const options = { headers } as unknown as string[];
    const socket = new WebSocket(`${url.replace("http", "ws")}?cursor=${this.seq}`, options);
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      const { seq, type } = JSON.parse(data as string) as { seq: number; type: string };
      if (seq !== this.seq + 1) {
        throw new Error(`entry ${seq} came after ${this.seq}`);
      }
      this.seq = seq;
      this.onEntry(this, type);
    });
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener("open", () => resolve());
      socket.addEventListener("error", () => reject(new Error("a WebSocket was not opened")));
    });
    // A kill of the server is no error here: it is opened again.
    socket.addEventListener("error", () => undefined);
  }

  /** Whether the other end is still there. */
  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }
}
