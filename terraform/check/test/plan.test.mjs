// What Terraform would make: planned by Terraform itself, against stand-ins for the providers.
import { after, before, describe } from "node:test";
import { fileCases } from "../cases/files.mjs";
import { growthCases } from "../cases/growth.mjs";
import { Plans } from "../cases/plans.mjs";
import { policy } from "../cases/policy.mjs";
import { rightsCases } from "../cases/rights.mjs";
import { topologyCases } from "../cases/topology.mjs";
import { noTerraform } from "../lib/terraform.mjs";

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
