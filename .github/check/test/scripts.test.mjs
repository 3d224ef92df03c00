import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { ROOT } from "../root.mjs";

test("shellcheck finds nothing in the scripts of images and pipeline", (t) => {
  const scripts = ["functions/container/train.sh", ".github/functions.sh"];
  const result = spawnSync("shellcheck", scripts, { cwd: ROOT, encoding: "utf8" });
  if (result.error) {
    t.skip("shellcheck is not here");
    return;
  }
  assert.equal(result.status, 0, result.stdout);
});
