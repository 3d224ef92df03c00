// The scripts of the deploying workflow, run in their order against stand-ins: each of them may be right,
// and the order wrong.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { ROOT } from "../root.mjs";
import { noTerraform, Workplace } from "../terraform/lib/terraform.mjs";
import { topology } from "../topology.mjs";
import { GCLOUD, runJob, standIns } from "../workflow-run.mjs";
import { workflows } from "../workflows.mjs";

/** @param {string} name */
const workflow = (name) =>
  workflows().find((one) => one.name === name)?.yaml ?? assert.fail(`no ${name}`);
const deploy = workflow("deploy.yml");
const DIGEST = `r/NAME@sha256:${"0".repeat(64)}`;

const KEY = "-----BEGIN PRIVATE KEY-----";

/** As Terraform keeps it, with a secret of each kind. */
const STATE = {
  version: 4,
  serial: 1,
  lineage: "test",
  outputs: { keys: { value: KEY, type: "string", sensitive: true } },
  resources: [
    {
      type: "google_service_account_key",
      instances: [{ attributes: { private_key: Buffer.from(KEY).toString("base64") } }],
    },
    { type: "random_password", instances: [{ attributes: { result: KEY, bcrypt_hash: KEY } }] },
    {
      type: "cloudflare_workers_script",
      instances: [
        {
          attributes: {
            bindings: [
              { type: "secret_text", name: "PUBLISHER_KEY", text: KEY },
              { type: "secret_text", name: "CLIENT_SECRETS", text: KEY },
              { type: "plain_text", name: "GCP_PROJECT", text: "in-test" },
            ],
          },
        },
      ],
    },
  ],
};

