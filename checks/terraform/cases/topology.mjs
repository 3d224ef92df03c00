// What would be made is what topology.yaml says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { of } from "../lib/policy.mjs";
import { listing, topology } from "../../topology.mjs";
import { PROJECT, variables } from "../lib/variables.mjs";
import { switchable } from "./plans.mjs";

/** @typedef {import("../lib/terraform.mjs").Planned} Planned */

/** @param {import("./plans.mjs").Plans} plans */
export function topologyCases(plans) {
  test("the topics are the topology's, and one each for the edge's keys and the billing budget", () => {
    assert.deepEqual(
      names(plans.iam, "google_pubsub_topic"),
      [...Object.keys(topology.topics), "billing", "edge-key-rotation-due"].sort(),
    );
  });

  test("the subscriptions are exactly those that the local runner makes", () => {
    assert.deepEqual(subscriptionsOf(plans.oidc), listed());
  });

  test("the billing budget's notifications are pushed to recovery as Cloud Billing wrote them", () => {
    const [push] = named(plans.oidc, "google_pubsub_subscription", "billing").push_config;
    assert.equal(push.push_endpoint, "https://recovery-123456789012.europe-west1.run.app/billing");
    assert.deepEqual(push.no_wrapper, [{ write_metadata: false }]);
    assert.equal(push.oidc_token[0].audience, "in-push-recovery");
  });

  test("what the topology leaves off is not made", () => {
    const wanted = listed();
    for (const name of switchable) delete wanted[name];
    assert.deepEqual(subscriptionsOf(plans.iam), wanted);
  });

  test("every subscription pushes to its function, and no other pushes", () => {
    const endpoints = ofTopology(plans.oidc).map(({ values }) => [
      values.name,
      values.push_config[0]?.push_endpoint ?? null,
    ]);
    const wanted = Object.entries(topology.subscriptions).map(([name, said]) => [
      name,
      said.function ? `https://${said.function}-123456789012.europe-west1.run.app` : null,
    ]);
    assert.deepEqual(Object.fromEntries(endpoints), Object.fromEntries(wanted));
  });

  test("a function that has no image yet is not made, and its subscription holds", async () => {
    const images = { ...variables().images };
    delete images.ai;
    const planned = await plans.workplace.plan(variables({ images }));
    assert.equal(names(planned, "google_cloud_run_v2_service").includes("ai"), false);
    assert.deepEqual(named(planned, "google_pubsub_subscription", "ai-work").push_config, []);
  });

  test("a service gets what the topology gives its function", () => {
    const services = of(plans.iam, "google_cloud_run_v2_service").map(({ values }) => [
      values.name,
      shapeOf(values),
    ]);
    const wanted = Object.entries(topology.functions).map(([name, { service }]) => [
      name,
      {
        timeout: topology.clocks.requestTimeout,
        concurrency: service.concurrency,
        limits: { cpu: `${service.cpu}`, memory: `${service.memoryMiB}Mi` },
        boost: true,
        started: "/q/health/started",
        live: "/q/health/live",
        scaling: [{ min_instance_count: 0, max_instance_count: 20 }],
      },
    ]);
    assert.deepEqual(Object.fromEntries(services), Object.fromEntries(wanted));
  });

  test("an environment may ask for other numbers of instances", async () => {
    const scaling = { ai: { max_instances: 3 } };
    const planned = await plans.workplace.plan(variables({ scaling }));
    assert.deepEqual(shapeOf(named(planned, "google_cloud_run_v2_service", "ai")).scaling, [
      { min_instance_count: 0, max_instance_count: 3 },
    ]);
  });

  test("a collector of metrics stands beside each function where it is wanted", async () => {
    const metrics_collector = `r/collector@sha256:${"1".repeat(64)}`;
    const planned = await plans.workplace.plan(variables({ metrics_collector }));
    for (const { values } of of(planned, "google_cloud_run_v2_service")) {
      const [own, collector] = values.template[0].containers;
      assert.equal(own.name, "function");
      assert.equal(collector.image, metrics_collector);
      assert.equal(collector.volume_mounts[0].mount_path, "/etc/rungmp");
      assert.equal(values.template[0].volumes[0].secret[0].items[0].path, "config.yaml");
    }
    const [configuration] = of(planned, "google_secret_manager_secret_version").filter(
      ({ address }) => address.startsWith("module.metrics"),
    );
    assert.deepEqual(parse(configuration?.values.secret_data).spec.endpoints, [
      { port: 8080, path: "/q/metrics", interval: "30s", timeout: "10s" },
    ]);
    assert.deepEqual(hourly(planned), ["tasks", "channels", "failures", "billable", "dollars"]);
    assert.deepEqual(hourly(plans.iam), []);
    assert.deepEqual(
      of(planned, "google_secret_manager_secret_iam_member")
        .map(({ values }) => values.member)
        .sort(),
      Object.keys(topology.functions)
        .map((name) => `serviceAccount:function-${name}@${PROJECT}.iam.gserviceaccount.com`)
        .sort(),
    );
    assert.equal(of(plans.iam, "google_secret_manager_secret_iam_member").length, 0);
  });

  test("no task is said to be stuck because a side consumer is late, which has an alert of its own", () => {
    /** @param {string} alert */
    const watched = (alert) =>
      of(plans.oidc, "google_monitoring_alert_policy")
        .filter(({ values }) => values.display_name === `iN: ${alert}`)
        .flatMap(({ values }) => values.conditions[0].condition_threshold[0].filter)
        .flatMap((filter) => /subscription_id = one_of\(([^)]*)\)/.exec(filter)?.[1]?.split(", "))
        .map((quoted) => JSON.parse(quoted ?? "null"));
    /** @param {boolean} side */
    const pushedTo = (side) =>
      Object.entries(topology.subscriptions)
        .filter(([, said]) => (topology.functions[said.function]?.side ?? false) === side)
        .map(([name]) => name)
        .sort();
    assert.deepEqual(watched("tasks are stuck"), pushedTo(false));
    assert.deepEqual(watched("messages wait too long"), pushedTo(false));
    assert.deepEqual(watched("side consumers are late"), pushedTo(true));
  });

  test("images go with their documents", () => {
    const [rule] = of(plans.iam, "google_storage_bucket")[0]?.values.lifecycle_rule;
    assert.deepEqual(rule.condition[0].matches_prefix, ["uploads/", "tasks/"]);
    assert.equal(rule.condition[0].age * 86400, Number.parseInt(topology.clocks.documentTtl));
  });
}

