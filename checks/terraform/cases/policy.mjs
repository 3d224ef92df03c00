// The policy holds, and each of its rules finds what breaks it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { of, rules } from "../lib/policy.mjs";

/** @param {import("./plans.mjs").Plans} plans */
export function policy(plans) {
  describe("policy", () => {
    for (const [name, rule] of Object.entries(rules)) {
      test(`${name}: holds`, () => {
        assert.deepEqual(rule(plans.iam), []);
        assert.deepEqual(rule(plans.oidc), []);
      });
    }

    /** @type {Record<keyof typeof rules, [string, (all: any[]) => void][]>} */
    const breaches = {
      nobodyIsEverybody: [
        [
          "lets everybody in",
          (all) => set(all, "google_storage_bucket_iam_member", { member: "allUsers" }),
        ],
      ],
      aFunctionIsOpenOnlyIfItVerifiesTokensItself: [
        [
          "does not verify the token",
          (all) => set(all, "google_cloud_run_v2_service", { invoker_iam_disabled: true }),
        ],
        [
          "from the internet",
          (all) => set(all, "google_cloud_run_v2_service", { ingress: "INGRESS_TRAFFIC_ALL" }),
        ],
        ["can be invoked by: nobody", (all) => drop(all, "google_cloud_run_v2_service_iam_member")],
        [
          "does not know the audience",
          (all) => set(all, "google_cloud_run_v2_service", { custom_audiences: null }),
        ],
        ["signature that Cloud Run removes", (all) => setEnv(all, "IN_PUSH_AUTH", "oidc")],
      ],
      aTokenIsOfUseAtOneFunction: [
        [
          "one is the audience of several functions",
          (all) =>
            of(all, "google_pubsub_subscription").forEach(({ values }) =>
              values.push_config.forEach(
                (/** @type {any} */ push) => (push.oidc_token[0].audience = "one"),
              ),
            ),
        ],
      ],
      nobodyHasABroadRole: [
        [
          "grants roles/editor",
          (all) => set(all, "google_project_iam_member", { role: "roles/editor" }),
        ],
      ],
      grantsAreAddedOneByOne: [
        [
          "replaces others' grants",
          (all) => (find(all, "google_project_iam_member").type = "google_project_iam_binding"),
        ],
      ],
      everyFunctionHasAnAccountOfItsOwn: [
        [
          "somebody else's account",
          (all) =>
            of(all, "google_cloud_run_v2_service").forEach(
              ({ values }) => (values.template[0].service_account = "one@x"),
            ),
        ],
      ],
      whatRunsIsNamedByDigest: [
        [
          "image that may change",
          (all) =>
            (find(all, "google_cloud_run_v2_service").values.template[0].containers[0].image =
              "r/ai:latest"),
        ],
      ],
      whatCannotBeDeliveredIsKept: [
        ["has no dead-letter policy", (all) => (named(all, "download").dead_letter_policy = [])],
        [
          "may not publish its dead letters",
          (all) => dropWhere(all, ({ address }) => address.includes("dead_letter_publisher")),
        ],
        [
          "may not take dead letters off it",
          (all) => drop(all, "google_pubsub_subscription_iam_member"),
        ],
        [
          "nobody holds its dead letters",
          (all) => dropWhere(all, ({ values }) => values.name === "dead-letter"),
        ],
        [
          "nobody holds its dead letters",
          (all) => (named(all, "dead-letter").message_retention_duration = "604800s"),
        ],
        [
          "nobody holds its dead letters",
          (all) =>
            (named(all, "dead-letter").push_config[0].push_endpoint =
              "https://metadata-123456789012.europe-west1.run.app"),
        ],
      ],
      subscriptionsNeverExpire: [
        ["31 idle days", (all) => (named(all, "sync").expiration_policy = [])],
      ],
      pushesAreSigned: [
        ["without a token", (all) => (named(all, "sync").push_config[0].oidc_token = [])],
      ],
      bucketsArePrivate: [
        [
          "rights by object",
          (all) => set(all, "google_storage_bucket", { uniform_bucket_level_access: false }),
        ],
        [
          "can be made public",
          (all) => set(all, "google_storage_bucket", { public_access_prevention: "inherited" }),
        ],
        ["any page", (all) => (find(all, "google_storage_bucket").values.cors[0].origin = ["*"])],
      ],
      onlyTheEdgeHasKeysAndTheyRotate: [
        [
          "could be stolen",
          (all) =>
            (find(all, "google_service_account_key").address = "google_service_account_key.mine"),
        ],
        ["never due", (all) => set(all, "google_secret_manager_secret", { rotation: [] })],
      ],
      dataIsNotDeletedByMistake: [
        [
          "can be deleted",
          (all) => set(all, "google_firestore_database", { delete_protection_state: null }),
        ],
        ["with all images", (all) => set(all, "google_storage_bucket", { force_destroy: true })],
      ],
      nothingIsThereTwice: [
        ["once more", (all) => all.push(structuredClone(find(all, "google_pubsub_topic")))],
      ],
      everyAlertReachesSomebody: [
        ["heard by nobody", (all) => drop(all, "google_monitoring_notification_channel")],
      ],
      anApplyServesWhatItDeploys: [
        ["pinned", (all) => set(all, "google_cloud_run_v2_service", { traffic: [] })],
      ],
      documentsAreBackedUp: [
        [
          "is lost when somebody deletes it",
          (all) => drop(all, "google_firestore_backup_schedule"),
        ],
      ],
      everyAlertLinksToWhatToDo: [
        [
          "does not say what to do",
          (all) =>
            (find(all, "google_monitoring_alert_policy").values.documentation[0].links[0].url +=
              "-else"),
        ],
      ],
      everyObjectiveIsWatched: [
        ["has its fast alert", (all) => burning(all, "fast").conditions.pop()],
        ["has its slow alert", (all) => (burning(all, "slow").combiner = "OR")],
        ["has its slow alert", (all) => drop(all, "google_monitoring_slo")],
      ],
      imagesAreScannedInTheRegistry: [
        ["is never scanned", (all) => drop(all, "google_project_service")],
      ],
      messagesStayInTheRegion: [
        [
          "keeps messages wherever they were published",
          (all) =>
            all
              .filter(({ address }) => address.startsWith("module.pubsub.google_pubsub_topic."))
              .forEach(({ values }) => (values.message_storage_policy = [])),
        ],
        [
          "publishes in the region that is nearest to Cloudflare",
          (all) => set(all, "cloudflare_workers_script", { bindings: [] }),
        ],
      ],
      keysAreDueWhenSecretManagerSaysSo: [
        ["fires at every write", (all) => (named(all, "edge-keys-due").filter = null)],
      ],
      thePipelineIsNoOtherAccount: [
        [
          "grants roles/iam.serviceAccountUser over all accounts",
          (all) => grant(all, "deployer", "roles/iam.serviceAccountUser"),
        ],
        [
          "grants roles/iam.workloadIdentityPoolAdmin over all accounts",
          (all) => grant(all, "deployer", "roles/iam.workloadIdentityPoolAdmin"),
        ],
      ],
      onlyTheMainBranchDeploys: [
        [
          "other branches than main",
          (all) =>
            set(all, "google_iam_workload_identity_pool_provider", {
              attribute_condition: 'assertion.repository_id == "1"',
            }),
        ],
      ],
      pullRequestsReadNoSecret: [
        [
          "lets pull requests have roles/secretmanager.secretAccessor",
          (all) => grant(all, "reviewer", "roles/secretmanager.secretAccessor"),
        ],
        [
          "lets pull requests have roles/storage.objectViewer",
          (all) => ofAccount(all, "reviewer", "objectViewer").forEach((it) => (it.condition = [])),
        ],
      ],
      onlyTheDeployerWritesTheState: [
        [
          "may overwrite the state",
          (all) =>
            ofAccount(all, "planner", "objectCreator").forEach(
              (it) => (it.role = "roles/storage.objectUser"),
            ),
        ],
      ],
    };
    for (const [name, broken] of Object.entries(breaches)) {
      for (const [finding, breach] of broken) {
        test(`${name}: finds what ${finding}`, () => {
          const copy = structuredClone(plans.iam);
          breach(copy);
          const found = rules[/** @type {keyof typeof rules} */ (name)](copy);
          assert.ok(
            found.some((line) => line.includes(finding)),
            `found only: ${found.join("; ")}`,
          );
        });
      }
    }
  });
}

