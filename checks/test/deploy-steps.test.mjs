// The scripts of the deploying workflow, run in their order against stand-ins: each of them may be right,
// and the order wrong.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { noTerraform, Workplace } from "../terraform/lib/terraform.mjs";
import { topology } from "../topology.mjs";
import { GCLOUD, runJob, standIns } from "../workflow-run.mjs";
import { workflows } from "../workflows.mjs";

const deploy = workflows().find(({ name }) => name === "deploy.yml")?.yaml ?? assert.fail();
const DIGEST = `r/NAME@sha256:${"0".repeat(64)}`;

/** @param {string} name */
const job = (name) => deploy.jobs[name] ?? assert.fail(`no job ${name}`);

describe("the deploying workflow's scripts in their order", { skip: noTerraform }, () => {
  /** @type {Workplace} */
  let workplace;
  /** @type {string} */
  let bin;
  /** @type {string} */
  let buckets;

  const contexts = {
    github: { event_name: "push", ref: "refs/heads/main", run_id: "7", run_attempt: "1" },
    vars: { TF_STATE_BUCKET: "state", TF_ENVIRONMENT: "staging" },
    secrets: {},
  };

  before(async () => {
    workplace = await Workplace.make();
    bin = join(workplace.folder, "bin");
    buckets = join(workplace.folder, "buckets");
    const { stdout: terraform } = await import("node:child_process").then(({ spawnSync }) =>
      spawnSync("which", ["terraform"], { encoding: "utf8" }),
    );
    standIns(bin, {
      gcloud: GCLOUD,
      npm: "",
      // The copy's backend is local, without settings; and stand-ins take no apply.
      terraform: `
echo "terraform $*" >> "$BUCKETS/terraform.log"
arguments=()
for argument; do case $argument in -backend-config=*) ;; *) arguments+=("$argument") ;; esac; done
[ "$1" = apply ] || exec ${terraform.trim()} "\${arguments[@]}"`,
    });
    const environments = join(workplace.folder, "terraform/environments");
    cpSync(join(environments, "staging.tfvars.example"), join(environments, "staging.tfvars"));
    mkdirSync(join(workplace.folder, "edge/build"), { recursive: true });
    writeFileSync(join(workplace.folder, "edge/build/channels.js"), "");
    mkdirSync(join(workplace.folder, "edge/node_modules"), { recursive: true });
    mkdirSync(buckets);
  });
  after(() => workplace.remove());

  /** @param {string} name @param {string} folder @param {Record<string, any>} [more] contexts */
  const run = (name, folder, more = {}) =>
    runJob(deploy, job(name), {
      folder,
      bin,
      contexts: { ...contexts, ...more },
      env: { ...workplace.env, BUCKETS: buckets, TF_CLI_CONFIG_FILE: "/dev/null" },
    });

  test("a plan of the images that were built is made, kept, and applied", async () => {
    const images = join(workplace.folder, "images");
    mkdirSync(images);
    for (const name of Object.keys(topology.functions)) {
      const image = { [name]: DIGEST.replace("NAME", name) };
      writeFileSync(join(images, `${name}.image.json`), JSON.stringify(image));
    }
    const planned = await run("plan", workplace.folder);
    assert.equal(planned.failed, undefined);
    assert.ok(existsSync(join(workplace.folder, "terraform/plan.tfplan")));

    const fresh = join(workplace.folder, "fresh");
    mkdirSync(fresh);
    const applied = await run("apply", fresh, { needs: { plan: { outputs: planned.outputs } } });
    assert.equal(applied.failed, undefined);
    assert.match(
      readFileSync(join(buckets, "terraform.log"), "utf8"),
      /^terraform apply .*plan\.tfplan$/m,
    );
    assert.deepEqual(
      Object.keys(
        JSON.parse(readFileSync(join(buckets, "state/images.auto.tfvars.json"), "utf8")).images,
      ).sort(),
      Object.keys(topology.functions).sort(),
    );
    rmSync(fresh, { recursive: true });
  });
});
