// What must hold of the accounts that GitHub's workflows use.
/** @typedef {import("./policy.mjs").Rule} Rule */

/** With one of these at the project, an account is whoever it wants to be. */
const ROLES_OVER_ACCOUNTS = [
  "roles/iam.serviceAccountAdmin",
  "roles/iam.serviceAccountKeyAdmin",
  "roles/iam.serviceAccountTokenCreator",
  "roles/iam.serviceAccountUser",
  "roles/iam.workloadIdentityPoolAdmin",
];

/** All that an account has whose jobs run what a branch says. */
const OF_THE_REVIEWER = [
  "roles/browser",
  "roles/iam.workloadIdentityUser",
  "roles/serviceusage.serviceUsageConsumer",
  "roles/storage.objectViewer review_folder",
];

/** @type {Rule} */
function thePipelineIsNoOtherAccount(all) {
  return all
    .filter(({ type }) => type === "google_project_iam_member")
    .filter(({ values }) => ROLES_OVER_ACCOUNTS.includes(values.role))
    .map(({ address, values }) => `${address} grants ${values.role} over all accounts`);
}

/** @type {Rule} */
function onlyTheMainBranchDeploys(all) {
  return all
    .filter(({ type }) => type === "google_iam_workload_identity_pool_provider")
    .filter(
      ({ values }) =>
        values.attribute_condition !==
        'assertion.repository_id == "1" && (assertion.ref == "refs/heads/main" || assertion.sub == "repo:example/in:environment:review")',
    )
    .map(({ address }) => `${address} admits other branches than main`);
}

/** @type {Rule} */
function pullRequestsReadNoSecret(all) {
  return all
    .filter(({ type, values }) => type.includes("_iam_member") && isOf("reviewer", values.member))
    .map(({ address, values }) => ({
      address,
      right: [values.role, ...(values.condition ?? []).map(titleOf)].join(" "),
    }))
    .filter(({ right }) => !OF_THE_REVIEWER.includes(right))
    .map(({ address, right }) => `${address} lets pull requests have ${right}`);
}

/** @type {Rule} */
function onlyTheDeployerWritesTheState(all) {
  const writing = ["roles/storage.objectAdmin", "roles/storage.objectUser", "roles/storage.admin"];
  return all
    .filter(({ type, values }) => type.includes("_iam_member") && writing.includes(values.role))
    .filter(({ values }) => isOf("builder", values.member) || isOf("planner", values.member))
    .map(({ address }) => `${address} may overwrite the state, or a plan that waits`);
}

export const pipelineRules = {
  thePipelineIsNoOtherAccount,
  onlyTheMainBranchDeploys,
  pullRequestsReadNoSecret,
  onlyTheDeployerWritesTheState,
};

/** @param {string} name @param {string | undefined} member */
function isOf(name, member) {
  return member?.startsWith(`serviceAccount:pipeline-${name}@`) ?? false;
}

/** @param {{ title: string }} condition */
function titleOf({ title }) {
  return title;
}
