// What Terraform and topology.yaml say of the functions' code, read from the code. Needs no Terraform.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parse } from "@cdktf/hcl2json";
import { ROOT } from "../root.mjs";
import { terraformFolder } from "../terraform/lib/terraform.mjs";
import { listing, subscriptions, topology } from "../topology.mjs";

/** What in a function's sources shows a need. @type {Record<string, RegExp>} */
const SIGNS = {
  vision: /import com\.google\.cloud\.vision\./,
  edge: /import dev\.in\.coordinator\./,
  "write-images": /\.(blobWriteSession|createFrom)\(/,
  "delete-images": /BlobListOption\.prefix\(/,
};

/** The warm-up looks at it and never writes. */
const WITHOUT_END = ["warmUp"];

test("the listing of subscriptions is current: npm run subscriptions", () => {
  assert.deepEqual(JSON.parse(readFileSync(listing, "utf8")), subscriptions());
});

describe("the needs of a function are those of its code", () => {
  for (const [name, { needs }] of Object.entries(topology.functions)) {
    test(name, () => {
      const code = sources(`functions/${name}/src/main/java`);
      for (const [need, sign] of Object.entries(SIGNS)) {
        assert.equal(needs.includes(need), sign.test(code), need);
      }
      if (/import com\.google\.cloud\.storage\./.test(code)) {
        assert.ok(needs.includes("read-images"), "it reads images");
      }
    });
  }
});

test("the collections with their fields are those of the code", async () => {
  const main = await parse("main.tf", readFileSync(join(terraformFolder, "main.tf"), "utf8"));
  const { collections } = Object.assign({}, ...main.locals);
  const code = sources("functions");
  const named = new Set([...code.matchAll(/\.collection\("(\w+)"\)/g)].map(([, name]) => name));
  assert.deepEqual(
    [...named].filter((name) => !WITHOUT_END.includes(name ?? "")).sort(),
    Object.keys(collections).sort(),
  );
  for (const { unindexed, ttl } of Object.values(collections)) {
    for (const path of [...unindexed, ttl]) {
      const [field, inner] = path.split(".");
      assert.ok(code.includes(`fields.put("${field}"`), `nothing writes ${field}`);
      assert.ok(
        inner === undefined || code.includes(`Map.of("${inner}"`),
        `nothing writes ${path}`,
      );
    }
  }
});

test("what a function refuses on Cloud Run cannot be set", () => {
  const guard = sources("functions/core/src/main/java/dev/in/core/startup");
  const refused = [...guard.matchAll(/"([A-Z][A-Z_]+)[="]/g)].map(([, name]) => name ?? "");
  assert.ok(refused.includes("IN_FETCH_ALLOW"));
  const settings = readFileSync(
    join(terraformFolder, "modules/function/settings/variables.tf"),
    "utf8",
  );
  assert.deepEqual(
    refused.filter((name) => !settings.includes(`"${name}"`)),
    [],
  );
});

/** All Java that is not a test. @param {string} folder */
function sources(folder) {
  const path = join(ROOT, folder);
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".java") && !name.includes("src/test/"))
    .map((name) => readFileSync(join(path, name), "utf8"))
    .join("\n");
}
