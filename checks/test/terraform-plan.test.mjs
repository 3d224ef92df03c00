// What Terraform would make: planned by Terraform itself, against stand-ins for the providers.
import { after, before, describe } from "node:test";
import { fileCases } from "../terraform/cases/files.mjs";
import { growthCases } from "../terraform/cases/growth.mjs";
import { Plans } from "../terraform/cases/plans.mjs";
import { policy } from "../terraform/cases/policy.mjs";
import { rightsCases } from "../terraform/cases/rights.mjs";
import { topologyCases } from "../terraform/cases/topology.mjs";
import { noTerraform } from "../terraform/lib/terraform.mjs";

describe("what Terraform would make", { skip: noTerraform }, () => {
  const plans = new Plans();
  before(() => plans.make());
  after(() => plans.remove());

  topologyCases(plans);
  rightsCases(plans);
  growthCases(plans);
  policy(plans);
  fileCases(plans);
});
