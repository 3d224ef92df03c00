import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import { unreserved } from "../src/encoding.js";
import { limits } from "../src/generated/limits.js";

void describe("An id", () => {
  const reserved = ["__AAAAAAAAAAAAAAAAAA__", "______________________"];
  const allowed = ["_AAAAAAAAAAAAAAAAAAA__", "__AAAAAAAAAAAAAAAAAAA_", "AAAAAAAAAAAAAAAAAAAAAA"];

  void test("that Firestore reserves becomes another one, of the same length", () => {
    assert.deepEqual(reserved.map(unreserved), [
      "A_AAAAAAAAAAAAAAAAAA__",
      "A_____________________",
    ]);
    assert.deepEqual(allowed.map(unreserved), allowed);
  });

  void test("of a task is never reserved", () => {
    for (const id of reserved) {
      assert.doesNotMatch(id, limits.taskIdPattern);
      assert.match(unreserved(id), limits.taskIdPattern);
    }
    for (const id of allowed) {
      assert.match(id, limits.taskIdPattern);
    }
  });
});
