import { strict as assert } from "node:assert";
import { describe, test } from "node:test";

// A string to the compiler: the worker's types and Node's exclude each other.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion
const { feedStream } = (await import("../src/account/feed-stream.js" as string)) as {
  feedStream: (account: TestingAccount, reader: object) => Promise<Response>;
};

const MAX_BUFFERED_BYTES = 64 * 1024;
const ENTRY_BYTES = 1_000;

const entry = (seq: number): string =>
  JSON.stringify({ seq, type: "task.progress", data: "x".repeat(ENTRY_BYTES) });

/** An account whose feed grows, and whose pages can be held back. */
class TestingAccount {
  /** The seqs that the stream has acknowledged. */
  readonly acknowledged: number[] = [];
  pages = 0;
  #head = 0;
  #onEntry: ((event: { data: string }) => void) | undefined;
  #held: Promise<void> = Promise.resolve();

  append(count: number): void {
    for (let i = 0; i < count; i++) {
      this.#onEntry?.({ data: entry(++this.#head) });
    }
  }

  /** No page is answered until the answer is called. */
  hold(): () => void {
    let goOn = (): void => undefined;
    this.#held = new Promise((resolve) => (goOn = resolve));
    return goOn;
  }

  fetch(): Promise<unknown> {
    const webSocket = {
      accept: () => undefined,
      close: () => undefined,
      send: (text: string) => this.acknowledged.push((JSON.parse(text) as { ack: number }).ack),
      addEventListener: (type: string, listener: (event: { data: string }) => void) => {
        if (type === "message") {
          this.#onEntry = listener;
        }
      },
    };
    return Promise.resolve({ status: 101, webSocket });
  }

  async feed(after = 0, _types: unknown, limit: number): Promise<object> {
    this.pages++;
    await this.#held;
    const last = Math.min(this.#head, after + limit);
    const entries = Array.from({ length: last - after }, (_, i) => entry(after + i + 1));
    return { entries, cursor: last, more: entries.length === limit };
  }
}

void describe("Server-sent events of a client that does not read", () => {
  void test("are buffered up to a limit, and read from the feed when it goes on", async (t) => {
    const account = new TestingAccount();
    const { body } = await feedStream(account, {});
    assert.ok(body !== null);
    const reader = body.getReader();
    t.after(() => reader.cancel());
    const goOn = account.hold();
    account.append(20_000);
    // Its WebSocket is kept: the account closes readers that acknowledge nothing.
    assert.equal(account.acknowledged.at(-1), 20_000);

    const decoder = new TextDecoder();
    const seqs: number[] = [];
    let bytes = 0;
    const readUntil = async (end: () => boolean): Promise<void> => {
      while (!end()) {
        const { value } = await reader.read();
        bytes += value?.byteLength ?? 0;
        for (const [, seq] of decoder.decode(value).matchAll(/^id: (\d+)$/gm)) {
          seqs.push(Number(seq));
        }
      }
    };
    // There is room again, and the next page is asked for.
    await readUntil(() => account.pages === 2);
    assert.ok(bytes > 0);
    assert.ok(bytes < MAX_BUFFERED_BYTES + 2 * ENTRY_BYTES, `${bytes} bytes`);

    goOn();
    account.append(10);
    await readUntil(() => seqs.at(-1) === 20_010);
    assert.deepEqual(
      seqs,
      Array.from({ length: 20_010 }, (_, i) => i + 1),
    );
  });
});
