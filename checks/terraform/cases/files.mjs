// The files as Terraform finds them: formatted, valid, and their examples as well.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { of } from "../lib/policy.mjs";
import { terraform, terraformFolder } from "../lib/terraform.mjs";
import { variables } from "../lib/variables.mjs";

/** Modules without a provider, whose tests need nothing. */
const PURE = ["modules/topology", "modules/function/settings"];

/** Cloud Run's quota of a region (CpuAllocPerProjectRegion), of max instances and their CPUs. */
const NEW_PROJECT_CPUS = 20;

/** What the READMEs' examples take as given. */
const AROUND_EXAMPLES = `
module "topology" {
  source = "./modules/topology"
}
module "images" {
  source     = "./modules/images"
  project_id = "in-example"
  name       = "in-example-images"
  location   = "europe-west1"
  keep_days  = 40
  origins    = ["https://in.example.com"]
}
locals {
  images = { for name, function in module.topology.functions : name => "in/\${name}@sha256:${"0".repeat(64)}" }
}
`;

/** @param {import("./plans.mjs").Plans} plans */
export function fileCases(plans) {
  test("terraform fmt finds nothing", async () => {
    const { status, stdout } = await terraform(terraformFolder, ["fmt", "-check", "-recursive"]);
    assert.equal(`${stdout}${status}`, "0");
  });

  test("terraform validate finds nothing", async () => {
    await plans.workplace.succeed(["validate"]);
  });

  for (const folder of PURE) {
    test(`terraform test of ${folder}, which has no provider`, async () => {
      await plans.workplace.succeed(["init", "-input=false"], folder);
      const printed = await plans.workplace.succeed(["test"], folder);
      assert.match(printed, /Success! [1-9]\d* passed, 0 failed\./);
    });
  }

  test("terraform test of the whole, with mocked providers", async () => {
    assert.match(await plans.workplace.succeed(["test"]), /Success! [1-9]\d* passed, 0 failed\./);
  });

  const examples = readdirSync(join(terraformFolder, "environments"));
  for (const name of examples.filter((file) => file.endsWith(".example"))) {
    test(`environments/${name} can be planned`, async () => {
      const planned = await plans.workplace.plan({}, [`-var-file=environments/${name}`]);
      assert.notEqual(planned.length, 0);
    });

    test(`environments/${name} fits a new project's 20 vCPU`, async () => {
      const images = variables().images;
      plans.workplace.write("images.tfvars.json", JSON.stringify({ images }));
      const planned = await plans.workplace.plan({}, [
        `-var-file=environments/${name}`,
        "-var-file=images.tfvars.json",
      ]);
      const cpus = of(planned, "google_cloud_run_v2_service").map(
        ({ values: { template } }) =>
          template[0].scaling[0].max_instance_count *
          template[0].containers.reduce(
            (/** @type {number} */ sum, /** @type {any} */ container) =>
              sum + Number(container.resources[0].limits.cpu),
            0,
          ),
      );
      assert.equal(cpus.length, Object.keys(images).length);
      assert.ok(cpus.reduce((sum, cpu) => sum + cpu, 0) <= NEW_PROJECT_CPUS, cpus.join(" + "));
    });
  }

  test("the READMEs' examples are valid", async () => {
    const examples = readmes().flatMap(({ text }) => blocks(text, /^module "/m));
    assert.ok(examples.length >= 2);
    plans.workplace.write("../examples/main.tf", AROUND_EXAMPLES + examples.join("\n"));
    // The same modules, from beside them.
    plans.workplace.copy("modules", "../examples/modules");
    await plans.workplace.succeed(["init", "-input=false"], "../examples");
    await plans.workplace.succeed(["validate"], "../examples");
  });

  test("a README's test is one of the module's", () => {
    const examples = readmes().flatMap(({ folder, text }) =>
      blocks(text, /^run "/m).map((block) => ({ folder, block })),
    );
    assert.notEqual(examples.length, 0);
    for (const { folder, block } of examples) {
      const tests = readdirSync(join(folder, "tests"))
        .filter((name) => name.endsWith(".tftest.hcl"))
        .map((name) => readFileSync(join(folder, "tests", name), "utf8"));
      assert.ok(tests.join("\n").includes(block), `not among the tests: ${block}`);
    }
  });
}

function readmes() {
  return readdirSync(join(terraformFolder, "modules"))
    .map((name) => join(terraformFolder, "modules", name))
    .filter((folder) => existsSync(join(folder, "README.md")))
    .map((folder) => ({ folder, text: readFileSync(join(folder, "README.md"), "utf8") }));
}

/** @param {string} markdown @param {RegExp} which */
function blocks(markdown, which) {
  return [...markdown.matchAll(/^```hcl\n(.*?)^```$/gms)]
    .map(([, block]) => block ?? "")
    .filter((block) => which.test(block));
}
