// Who may do what, and the configuration of functions and edge.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "jsonc-parser";
import { environment, of } from "../lib/policy.mjs";
import { ROOT } from "../../root.mjs";
import { topology } from "../../topology.mjs";
import { PROJECT, variables } from "../lib/variables.mjs";

const IMAGES = `${PROJECT}-images`;

/** Rights of each need: role, condition, at what. @type {Record<string, string[]>} */
const RIGHTS = {
  "read-tasks": ["roles/datastore.viewer this_database"],
  "write-tasks": ["roles/datastore.user this_database"],
  "write-history": ["roles/datastore.user this_database"],
  "write-mails": ["roles/datastore.user this_database"],
  "read-images": [`roles/storage.objectViewer ${IMAGES}`],
  "write-images": [`roles/storage.objectUser tasks_folder ${IMAGES}`],
  "delete-images": [`roles/storage.objectUser image_folders ${IMAGES}`],
  vision: [],
  edge: [],
};

/** Functions with something for operators. */
const ASKED_BY_OPERATORS = ["recovery", "log-enhancer", "analytics", "tag-indexer"];

/** Variables of edge/wrangler.jsonc that have a default there, or are for tests. */
const LEFT_TO_THE_WORKER = [
  "IN_FETCH_ALLOW",
  "IN_OIDC_ISSUER",
  "IN_TIME_SCALE",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "STORAGE_ENDPOINT",
];

