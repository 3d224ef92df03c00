// The pages of docs/ and the READMEs, compared with what they describe.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { ROOT } from "../root.mjs";
import { workflows } from "../workflows.mjs";

/** @param {string} path of the project */
const read = (path) => readFileSync(join(ROOT, path), "utf8");

/** @param {string} folder */
const pagesIn = (folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name}`);

const operations = ["docs/operations.md", ...pagesIn("docs/operations")];
const pages = [
  ...["README.md", "edge/README.md", "emulator/README.md", "analysis/README.md"],
  ...["terraform/README.md", ...pagesIn("docs"), ...pagesIn("docs/decisions")],
  ...pagesIn("docs/operations"),
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
    ...names(source, /^ {2}(?:errors|budget|late|unavailable) += "([^"]+)"/gm),
  ];
  const headings = names(read("docs/operations/alerts.md"), /^## (.+)$/gm);
  for (const alert of [
    "the edge is down",
    "functions report errors",
    "a budget is used up",
    "tasks end too late",
    "the edge fails too often",
  ]) {
    assert.ok(alerts.includes(alert), alert);
  }
  assert.deepEqual(
    alerts.filter((alert) => !headings.includes(alert)),
    [],
  );
});

test("objectives are counted from what log-enhancer logs", () => {
  const filters = read("terraform/modules/monitoring/objectives.tf");
  const enhancer = "functions/log-enhancer/src/main/java/dev/in/logenhancer/EventLog.java";
  const formatter = read(
    "functions/core/src/main/java/dev/in/core/telemetry/CloudLoggingFormatter.java",
  );
  const numbers = /NUMBERS = Set\.of\(([^)]*)\)/.exec(formatter)?.[1] ?? "";
  const fields = new Set(names(filters, /jsonPayload\.(\w+)/g));
  assert.deepEqual([...fields].sort(), ["code", "durationMs", "eventType", "message", "run"]);
  for (const field of fields) {
    assert.ok(field === "message" || read(enhancer).includes(`fields.put("${field}"`), field);
  }
  assert.match(read(enhancer), /LOG\.infof\("event %s", event\.eventType\(\)\)/);
  // A number that is logged as text would be compared as text.
  for (const field of names(filters, /jsonPayload\.(\w+)<?=[0-9$]/g)) {
    assert.ok(numbers.includes(`"${field}"`), field);
  }
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

test("every output of Terraform that the operations pages name exists", () => {
  const outputs = new Set(names(read("terraform/outputs.tf"), /^output "(\w+)"/gm));
  const named = operations.flatMap((page) => names(read(page), /output `(\w+)`/g));
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

test("every module is in the architecture's table", () => {
  const modules = names(read("pom.xml"), /<module>(.+)<\/module>/g)
    .map((module) =>
      module.replace(/^functions\/(?!core$).*/, "functions/<name>").replace(/^bench\/.*/, "bench"),
    )
    .concat("edge", "checks", "terraform");
  const page = read("docs/architecture.md");
  assert.ok(modules.includes("runner"));
  assert.deepEqual(
    modules.filter((module) => !page.includes(`\`${module}/`)),
    [],
  );
});

test("every package of core is in the architecture's table, and no other", () => {
  const packages = readdirSync(join(ROOT, "functions/core/src/main/java/dev/in/core"));
  const section = read("docs/architecture.md").split("## Inside `functions/core`")[1] ?? "";
  const rows = names(section.split("\n## ")[0] ?? "", /^\| (`.*?`) \|/gm).flatMap((cell) =>
    names(cell, /`(\w+)`/g),
  );
  assert.deepEqual(rows.sort(), packages.sort());
});

test("every decision is in the list of decisions", () => {
  const list = read("docs/decisions/README.md");
  const wanted = pagesIn("docs/decisions").filter((page) => !page.endsWith("README.md"));
  assert.deepEqual(
    wanted.filter((page) => {
      const [, title = ""] = /^# (.+)/.exec(read(page)) ?? [];
      return !list.includes(`- [${title}](${page.split("/").at(-1)})`);
    }),
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
