import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import fc from "fast-check";
import { MARK_EVERY, Unread } from "../src/account/unread.js";

void describe("What a reader has not read", () => {
  void test("is what was sent, without what it has acknowledged", () => {
    const unread = new Unread();
    for (let i = 1; i <= 3 * MARK_EVERY; i++) {
      unread.add(10 * i);
    }
    assert.equal(unread.count, 3 * MARK_EVERY);
    unread.acknowledge(10 * 2 * MARK_EVERY);
    assert.equal(unread.count, MARK_EVERY);
    unread.acknowledge(10 * 3 * MARK_EVERY + 5);
    assert.equal(unread.count, 0);
  });

  void test("is not less by more than one mark, however its reader acknowledges", () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ send: fc.integer({ min: 1, max: 2 * MARK_EVERY }) }) },
      {
        weight: 2,
        arbitrary: fc.record({ acknowledge: fc.double({ min: 0, max: 1, noNaN: true }) }),
      },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let unread = new Unread();
        let sent = 0;
        let read = 0;
        for (const one of steps) {
          if ("send" in one) {
            for (let i = 0; i < one.send; i++) {
              unread.add(7 * ++sent);
            }
          } else {
            // Also what was acknowledged before, again.
            const upTo = Math.floor(sent * one.acknowledge);
            unread.acknowledge(7 * upTo);
            read = Math.max(read, upTo);
          }
          // Its object has slept.
          unread = new Unread(structuredClone(unread.state));
          const most = sent - read;
          assert.ok(unread.count <= most && unread.count >= most - MARK_EVERY, `${unread.count}`);
        }
      }),
    );
  });
});