/** @param {import("./plans.mjs").Plans} plans */
export function rightsCases(plans) {
  test("an account publishes to its function's topics, the edge's to the first, to commands and account events", () => {
    const publishers = of(plans.iam, "google_pubsub_topic_iam_member")
      .filter(({ values }) => values.role === "roles/pubsub.publisher")
      .filter(({ values }) => !values.member.includes("gcp-sa-"))
      .map(({ values }) => `${accountOf(values.member)} ${values.topic.split("/").at(-1)}`);
    const wanted = Object.entries(topology.functions).flatMap(([name, { publishes }]) =>
      publishes.map((/** @type {string} */ topic) => `function-${name} ${topic}`),
    );
    const edge = ["account-events", "download-topic", "task-commands"];
    assert.deepEqual(
      publishers.sort(),
      [
        ...wanted,
        ...edge.map((topic) => `edge-publisher ${topic}`),
        "billing-budget-alert billing",
      ].sort(),
    );
  });

  test("an account has the rights of its function's needs and no others", () => {
    const types = [
      "google_project_iam_member",
      "google_storage_bucket_iam_member",
      "google_cloud_run_v2_service_iam_member",
    ];
    const rights = types
      .flatMap((type) => of(plans.iam, type))
      .filter(({ values }) => !values.member.includes("pipeline-"))
      .map(({ values }) =>
        [
          accountOf(values.member),
          values.role,
          ...(values.condition ?? []).map((/** @type {any} */ { title }) => title),
          ...[values.bucket ?? values.name].filter(Boolean),
        ].join(" "),
      );
    const functions = Object.entries(topology.functions);
    const wanted = [
      ...functions.flatMap(([name, { needs }]) =>
        needs.flatMap((/** @type {string} */ need) =>
          (RIGHTS[need] ?? assert.fail(need)).map((right) => `function-${name} ${right}`),
        ),
      ),
      ...functions.map(([name]) => `pubsub-push roles/run.invoker ${name}`),
      ...ASKED_BY_OPERATORS.map((name) => `operator roles/run.invoker ${name}`),
      `edge-uploader roles/storage.objectCreator uploads_folder ${IMAGES}`,
      `edge-uploader roles/storage.legacyObjectReader ${IMAGES}`,
    ];
    assert.deepEqual(rights.sort(), wanted.sort());
  });

  test("the deployer acts as what it deploys runs as, and replaces the edge's keys; as nobody else", () => {
    const rights = of(plans.iam, "google_service_account_iam_member")
      .filter(({ values }) => values.member?.includes("pipeline-deployer"))
      .map(({ values }) => `${values.role} ${values.service_account_id.split("/").at(-1)}`);
    const email = (/** @type {string} */ name) => `${name}@${PROJECT}.iam.gserviceaccount.com`;
    const functions = Object.keys(topology.functions).map((name) => `function-${name}`);
    assert.deepEqual(
      rights.sort(),
      [
        ...[...functions, "pubsub-push"].map(
          (name) => `roles/iam.serviceAccountUser ${email(name)}`,
        ),
        ...["edge-publisher", "edge-uploader"].map(
          (name) => `roles/iam.serviceAccountKeyAdmin ${email(name)}`,
        ),
      ].sort(),
    );
  });

  test("one variable decides who checks tokens, on both sides", () => {
    for (const { values } of of(plans.iam, "google_cloud_run_v2_service")) {
      assert.equal(environment(values)["IN_PUSH_AUTH"], "iam");
      assert.equal(values.invoker_iam_disabled, false);
    }
    for (const { values } of of(plans.oidc, "google_cloud_run_v2_service")) {
      assert.equal(environment(values)["IN_PUSH_AUTH"], "oidc");
      assert.equal(values.invoker_iam_disabled, true);
    }
  });

  test("every variable that a function gets is in the operations pages", () => {
    const pages = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.startsWith("operations") && name.endsWith(".md"))
      .map((name) => readFileSync(join(ROOT, "docs", name), "utf8"))
      .join("\n");
    for (const { values } of of(plans.oidc, "google_cloud_run_v2_service")) {
      for (const name of Object.keys(environment(values))) {
        assert.ok(pages.includes(`\`${name}\``), `${name} of ${values.name}`);
      }
    }
  });

  test("a pager gets what is critical, and nothing else", async () => {
    const pager = "projects/in-test/notificationChannels/1";
    const planned = await plans.workplace.plan(variables({ pagers: [pager] }));
    const paged = of(planned, "google_monitoring_alert_policy")
      .filter(({ values }) => JSON.stringify(values.notification_channels ?? []).includes(pager))
      .map(({ values }) => values.display_name);
    assert.deepEqual(paged.sort(), [
      "iN: tasks are stuck",
      "iN: tasks end too late, fast",
      "iN: the edge fails too often, fast",
      "iN: the edge is down",
    ]);
  });

  test("a new revision gets a share of the requests where another is named", async () => {
    const [name = ""] = Object.keys(topology.functions);
    const planned = await plans.workplace.plan(
      variables({ canary: { percent: 5, stable: { [name]: "before" } } }),
    );
    const traffic = of(planned, "google_cloud_run_v2_service").map(({ values }) => [
      values.name,
      values.traffic.map((/** @type {any} */ { type, revision, percent }) => [
        type.split("_").at(-1),
        revision,
        percent,
      ]),
    ]);
    for (const [service, shares] of traffic) {
      assert.deepEqual(
        shares,
        service === name
          ? [
              ["LATEST", null, 5],
              ["REVISION", "before", 95],
            ]
          : [["LATEST", null, 100]],
      );
    }
    assert.equal(traffic.length, Object.keys(topology.functions).length);
  });

  test("logs are kept for a time, and acked pushes only where they are wanted", async () => {
    const exclusions = (/** @type {import("../lib/terraform.mjs").Planned[]} */ all) =>
      of(all, "google_logging_project_exclusion").map(({ values }) => values.filter);
    const [bucket] = of(plans.iam, "google_logging_project_bucket_config");
    assert.deepEqual([bucket?.values.bucket_id, bucket?.values.retention_days], ["_Default", 30]);
    assert.deepEqual(exclusions(plans.iam), []);
    const planned = await plans.workplace.plan(variables({ logs: { requests: false } }));
    assert.deepEqual(exclusions(planned), [
      'resource.type="cloud_run_revision" AND log_id("run.googleapis.com/requests") AND httpRequest.status<400',
    ]);
  });

  test("a probe reads its key, starts its job, and pages where it fails", async () => {
    const image = `node@sha256:${"0".repeat(64)}`;
    const planned = await plans.workplace.plan(
      variables({ probe: { image, key_secret: "probe-key" } }),
    );
    const [job] = of(planned, "google_cloud_run_v2_job");
    const { containers } = job?.values.template[0].template[0];
    assert.deepEqual(
      [containers[0].image, containers[0].command.slice(0, 3)],
      [image, ["node", "--input-type=module", "--eval"]],
    );
    assert.equal(
      containers[0].command[3],
      readFileSync(join(ROOT, "terraform/modules/probe/probe.mjs"), "utf8"),
    );
    const rights = planned
      .filter(({ address }) => address.startsWith("module.probe[0]."))
      .filter(({ type }) => type.endsWith("_iam_member"))
      .map(({ values }) => [values.role, values.secret_id ?? values.name]);
    assert.deepEqual(rights.sort(), [
      ["roles/run.invoker", "probe"],
      ["roles/secretmanager.secretAccessor", "probe-key"],
    ]);
    const alert = of(planned, "google_monitoring_alert_policy").find(
      ({ values }) => values.display_name === "iN: the probe fails",
    );
    assert.equal(alert?.values.severity, "CRITICAL");
    await assert.rejects(
      plans.workplace.plan(variables({ probe: { image: "node:22", key_secret: "probe-key" } })),
      /by digest/,
    );
  });

  test("Vision works where the region is", async () => {
    const parent = (/** @type {import("../lib/terraform.mjs").Planned[]} */ all) =>
      of(all, "google_cloud_run_v2_service")
        .map(({ values }) => [values.name, environment(values).IN_AI_VISION_PARENT])
        .filter(([, value]) => value !== undefined);
    const asking = Object.entries(topology.functions).filter(([, { needs }]) =>
      needs?.includes("vision"),
    );
    assert.equal(asking.length, 1);
    assert.deepEqual(
      parent(plans.iam),
      asking.map(([name]) => [name, `projects/${PROJECT}/locations/eu`]),
    );
    const elsewhere = await plans.workplace.plan(variables({ region: "australia-southeast1" }));
    assert.deepEqual(parent(elsewhere), []);
  });

  test("the Worker has what wrangler.jsonc names, and every secret", () => {
    const wrangler = parse(readFileSync(join(ROOT, "edge/wrangler.jsonc"), "utf8"));
    const [script] = of(plans.iam, "cloudflare_workers_script");
    /** @type {{ name: string, type: string, class_name: string | null, namespace_id: string, simple: object }[]} */
    const bindings = script?.values.bindings;
    const ofType = (/** @type {string} */ type) =>
      bindings.filter((binding) => binding.type === type).map(({ name }) => name);
    assert.deepEqual(
      [
        ...ofType("plain_text"),
        ...LEFT_TO_THE_WORKER.filter((name) => name in wrangler.vars),
      ].sort(),
      Object.keys(wrangler.vars).sort(),
    );
    assert.deepEqual(ofType("secret_text"), wrangler.secrets.required);
    assert.deepEqual(
      bindings
        .filter(({ type }) => type === "durable_object_namespace")
        .map(({ name, class_name }) => ({ name, class_name })),
      wrangler.durable_objects.bindings,
    );
    assert.deepEqual(
      bindings
        .filter(({ type }) => type === "ratelimit")
        .map(({ name, namespace_id, simple }) => ({ name, namespace_id, simple })),
      wrangler.ratelimits,
    );
    assert.equal(script?.values.compatibility_date, wrangler.compatibility_date);
  });

  test("the Worker declares each class of wrangler.jsonc once, from the migration it has", async () => {
    const wrangler = parse(readFileSync(join(ROOT, "edge/wrangler.jsonc"), "utf8"));
    const classes = Object.keys(wrangler.exports).sort();
    const migration = async (/** @type {string | undefined} */ migrate_from) => {
      const planned = await plans.workplace.plan(
        variables(migrate_from === undefined ? {} : { migrate_from }),
      );
      return of(planned, "cloudflare_workers_script")[0]?.values.migrations;
    };
    const first = await migration("none");
    assert.deepEqual([...first.new_sqlite_classes].sort(), classes);
    assert.equal(first.old_tag, null);
    const { old_tag, new_tag, new_sqlite_classes } = await migration("v1");
    assert.deepEqual(
      [old_tag, new_tag, new_sqlite_classes],
      ["v1", first.new_tag, ["BudgetDO", "BatchDO"]],
    );
    assert.equal(await migration(first.new_tag), null);
    assert.equal(await migration(undefined), null);
    await assert.rejects(migration("v0"), /migrate_from/);
  });

  test("spans go from functions and edge to a collector where there is one", async () => {
    const traces_endpoint = "https://collector.example.com";
    const planned = await plans.workplace.plan(variables({ traces_endpoint }));
    for (const { values } of of(planned, "google_cloud_run_v2_service")) {
      assert.equal(environment(values).OTEL_EXPORTER_OTLP_ENDPOINT, traces_endpoint);
    }
    const [script] = of(planned, "cloudflare_workers_script");
    const endpoint = script?.values.bindings.find(
      (/** @type {any} */ { name }) => name === "OTEL_EXPORTER_OTLP_ENDPOINT",
    );
    assert.equal(endpoint.text, traces_endpoint);
  });

  test("the edge admits the environment's own users, and those of partners where there are any", async () => {
    const accounts = {
      name: "accounts",
      issuer: `https://securetoken.google.com/${PROJECT}`,
      audience: PROJECT,
      limits: {
        submissionsPerMinute: 120,
        submissionsPerDay: 2_000,
        unitsPerDay: 2_000,
        uploadsPerDay: 2_000,
        storedBytes: 20_000_000_000,
      },
    };
    assert.deepEqual(channels(plans.iam), { version: 1, channels: [accounts] });
    const file = "environments/channels.example.json";
    const partners = JSON.parse(readFileSync(join(ROOT, "terraform", file), "utf8")).channels;
    const planned = await plans.workplace.plan(variables({ channels: file }));
    assert.deepEqual(channels(planned), { version: 1, channels: [accounts, ...partners] });
  });

  test("sessions are signed by one secret, or by two while it rotates", async () => {
    const made = (/** @type {import("../lib/terraform.mjs").Planned[]} */ all) =>
      of(all, "random_password").map(({ address, values }) => [address, values.length]);
    const secret = (/** @type {string} */ name) => `module.edge.random_password.session["${name}"]`;
    assert.deepEqual(made(plans.iam), [[secret("first"), 64]]);
    const { edge } = variables();
    const session_secrets = ["second", "first"];
    const rotating = await plans.workplace.plan(variables({ edge: { ...edge, session_secrets } }));
    assert.deepEqual(made(rotating).sort(), [
      [secret("first"), 64],
      [secret("second"), 64],
    ]);
    const three = variables({ edge: { ...edge, session_secrets: ["a", "b", "c"] } });
    await assert.rejects(plans.workplace.plan(three), /One secret signs sessions/);
  });

  test("mail goes through a server where there is one, and only notification may read its password", async () => {
    const mail = {
      from: "in@example.com",
      host: "smtp.example.com",
      username: "in",
      password_secret: "mail-password",
    };
    const planned = await plans.workplace.plan(variables({ mail }));
    const settings = [planned, plans.iam].flatMap((plan) =>
      of(plan, "google_cloud_run_v2_service").map(({ values }) => {
        const all = values.template[0].containers[0].env.filter((/** @type {any} */ { name }) =>
          name.startsWith("IN_MAIL_"),
        );
        return [
          values.name,
          ...all.map((/** @type {any} */ { name, value, value_source: [source] }) =>
            source === undefined
              ? `${name}=${value}`
              : `${name}=${source.secret_key_ref[0].secret}:${source.secret_key_ref[0].version}`,
          ),
        ];
      }),
    );
    assert.deepEqual(
      settings.filter(([, ...all]) => all.length > 0),
      [
        [
          "notification",
          "IN_MAIL_FROM=in@example.com",
          "IN_MAIL_HOST=smtp.example.com",
          "IN_MAIL_PORT=587",
          "IN_MAIL_USERNAME=in",
          "IN_MAIL_PASSWORD=mail-password:latest",
        ],
      ],
    );
    assert.deepEqual(
      of(planned, "google_secret_manager_secret_iam_member").map(({ values }) => [
        accountOf(values.member),
        values.role,
        values.secret_id,
      ]),
      [["function-notification", "roles/secretmanager.secretAccessor", "mail-password"]],
    );
  });

  test("only those who are named may act as operators, and only with ID tokens", () => {
    const account = `operator@${PROJECT}.iam.gserviceaccount.com`;
    const grants = of(plans.iam, "google_service_account_iam_member")
      .filter(({ address }) => address.startsWith("module.operators."))
      .map(({ values }) => [values.role, values.member]);
    assert.deepEqual(grants, [
      ["roles/iam.serviceAccountOpenIdTokenCreator", "group:oncall@example.com"],
    ]);
    const created = of(plans.iam, "google_service_account").filter(
      ({ values }) => values.account_id === "operator",
    );
    assert.equal(created.length, 1);
    const [script] = of(plans.iam, "cloudflare_workers_script");
    const believed = script?.values.bindings.find(
      (/** @type {any} */ { name }) => name === "IN_OPERATOR_SERVICE_ACCOUNT",
    );
    assert.equal(believed.text, account);
    for (const { values } of of(plans.iam, "google_cloud_run_v2_service")) {
      assert.equal(
        environment(values).IN_OPERATOR_SERVICE_ACCOUNT,
        ASKED_BY_OPERATORS.includes(values.name) ? account : undefined,
      );
    }
  });

  test("the edge believes the accounts that the functions which call it run as", () => {
    const [script] = of(plans.iam, "cloudflare_workers_script");
    for (const [name, { needs }] of Object.entries(topology.functions)) {
      const variable = `IN_${name.toUpperCase().replaceAll("-", "_")}_SERVICE_ACCOUNT`;
      const believed = script?.values.bindings.find(
        (/** @type {any} */ binding) => binding.name === variable,
      );
      const service = of(plans.iam, "google_cloud_run_v2_service").find(
        ({ values }) => values.name === name,
      );
      assert.equal(
        believed?.text,
        needs.includes("edge") ? service?.values.template[0].service_account : undefined,
        name,
      );
    }
  });
}

/** @param {string} member */
function accountOf(member) {
  return /^serviceAccount:([^@]+)@/.exec(member)?.[1] ?? member;
}

/** What the planned Worker reads as IN_CHANNELS. @param {import("../lib/terraform.mjs").Planned[]} all */
function channels(all) {
  const [script] = of(all, "cloudflare_workers_script");
  const { text } = script?.values.bindings.find(
    (/** @type {any} */ { name }) => name === "IN_CHANNELS",
  );
  return JSON.parse(text);
}
