// What later appears in topology.yaml appears in Terraform by itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stringify } from "yaml";
import { of, rules } from "../lib/policy.mjs";
import { topology } from "../../topology.mjs";
import { variables } from "../lib/variables.mjs";

const FILE = "../common-events/src/main/resources/topology.yaml";

/** A function that takes the dead letters, and is called by the clock. */
const GROWN = {
  ...topology,
  functions: {
    ...topology.functions,
    mender: {
      does: "mends",
      publishes: ["ai-topic"],
      needs: ["write-tasks"],
      service: { cpu: 1, memoryMiB: 512, concurrency: 1 },
      tick: { path: "/tick", every: "300s" },
    },
  },
  subscriptions: {
    ...topology.subscriptions,
    mender: { topic: "image-events", messages: ["ai.analyzed"], function: "mender" },
  },
};

/** @param {import("./plans.mjs").Plans} plans */
export function growthCases(plans) {
  test("a new function comes with its service, subscription, rights, alert and tick", async () => {
    const { workplace } = plans;
    workplace.write(FILE, stringify(GROWN));
    try {
      const images = { ...variables().images, mender: `r/mender@sha256:${"2".repeat(64)}` };
      const planned = await workplace.plan(variables({ images }));
      const mine = planned
        .filter((resource) => JSON.stringify(resource).includes("mender"))
        .map(({ address }) => address);
      assert.deepEqual(mine.sort(), [
        'module.function["mender"].google_cloud_run_v2_service.function',
        'module.function["mender"].google_cloud_run_v2_service_iam_member.push[0]',
        'module.function["mender"].google_project_iam_member.tasks["roles/datastore.user"]',
        'module.function["mender"].google_pubsub_topic_iam_member.publisher["ai-topic"]',
        'module.function["mender"].google_service_account.function',
        ...["functions are slow", "functions fail", "messages wait too long"].map(alert),
        ...["pushes are refused", "tasks are stuck"].map(alert),
        "module.monitoring.google_monitoring_alert_policy.errors",
        "module.monitoring.google_monitoring_dashboard.overview",
        'module.pipeline[0].google_service_account_iam_member.acts_as["mender"]',
        'module.pubsub.google_pubsub_subscription.subscription["mender"]',
        'module.pubsub.google_pubsub_subscription_iam_member.dead_letter_subscriber["mender"]',
        'module.tick["mender"].google_cloud_scheduler_job.tick',
      ]);
      const tick = of(planned, "google_cloud_scheduler_job").find(({ address }) =>
        address.startsWith('module.tick["mender"]'),
      );
      assert.equal(tick?.values.schedule, "every 5 minutes");
      const [call] = tick?.values.http_target;
      assert.match(call.uri, /^https:\/\/mender-.*\/tick$/);
      assert.equal(call.oidc_token[0].audience, "in-push-mender");
      assert.ok(
        of(planned, "google_project_service").some(
          ({ values }) => values.service === "cloudscheduler.googleapis.com",
        ),
      );
      assert.deepEqual(
        Object.values(rules).flatMap((rule) => rule(planned)),
        [],
      );
    } finally {
      workplace.write(FILE, stringify(topology));
    }
  });
}

/** @param {string} name */
function alert(name) {
  return `module.monitoring.google_monitoring_alert_policy.alert["${name}"]`;
}
