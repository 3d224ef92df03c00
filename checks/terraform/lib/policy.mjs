// What must hold of everything that Terraform would make, whatever the variables.
import { pipelineRules } from "./pipeline.mjs";
import { serviceRules } from "./services.mjs";

/** @typedef {import("./terraform.mjs").Planned} Planned */
/** @typedef {(all: Planned[]) => string[]} Rule what is wrong, a line each */

const PUBLIC = ["allUsers", "allAuthenticatedUsers"];
const BROAD = ["roles/owner", "roles/editor"];

/** @type {Rule} */
function nobodyIsEverybody(all) {
  return grants(all)
    .filter(({ values }) => PUBLIC.includes(values.member) || values.members?.some(isPublic))
    .map(({ address }) => `${address} lets everybody in`);
}

/** @type {Rule} */
function aFunctionIsOpenOnlyIfItVerifiesTokensItself(all) {
  return of(all, "google_cloud_run_v2_service").flatMap(({ address, values }) => {
    const env = environment(values);
    const invokers = of(all, "google_cloud_run_v2_service_iam_member")
      .filter((grant) => grant.values.name === values.name && grant.values.role === INVOKER)
      .map((grant) => grant.values.member);
    const findings = [];
    if (values.ingress !== "INGRESS_TRAFFIC_INTERNAL_ONLY") {
      findings.push(`${address} takes requests from the internet`);
    }
    if (values.invoker_iam_disabled) {
      if (env.IN_PUSH_AUTH !== "oidc" || !env.IN_PUSH_AUDIENCE) {
        findings.push(`${address} lets everybody invoke it and does not verify the token`);
      }
    } else if (env.IN_PUSH_AUTH !== "iam") {
      findings.push(`${address} waits for a signature that Cloud Run removes`);
    } else if (invokers.sort().join() !== mayInvoke(env).sort().join()) {
      findings.push(`${address} can be invoked by: ${invokers.join() || "nobody"}`);
    } else if (
      audiencesOf(values.name, all).some((one) => !values.custom_audiences?.includes(one))
    ) {
      findings.push(`${address} does not know the audience of what calls it`);
    }
    return findings;
  });
}

/** @type {Rule} */
function aTokenIsOfUseAtOneFunction(all) {
  const names = of(all, "google_cloud_run_v2_service").map(({ values }) => values.name);
  const audiences = names.flatMap((name) => [...new Set(audiencesOf(name, all))]);
  return audiences
    .filter((audience, index) => audiences.indexOf(audience) !== index)
    .map((audience) => `${audience} is the audience of several functions`);
}

/** @type {Rule} */
function nobodyHasABroadRole(all) {
  return grants(all)
    .filter(({ values }) => BROAD.includes(values.role))
    .map(({ address, values }) => `${address} grants ${values.role}`);
}

/** Those replace what others have granted. @type {Rule} */
function grantsAreAddedOneByOne(all) {
  return all
    .filter(({ type }) => /_iam_(binding|policy)$/.test(type))
    .map(({ address }) => `${address} replaces others' grants`);
}

/** @type {Rule} */
function everyFunctionHasAnAccountOfItsOwn(all) {
  const services = of(all, "google_cloud_run_v2_service");
  const accounts = services.map(({ values }) => values.template[0].service_account);
  return services
    .filter((_, index) => !accounts[index] || accounts.indexOf(accounts[index]) !== index)
    .map(({ address }) => `${address} runs as somebody else's account`);
}

/** @type {Rule} */
function whatRunsIsNamedByDigest(all) {
  return of(all, "google_cloud_run_v2_service")
    .filter(({ values }) => !/@sha256:[0-9a-f]{64}$/.test(values.template[0].containers[0].image))
    .map(({ address }) => `${address} runs an image that may change`);
}

