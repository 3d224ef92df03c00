// The check of argument names without Terraform finds what it is there for.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const tool = fileURLToPath(new URL("../terraform/arguments.mjs", import.meta.url));

test("wrong arguments, blocks and references are found", () => {
  const folder = mkdtempSync(join(tmpdir(), "in-arguments-"));
  try {
    writeFileSync(
      join(folder, "main.tf"),
      `resource "google_pubsub_topic" "topic" {
  nme = var.missing
  push_config {}
}
resource "google_pubsub_toppic" "topic" {
  name = "x"
}
`,
    );
    const { status, stdout } = spawnSync(process.execPath, [tool, folder], { encoding: "utf8" });
    assert.equal(status, 1);
    for (const finding of [
      /no argument or block 'nme'/,
      /no argument or block 'push_config'/,
      /required 'name' is missing/,
      /the provider has no resource 'google_pubsub_toppic'/,
      /var\.missing is not declared/,
    ]) {
      assert.match(stdout, finding);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
