import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../root.mjs";

/** @param {string} folder */
const scriptsIn = (folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sh"))
    .map((name) => `${folder}/${name}`);

test("shellcheck finds nothing in the launcher, the pipeline and the images", (t) => {
  const scripts = [
    ...["in", ".ci/run"],
    ...["runner/launcher", "runner/src/main/resources", ".github", "functions/container"].flatMap(
      scriptsIn,
    ),
  ];
  assert.ok(scripts.length >= 9);
  const result = spawnSync("shellcheck", scripts, { cwd: ROOT, encoding: "utf8" });
  if (result.error) {
    t.skip("shellcheck is not installed");
    return;
  }
  assert.equal(result.status, 0, result.stdout);
});
