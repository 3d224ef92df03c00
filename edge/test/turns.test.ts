import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Priority } from "../src/events/routing.js";
import { nextHead, RANKS, TURNS_OF_ALL } from "../src/queue/turns.js";

const AGED_AFTER_MS = 1_000;

interface Waiting {
  readonly priority: Priority;
  readonly position: number;
  readonly queuedAt: number;
}

/** Those that wait, and whose turn it was, in order. */
class Queue {
  readonly waiting: Waiting[] = [];
  readonly released: Waiting[] = [];
  now = 0;

  add(priority: Priority): void {
    const position = this.waiting.length + this.released.length;
    this.waiting.push({ priority, position, queuedAt: this.now });
  }

  release(): Waiting | undefined {
    const heads = Object.entries(RANKS).flatMap(([priority, rank]) => {
      const first = this.waiting.find((one) => one.priority === priority);
      return first === undefined ? [] : [{ ...first, rank }];
    });
    const next = nextHead(heads, this.released.length, this.now, AGED_AFTER_MS);
    if (next !== undefined) {
      this.waiting.splice(
        this.waiting.findIndex(({ position }) => position === next.position),
        1,
      );
      this.released.push(next);
    }
    return next;
  }
}

const priority = fc.constantFrom<Priority>("high", "normal", "low");

void describe("Whose turn it is", () => {
  void test("high, then normal, then low, and in each who came first", () => {
    fc.assert(
      fc.property(fc.array(priority, { maxLength: 40 }), (all) => {
        const queue = new Queue();
        all.forEach((one) => queue.add(one));
        while (queue.release() !== undefined);
        const expected = (["high", "normal", "low"] as const).flatMap((one) =>
          all.flatMap((other, position) => (other === one ? [position] : [])),
        );
        assert.deepEqual(
          queue.released.map(({ position }) => position),
          expected,
        );
      }),
    );
  });

  void test("comes to everybody: one turn in eight is that of who has waited longest", () => {
    fc.assert(
      fc.property(
        fc.array(priority, { minLength: 1, maxLength: 20 }),
        fc.array(fc.record({ arrivals: fc.array(priority, { maxLength: 3 }) }), {
          minLength: 200,
          maxLength: 200,
        }),
        (first, rounds) => {
          const queue = new Queue();
          first.forEach((one) => queue.add(one));
          queue.now = AGED_AFTER_MS + 1;
          // However many come later, and whatever their priority.
          rounds.slice(0, first.length * TURNS_OF_ALL).forEach(({ arrivals }) => {
            arrivals.forEach((one) => queue.add(one));
            queue.add("high");
            queue.release();
          });
          const late = queue.waiting.filter(({ position }) => position < first.length);
          assert.deepEqual(late, []);
        },
      ),
    );
  });

  void test("takes no more than an eighth from higher priorities, however much is aged", () => {
    const queue = new Queue();
    for (let i = 0; i < 500; i++) {
      queue.add("low");
    }
    queue.now = AGED_AFTER_MS + 1;
    for (let i = 0; i < 400; i++) {
      queue.add("high");
      queue.release();
    }
    const high = queue.released.filter((one) => one.priority === "high");
    assert.equal(high.length, 350);
  });
});
