// What `./in test` prints of a step: node totals.mjs LOG ROOT STATUS SINCE
//
// The first line has the numbers of tests, then come the tests that were skipped, with the reason,
// and, where the step failed, what failed. JUnit's results come from the reports that Maven has written
// SINCE (Unix seconds), where the log is Maven's; Node's from its spec reporter in the log.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const [log = "", root = "", status = "0", since = "0"] = process.argv.slice(2);
const MAX_LINES = 200;
const text = readFileSync(log, "utf8").replace(/\u001b\[[0-9;]*m/g, "");

const total = { tests: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const skipped = [];

for (const [, counter, count] of text.matchAll(/^ℹ (tests|fail|cancelled|skipped) (\d+)$/gm)) {
  total[counter === "fail" || counter === "cancelled" ? "failed" : counter] += Number(count);
}
for (const [, name, reason] of text.matchAll(/^\s*﹣ (.*?) \([\d.]+ms\)(?: # (.*))?$/gm)) {
  skipped.push(`${name} (${reason || "no reason given"})`);
}
for (const report of mavenReports()) {
  const suite = /<testsuite\b[^>]*>/.exec(report)?.[0] ?? "";
  total.tests += attribute(suite, "tests");
  total.failed += attribute(suite, "failures") + attribute(suite, "errors");
  total.skipped += attribute(suite, "skipped");
  for (const [, test, reason] of report.matchAll(
    /<testcase\b([^>]*)>\s*<skipped(?:\s+message="([^"]*)")?/g,
  )) {
    const name = ["classname", "name"].map((key) => value(test, key)).join(".");
    skipped.push(`${name} (${unescaped(reason ?? "no reason given")})`);
  }
}

const passed = total.tests - total.failed - total.skipped;
const lines = [
  `${total.tests} tests: ${passed} passed, ${total.failed} failed, ${total.skipped} skipped`,
  ...skipped.map((name) => `    skipped: ${name}`),
];
if (status !== "0" || total.failed > 0) lines.push(...failures());
console.log(lines.slice(0, MAX_LINES).join("\n"));
process.exitCode = total.failed > 0 ? 1 : 0;

/** Node's list of failures, or Maven's errors, or else the end of the log. */
function failures() {
  const node = text.lastIndexOf("✖ failing tests:");
  if (node >= 0) return text.slice(node).trimEnd().split("\n");
  const errors = text
    .split("\n")
    .filter((line) => line.startsWith("[ERROR]") && !/^\[ERROR\]\s*$|\[Help 1\]|re-run Maven/.test(line));
  return errors.length > 0 ? errors : text.trimEnd().split("\n").slice(-40);
}

function mavenReports() {
  // Another step may be running Maven meanwhile.
  if (!/^\[INFO\] /m.test(text)) return [];
  return modules()
    .flatMap((module) =>
      ["surefire-reports", "failsafe-reports"].map((name) => join(root, module, "target", name)),
    )
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => /^TEST-.*\.xml$/.test(name))
        .map((name) => join(folder, name)),
    )
    .filter((file) => statSync(file).mtimeMs >= Number(since) * 1_000)
    .map((file) => readFileSync(file, "utf8"));
}

function modules() {
  const pom = readFileSync(join(root, "pom.xml"), "utf8");
  return [...pom.matchAll(/<module>(.*)<\/module>/g)].map(([, module]) => module);
}

function attribute(element, name) {
  return Number(value(element, name) || 0);
}

function value(element, name) {
  return unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(element)?.[1] ?? "");
}

function unescaped(xml) {
  const entities = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return xml
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => entities[name])
    .replace(/\s+/g, " ");
}
