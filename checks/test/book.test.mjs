// The book of operations against what it is about.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { ROOT } from "../root.mjs";
import { workflows } from "../workflows.mjs";

/** @param {string} path of the project */
const read = (path) => readFileSync(join(ROOT, path), "utf8");
const pages = [
  "docs/operations.md",
  ...readdirSync(join(ROOT, "docs/operations"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/operations/${name}`),
];

/**
 * The names between quotes that begin a block or an entry.
 *
 * @type {(text: string, pattern: RegExp) => string[]}
 */
const names = (text, pattern) => [...text.matchAll(pattern)].map(([, name = ""]) => name);

/**
 * A heading's anchor, as GitHub makes it.
 *
 * @type {(heading: string) => string}
 */
const anchor = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");

/**
 * The environment variable of a setting, as MicroProfile Config names it.
 *
 * @type {(setting: string) => string}
 */
const variable = (setting) =>
  setting
    .replace(/[A-Z]/g, (letter) => `_${letter}`)
    .replaceAll(".", "_")
    .toUpperCase();

test("every alert of Terraform has its heading", () => {
  const source = readdirSync(join(ROOT, "terraform/modules/monitoring"))
    .filter((name) => name.endsWith(".tf"))
    .map((name) => read(`terraform/modules/monitoring/${name}`))
    .join("\n");
  const block = /alerts = (?:merge\()?\{\n([^]*?)\n {2}\}/.exec(source)?.[1] ?? "";
  const alerts = [
    ...names(block, /^ {4}"([^"]+)" = /gm),
    ...names(source, /^ {2}errors = "([^"]+)"/gm),
  ];
  const headings = names(read("docs/operations/alerts.md"), /^## (.+)$/gm);
  assert.ok(alerts.includes("the edge is down") && alerts.includes("functions report errors"));
  assert.deepEqual(
    alerts.filter((alert) => !headings.includes(alert)),
    [],
  );
});

test("every variable of Terraform without a default is in the first deployment", () => {
  const source = read("terraform/variables.tf");
  const needed = [...source.matchAll(/^variable "(\w+)" \{\n([^]*?)^\}/gm)]
    .filter(([, , body = ""]) => !/^ {2}default\s*=/m.test(body))
    .map(([, name = ""]) => name);
  const page = read("docs/operations/first-deployment.md");
  assert.ok(needed.includes("project_id"));
  assert.deepEqual(
    needed.filter((name) => !page.includes(`\`${name}\``)),
    [],
  );
});

test("every variable and secret of the workflows is in the first deployment", () => {
  const used = new Set(
    workflows().flatMap(({ text }) => names(text, /\b(?:vars|secrets)\.(\w+)/g)),
  );
  const page = read("docs/operations/first-deployment.md");
  assert.ok(used.has("TF_STATE_BUCKET"));
  assert.deepEqual(
    [...used].filter((name) => !page.includes(`\`${name}\``)),
    [],
  );
});

test("every output of Terraform that the book names is there", () => {
  const outputs = new Set(names(read("terraform/outputs.tf"), /^output "(\w+)"/gm));
  const named = pages.flatMap((page) => names(read(page), /output `(\w+)`/g));
  assert.ok(named.length > 3);
  assert.deepEqual(
    named.filter((name) => !outputs.has(name)),
    [],
  );
});

test("every setting of the functions is explained", () => {
  const configs = readdirSync(join(ROOT, "functions"), { recursive: true, encoding: "utf8" })
    .filter((path) => /src\/main\/java\/.*Config\.java$/.test(path))
    .map((path) => read(`functions/${path}`));
  const settings = configs.flatMap((source) =>
    names(source, /@ConfigMapping\(prefix = "(in(?:\.[a-z]+)?)"/g).flatMap((prefix) =>
      names(source, /^ {2}[\w<>., ]+ (\w+)\(\);/gm).map((name) => variable(`${prefix}.${name}`)),
    ),
  );
  const page = read("docs/operations.md").replace(
    "`VISION_EMULATOR_HOST`",
    "$& `IN_AI_VISION_HOST`",
  );
  assert.ok(settings.includes("IN_PUSH_AUTH"));
  assert.deepEqual(
    settings.filter((name) => !page.includes(`\`${name}\``)),
    [],
  );
});

test("every switch of core is explained", () => {
  const source = read("functions/core/src/main/java/dev/in/core/switches/Switch.java");
  const switches = names(source, /^ {2}[A-Z_]+\("(\w+)"\)/gm);
  const page = read("docs/operations/changes.md");
  assert.ok(switches.includes("analysis"));
  assert.deepEqual(
    switches.filter((name) => !page.includes(`| \`${name}\` |`)),
    [],
  );
});

for (const page of pages) {
  test(`no link of ${page} is broken`, () => {
    const links = names(read(page), /\]\(([^)\s]+)\)/g).filter((link) => !/^https?:/.test(link));
    for (const link of links) {
      const [path = "", fragment] = link.split("#");
      const target = path === "" ? page : relative(ROOT, join(ROOT, dirname(page), path));
      assert.ok(existsSync(join(ROOT, target)), `${page} links to ${link}`);
      if (fragment !== undefined) {
        const anchors = names(read(target), /^#+ (.+)$/gm).map(anchor);
        assert.ok(anchors.includes(fragment), `${page} links to ${link}`);
      }
    }
  });
}