/** @type {Rule} */
function whatCannotBeDeliveredIsKept(all) {
  return of(all, "google_pubsub_subscription").flatMap(({ address, values }) => {
    const policy = values.dead_letter_policy[0];
    if (policy === undefined) {
      return mayWaitForEver(values) ? [] : [`${address} has no dead-letter policy`];
    }
    const findings = [];
    const agent = serviceAgent(all);
    const mayPublish = of(all, "google_pubsub_topic_iam_member").some(
      (grant) =>
        grant.values.topic === policy.dead_letter_topic &&
        grant.values.role === "roles/pubsub.publisher" &&
        grant.values.member === agent,
    );
    const mayTake = of(all, "google_pubsub_subscription_iam_member").some(
      (grant) =>
        grant.values.subscription === values.name &&
        grant.values.role === "roles/pubsub.subscriber" &&
        grant.values.member === agent,
    );
    // Recovery takes them, once it is there; until then, and while it is down, they are held.
    const held = of(all, "google_pubsub_subscription").some(
      ({ values: other }) =>
        other.topic === policy.dead_letter_topic &&
        other.message_retention_duration === LONGEST_RETENTION &&
        (other.push_config.length === 0 || isPushedTo("recovery", other)),
    );
    if (!mayPublish) findings.push(`${address}: Pub/Sub may not publish its dead letters`);
    if (!mayTake) findings.push(`${address}: Pub/Sub may not take dead letters off it`);
    if (!held) findings.push(`${address}: nobody holds its dead letters`);
    return findings;
  });
}

/** @type {Rule} */
function subscriptionsNeverExpire(all) {
  return of(all, "google_pubsub_subscription")
    .filter(({ values }) => values.expiration_policy[0]?.ttl !== "")
    .map(({ address }) => `${address} goes after 31 idle days`);
}

/** @type {Rule} */
function pushesAreSigned(all) {
  return of(all, "google_pubsub_subscription").flatMap(({ address, values }) =>
    values.push_config
      .filter(
        (/** @type {any} */ push) =>
          !push.push_endpoint.startsWith("https://") ||
          !push.oidc_token[0]?.service_account_email ||
          !push.oidc_token[0]?.audience,
      )
      .map(() => `${address} pushes without a token, or in the open`),
  );
}

/** @type {Rule} */
function bucketsArePrivate(all) {
  return of(all, "google_storage_bucket").flatMap(({ address, values }) => [
    ...(values.uniform_bucket_level_access === true ? [] : [`${address} has rights by object`]),
    ...(values.public_access_prevention === "enforced" ? [] : [`${address} can be made public`]),
    ...(values.cors.some((/** @type {any} */ rule) => rule.origin.includes("*"))
      ? [`${address} answers any page`]
      : []),
  ]);
}

/** @type {Rule} */
function onlyTheEdgeHasKeysAndTheyRotate(all) {
  const keys = of(all, "google_service_account_key")
    .filter(({ address }) => !address.startsWith("module.edge_keys."))
    .map(({ address }) => `${address} is a key that could be stolen`);
  const secrets = of(all, "google_secret_manager_secret")
    .filter(({ values }) => values.labels?.holds !== "configuration")
    .filter(({ values }) => !values.rotation[0]?.rotation_period || values.topics.length === 0)
    .map(({ address }) => `${address} is never due`);
  return [...keys, ...secrets];
}

/** @type {Rule} */
function dataIsNotDeletedByMistake(all) {
  const databases = of(all, "google_firestore_database")
    .filter(({ values }) => values.delete_protection_state !== "DELETE_PROTECTION_ENABLED")
    .map(({ address }) => `${address} can be deleted`);
  const buckets = of(all, "google_storage_bucket")
    .filter(({ values }) => values.force_destroy !== false)
    .map(({ address }) => `${address} can be deleted with all images`);
  return [...databases, ...buckets];
}

/** Two of one name are one resource that two places fight over. @type {Rule} */
function nothingIsThereTwice(all) {
  const seen = new Map();
  const findings = [];
  for (const { type, address, values } of all) {
    const name = IDENTITIES.map((argument) => values[argument]).filter(Boolean);
    if (name.length === 0) continue;
    const key = JSON.stringify([type, ...name]);
    if (seen.has(key)) findings.push(`${address} is ${seen.get(key)} once more`);
    seen.set(key, address);
  }
  return findings;
}