describe("the deploying workflow's scripts in their order", { skip: noTerraform }, () => {
  /** @type {Workplace} */
  let workplace;
  /** @type {string} */
  let bin;
  /** @type {string} */
  let buckets;

  const contexts = {
    github: { event_name: "push", ref: "refs/heads/main", run_id: "7", run_attempt: "1" },
    vars: { TF_STATE_BUCKET: "state", TF_ENVIRONMENT: "staging", CANARY_SECONDS: "0" },
    secrets: {},
  };

  before(async () => {
    workplace = await Workplace.make();
    bin = join(workplace.folder, "bin");
    buckets = join(workplace.folder, "buckets");
    const { stdout: terraform } = spawnSync("which", ["terraform"], { encoding: "utf8" });
    cpSync(join(ROOT, ".github"), join(workplace.folder, ".github"), { recursive: true });
    standIns(bin, {
      gcloud: `${GCLOUD}
case "$2 $3" in
"services list") echo '[{"metadata": {"name": "ai"}, "status": {"traffic": [{"percent": 5, "revisionName": "ai-00005"}, {"percent": 95, "revisionName": "ai-00006"}]}}]' ;;
"services describe") echo '{"status": {"traffic": [{"percent": 100, "revisionName": "ai-00007"}]}}' ;;
"services update-traffic") shift 3; echo "$*" >> "$BUCKETS/traffic.log" ;;
"revisions describe") cat "$BUCKETS/revision.json" ;;
esac`,
      // Cloud Monitoring's answer, and the probe's end.
      curl: `cat "$BUCKETS/series.json"`,
      node: `case "$*" in *probe.mjs) echo "probed with $IN_TOKEN" >> "$BUCKETS/traffic.log"; exit "$(cat "$BUCKETS/probe")" ;; esac`,
      npm: "",
      // The copy's backend is local, without settings; and stand-ins take no apply.
      terraform: `
echo "terraform $*" >> "$BUCKETS/terraform.log"
# Stand-ins leave nothing to lock, and so Terraform writes no file.
[ "$1" != init ] || touch .terraform.lock.hcl
arguments=()
for argument; do case $argument in -backend-config=*) ;; *) arguments+=("$argument") ;; esac; done
case "$1 \${2:-}" in
apply*) ;;
"output -json") cat "$BUCKETS/serving.json" ;;
"state pull") echo '${JSON.stringify(STATE)}' ;;
*) exec ${terraform.trim()} "\${arguments[@]}" ;;
esac`,
    });
    const environments = join(workplace.folder, "terraform/environments");
    cpSync(join(environments, "staging.tfvars.example"), join(environments, "staging.tfvars"));
    mkdirSync(join(workplace.folder, "edge/build"), { recursive: true });
    writeFileSync(join(workplace.folder, "edge/build/channels.js"), "");
    mkdirSync(join(workplace.folder, "edge/node_modules"), { recursive: true });
    mkdirSync(buckets);
    const wanted = { ai: { region: "europe-west1", image: DIGEST } };
    writeFileSync(join(buckets, "serving.json"), JSON.stringify(wanted));
    serve(DIGEST);
    answers([100, 1], [10, 0]);
    writeFileSync(join(buckets, "probe"), "0");
  });
  after(() => workplace.remove());

  /**
   * @param {import("../workflows.mjs").Yaml} of
   * @param {string} name
   * @param {string} folder
   * @param {Record<string, any>} [more] contexts
   */
  const run = (of, name, folder, more = {}) =>
    runJob(of, of.jobs[name] ?? assert.fail(`no job ${name}`), {
      folder,
      bin,
      contexts: { ...contexts, ...more },
      env: { ...workplace.env, BUCKETS: buckets, TF_CLI_CONFIG_FILE: "/dev/null" },
    });

  /** @param {string} name */
  const fresh = (name) => {
    const folder = join(workplace.folder, name);
    mkdirSync(folder);
    return folder;
  };

  /** @param {string} path in the bucket */
  const kept = (path) => readFileSync(join(buckets, "state", path), "utf8");

  /** What the planning job gave to the one that applies. @type {Record<string, string>} */
  let outputs;

  test("a plan of the images that were built is made and kept", async () => {
    const images = fresh("images");
    for (const name of Object.keys(topology.functions)) {
      const image = { [name]: DIGEST.replace("NAME", name) };
      writeFileSync(join(images, `${name}.image.json`), JSON.stringify(image));
    }
    // Where nothing is there yet, a person has to apply first; the stand-ins know no later time.
    const first = await run(deploy, "plan", workplace.folder);
    assert.match(first.failed ?? "", /a person applies these first:/);
    assert.match(
      first.failed ?? "",
      /^create module\.operators\.google_service_account\.operator$/m,
    );
    writeFileSync(join(workplace.folder, ".github/for-people.jq"), "0");

    const planned = await run(deploy, "plan", workplace.folder);
    assert.equal(planned.failed, undefined);
    assert.equal(planned.outputs.plan, "plans/7-1.tar.gz");
    assert.match(planned.outputs.sha256 ?? "", /^[0-9a-f]{64}$/);
    outputs = planned.outputs;
  });

  test("exactly that plan is applied, and pull requests get the state without its secrets", async () => {
    const applied = await run(deploy, "apply", fresh("apply"), { needs: { plan: { outputs } } });
    assert.equal(applied.failed, undefined);
    assert.match(log(), /^terraform apply .*plan\.tfplan$/m);
    assert.match(log(), /^terraform init -lockfile=readonly .*\nterraform apply/m);
    assert.ok(existsSync(join(buckets, "state/providers/terraform.lock.hcl")));
    assert.deepEqual(
      Object.keys(JSON.parse(kept("images.auto.tfvars.json")).images).sort(),
      Object.keys(topology.functions).sort(),
    );
    assert.ok(JSON.stringify(STATE).includes(KEY));
    const review = kept("review/state.json");
    assert.ok(!review.includes(KEY) && !review.includes(Buffer.from(KEY).toString("base64")));
    const { resources, outputs: shown } = JSON.parse(review);
    assert.deepEqual(shown, {});
    assert.equal(resources.length, STATE.resources.length);
    assert.equal(resources[2].instances[0].attributes.bindings[2].text, "in-test");
  });

  test("a share of the requests comes first, and then all of them", async () => {
    const planned = JSON.parse(
      readFileSync(join(workplace.folder, "terraform/canary.tfvars.json"), "utf8"),
    );
    assert.deepEqual(planned, { canary: { percent: 5, stable: { ai: "ai-00006" } } });
    const { ran, failed, traffic } = await watched(fresh("forward"), "key");
    assert.equal(failed, undefined);
    assert.deepEqual(traffic, ["probed with key", "ai --region europe-west1 --to-latest"]);
    assert.ok(!ran.includes("Back to what served before"));
  });

  test("what fails more often than before gets no request any more", async () => {
    answers([100, 1], [10, 1]);
    const { ran, failed, traffic } = await watched(fresh("back"));
    assert.match(
      failed ?? "",
      /ai: 9 % of the new revision's answers are 5xx, 1 % of the stable one's/,
    );
    assert.deepEqual(traffic, ["ai --region europe-west1 --to-revisions ai-00006=100"]);
    assert.equal(ran.at(-1), "Back to what served before");
    // A dependency that both have does not count.
    answers([100, 50], [10, 5]);
    assert.equal((await watched(fresh("both"))).failed, undefined);
    answers([100, 1], [10, 0]);
  });

  test("where the probe fails, requests go to what served before", async () => {
    writeFileSync(join(buckets, "probe"), "1");
    const { failed, traffic } = await watched(fresh("probe"), "key");
    assert.match(failed ?? "", /^Watch the share:/);
    assert.equal(traffic.at(-1), "ai --region europe-west1 --to-revisions ai-00006=100");
    writeFileSync(join(buckets, "probe"), "0");
  });

  test("an apply is red when requests still go to another revision", async () => {
    serve(DIGEST.replace("0000", "1111"));
    const applied = await run(deploy, "apply", fresh("pinned"), { needs: { plan: { outputs } } });
    assert.match(applied.failed ?? "", /ai: ai-00007 serves r\/NAME@sha256:1111/);
    serve(DIGEST);
  });

  test("a plan that was replaced while it waited is not even unpacked", async () => {
    const plan = join(buckets, "state", outputs.plan ?? "");
    appendFileSync(plan, "more");
    const folder = fresh("replaced");
    const before = log();
    const applied = await run(deploy, "apply", folder, { needs: { plan: { outputs } } });
    assert.match(applied.failed ?? "", /plan\.tar\.gz: FAILED/);
    assert.deepEqual(readdirSync(folder), ["plan.tar.gz"]);
    assert.equal(log(), before);
  });

  test("a pull request is planned from what it may read, without asking any API", async () => {
    const state = { ...STATE, outputs: {}, resources: [] };
    writeFileSync(join(buckets, "state/review/state.json"), JSON.stringify(state));
    rmSync(join(workplace.folder, "terraform/images.auto.tfvars.json"));
    rmSync(join(workplace.folder, "terraform/here_override.tf"));
    const planned = await run(workflow("pull-request.yml"), "plan", workplace.folder);
    assert.equal(planned.failed, undefined);
    assert.match(log().split("\n").at(-3) ?? "", /^terraform plan -refresh=false -lock=false /);
  });

  /** @param {string} image what the revision that gets all requests runs */
  function serve(image) {
    const revision = { spec: { containers: [{ image }] } };
    writeFileSync(join(buckets, "revision.json"), JSON.stringify(revision));
  }

  /**
   * @param {[number, number]} stable how many requests the stable revision has answered well, and with 5xx
   * @param {[number, number]} next likewise the new one
   */
  function answers(stable, next) {
    const series = [...stable, ...next].map((count, i) => ({
      resource: { labels: { service_name: "ai", revision_name: i < 2 ? "ai-00006" : "ai-00007" } },
      metric: { labels: { response_code_class: i % 2 ? "5xx" : "2xx" } },
      points: [{ value: { int64Value: `${count}` } }],
    }));
    writeFileSync(join(buckets, "series.json"), JSON.stringify({ timeSeries: series }));
  }

  /** @param {string} folder @param {string} [token] */
  async function watched(folder, token = "") {
    writeFileSync(join(buckets, "traffic.log"), "");
    const secrets = { PROBE_TOKEN: token };
    const applied = await run(deploy, "apply", folder, { needs: { plan: { outputs } }, secrets });
    const traffic = readFileSync(join(buckets, "traffic.log"), "utf8").trim().split("\n");
    return { ...applied, traffic };
  }

  function log() {
    return readFileSync(join(buckets, "terraform.log"), "utf8");
  }
});