/** @param {any[]} all @param {string} type */
function find(all, type) {
  return of(all, type)[0] ?? assert.fail(`no ${type}`);
}

/** @param {any[]} all @param {string} subscription */
function named(all, subscription) {
  return (
    of(all, "google_pubsub_subscription").find(({ values }) => values.name === subscription)
      ?.values ?? assert.fail(subscription)
  );
}

/** @param {any[]} all @param {string} speed */
function burning(all, speed) {
  return (
    of(all, "google_monitoring_alert_policy").find(({ values }) =>
      values.display_name.endsWith(`, ${speed}`),
    )?.values ?? assert.fail(speed)
  );
}

/** @param {any[]} all @param {string} type @param {Record<string, unknown>} values */
function set(all, type, values) {
  Object.assign(find(all, type).values, values);
}

/** @param {any[]} all @param {string} name @param {string} value */
function setEnv(all, name, value) {
  const { env } = find(all, "google_cloud_run_v2_service").values.template[0].containers[0];
  env.find((/** @type {any} */ variable) => variable.name === name).value = value;
}

/** Something that the pipeline's account has at the project. @param {any[]} all @param {string} account @param {string} role */
function grant(all, account, role) {
  const [values] = ofAccount(all, account, "");
  all.push({
    type: "google_project_iam_member",
    address: "more",
    values: { ...values, role, condition: [] },
  });
}

/** @param {any[]} all @param {string} account @param {string} role a part of it */
function ofAccount(all, account, role) {
  const found = all
    .filter(({ type }) => type.includes("_iam_member"))
    .map(({ values }) => values)
    .filter((values) => values.member?.includes(`pipeline-${account}@`))
    .filter((values) => values.role?.includes(role));
  assert.notEqual(found.length, 0);
  return found;
}

/** @param {any[]} all @param {string} type */
function drop(all, type) {
  dropWhere(all, (resource) => resource.type === type);
}

/** @param {any[]} all @param {(resource: any) => boolean} which */
function dropWhere(all, which) {
  const kept = all.filter((resource) => !which(resource));
  assert.ok(kept.length < all.length);
  all.splice(0, all.length, ...kept);
}