/** @type {Rule} */
function everyAlertReachesSomebody(all) {
  const channels = of(all, "google_monitoring_notification_channel");
  return of(all, "google_monitoring_alert_policy")
    .filter(() => channels.length === 0)
    .map(({ address }) => `${address} is heard by nobody`);
}

export const rules = {
  nobodyIsEverybody,
  aFunctionIsOpenOnlyIfItVerifiesTokensItself,
  aTokenIsOfUseAtOneFunction,
  nobodyHasABroadRole,
  grantsAreAddedOneByOne,
  everyFunctionHasAnAccountOfItsOwn,
  whatRunsIsNamedByDigest,
  whatCannotBeDeliveredIsKept,
  subscriptionsNeverExpire,
  pushesAreSigned,
  bucketsArePrivate,
  onlyTheEdgeHasKeysAndTheyRotate,
  dataIsNotDeletedByMistake,
  nothingIsThereTwice,
  everyAlertReachesSomebody,
  ...serviceRules,
  ...pipelineRules,
};

/** Arguments that a resource is known by; of a grant, all of them together. */
const IDENTITIES = [
  ...["name", "account_id", "secret_id", "repository_id", "role_id", "display_name", "service"],
  ...["workload_identity_pool_id", "workload_identity_pool_provider_id", "service_account_id"],
  ...["collection", "field", "topic", "subscription", "bucket", "repository", "role", "member"],
  ...["script_name", "hostname"],
];

/** Pub/Sub keeps nothing longer. */
const LONGEST_RETENTION = "2678400s";

const INVOKER = "roles/run.invoker";

/** @param {Planned[]} all @param {string} type */
export function of(all, type) {
  return all.filter((resource) => resource.type === type);
}

/** The environment variables of a Cloud Run service. @param {Record<string, any>} service */
export function environment(service) {
  /** @type {Record<string, string>} */
  const env = {};
  for (const { name, value } of service.template[0].containers[0].env) env[name] = value;
  return env;
}

/** @param {Planned[]} all */
function grants(all) {
  return all.filter(({ type }) => type.includes("_iam_"));
}

/** @param {string} member */
function isPublic(member) {
  return PUBLIC.includes(member);
}

/** Pub/Sub and Cloud Scheduler; operators where the function answers them. */
function mayInvoke(/** @type {Record<string, string>} */ env) {
  return [env.IN_PUSH_ACCOUNT, env.IN_OPERATOR_SERVICE_ACCOUNT]
    .filter((account) => account !== undefined)
    .map((account) => `serviceAccount:${account}`);
}

/**
 * Their messages wait for the edge, a mail server, Firestore or people, or are followed by others that say the same;
 * dead letters have no further place to go.
 */
function mayWaitForEver(/** @type {Record<string, any>} */ subscription) {
  const waiting = ["sync", "notification", "tag-indexer", "log-enhancer"];
  return (
    ["billing", "edge-keys-due"].includes(subscription.name) ||
    subscription.topic.endsWith("/dead-letter-topic") ||
    waiting.some((name) => isPushedTo(name, subscription))
  );
}

/** @param {string} name a function's @param {Record<string, any>} subscription */
function isPushedTo(name, { push_config: [push] }) {
  return push !== undefined && isAt(name, push.push_endpoint);
}

/** @param {string} name a function's @param {string} uri */
function isAt(name, uri) {
  return new URL(uri).hostname.startsWith(`${name}-`);
}

/** Of the pushes and ticks that call a function. @param {string} name @param {Planned[]} all */
function audiencesOf(name, all) {
  const pushes = of(all, "google_pubsub_subscription").flatMap(({ values }) =>
    isPushedTo(name, values) ? values.push_config : [],
  );
  const ticks = of(all, "google_cloud_scheduler_job").flatMap(({ values }) =>
    values.http_target.filter((/** @type {any} */ { uri }) => isAt(name, uri)),
  );
  return [...pushes, ...ticks].map(({ oidc_token: [token] }) => token.audience);
}

/** Pub/Sub's own account, as the right to sign names it. @param {Planned[]} all */
function serviceAgent(all) {
  return of(all, "google_service_account_iam_member").find(
    ({ values }) => values.role === "roles/iam.serviceAccountTokenCreator",
  )?.values.member;
}
