// An environment for tests.
import { topology } from "../../topology.mjs";

export const PROJECT = "in-test";

/** Every function has an image. @param {Record<string, unknown>} [others] */
export function variables(others = {}) {
  return {
    project_id: PROJECT,
    environment: "test",
    region: "europe-west1",
    images: Object.fromEntries(
      Object.keys(topology.functions).map((name) => [name, `r/${name}@sha256:${"0".repeat(64)}`]),
    ),
    edge: {
      account_id: "account",
      zone_id: "zone",
      hostname: "in.example.com",
    },
    alert_emails: ["ops@example.com"],
    operators: ["group:oncall@example.com"],
    budget: { billing_account: "000000-000000-000000", amount: 50 },
    pipeline: { repository: "example/in", repository_id: "1", state_bucket: "state" },
    ...others,
  };
}
