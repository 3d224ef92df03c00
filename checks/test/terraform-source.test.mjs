// What no plan shows, read from Terraform's files.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "@cdktf/hcl2json";
import { terraformFolder } from "../terraform/lib/terraform.mjs";

/** @param {string} path below terraform/ */
const source = async (path) => parse(path, readFileSync(join(terraformFolder, path), "utf8"));

test("a key that is replaced at once is replaced in Secret Manager, too", async () => {
  const { resource } = await source("modules/edge-keys/main.tf");
  const [{ lifecycle }] = resource.google_secret_manager_secret_version.key;
  assert.deepEqual(lifecycle[0].replace_triggered_by, [
    "${google_service_account_key.edge[each.key]}",
  ]);
});