/** @returns {Record<string, unknown>} */
function listed() {
  return JSON.parse(readFileSync(listing, "utf8"));
}

/** @param {Planned[]} planned @param {string} type */
function names(planned, type) {
  return of(planned, type)
    .map(({ values }) => values.name)
    .sort();
}

/** @param {Planned[]} planned @param {string} type @param {string} name */
function named(planned, type, name) {
  const found = of(planned, type).find(({ values }) => values.name === name);
  return found?.values ?? assert.fail(`no ${type} ${name}`);
}

/** @param {Record<string, any>} service */
function shapeOf(service) {
  const [template] = service.template;
  const [container] = template.containers;
  const [resources] = container.resources;
  return {
    timeout: template.timeout,
    concurrency: template.max_instance_request_concurrency,
    limits: resources.limits,
    boost: resources.startup_cpu_boost,
    started: container.startup_probe[0].http_get[0].path,
    live: container.liveness_probe[0].http_get[0].path,
    scaling: template.scaling,
  };
}

/** In the listing's form. @param {Planned[]} planned */
function subscriptionsOf(planned) {
  const found = ofTopology(planned).map(({ values }) => {
    const [expiration] = values.expiration_policy;
    const [retry] = values.retry_policy;
    const [dead] = values.dead_letter_policy;
    return [
      values.name,
      {
        topic: bare(values.topic),
        ackDeadlineSeconds: values.ack_deadline_seconds,
        messageRetentionDuration: values.message_retention_duration,
        retryPolicy: {
          minimumBackoff: retry.minimum_backoff,
          maximumBackoff: retry.maximum_backoff,
        },
        ...(expiration?.ttl === "" && { expirationPolicy: {} }),
        ...(values.filter !== null && { filter: values.filter }),
        ...(dead && {
          deadLetterPolicy: {
            deadLetterTopic: bare(dead.dead_letter_topic),
            maxDeliveryAttempts: dead.max_delivery_attempts,
          },
        }),
      },
    ];
  });
  return Object.fromEntries(found);
}

/** @param {string} topic */
function bare(topic) {
  const project = `projects/${PROJECT}/topics/`;
  assert.ok(topic.startsWith(project), topic);
  return topic.slice(project.length);
}

/**
 * @param {import("./plans.mjs").Plans["oidc"]} planned
 * @returns {string[]} which metrics of analytics Cloud Monitoring's dashboard shows
 */
function hourly(planned) {
  const [dashboard] = of(planned, "google_monitoring_dashboard");
  return [
    ...dashboard?.values.dashboard_json.matchAll(
      /prometheus\.googleapis\.com\/in_hour_(\w+)\/gauge/g,
    ),
  ].map(([, name]) => name);
}

/** Subscriptions but for that of the edge's keys. @param {import("../lib/terraform.mjs").Planned[]} planned */
function ofTopology(planned) {
  return of(planned, "google_pubsub_subscription").filter(({ address }) =>
    address.startsWith("module.pubsub."),
  );
}
