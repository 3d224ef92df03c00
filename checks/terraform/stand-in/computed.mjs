// What the cloud computes of a resource once it exists and what follows from its arguments by a rule that
// is documented, so that a plan says who may do what, and who is pushed to.

/** @type {Record<string, (given: Record<string, any>) => Record<string, unknown>>} */
const RULES = {
  // https://cloud.google.com/iam/docs/service-account-overview
  google_service_account: ({ project, account_id }) => {
    const email = `${account_id}@${project}.iam.gserviceaccount.com`;
    return {
      email,
      member: `serviceAccount:${email}`,
      name: `projects/${project}/serviceAccounts/${email}`,
    };
  },
  google_pubsub_topic: ({ project, name }) => ({ id: `projects/${project}/topics/${name}` }),
  // https://cloud.google.com/run/docs/triggering/https-request#deterministic
  google_cloud_run_v2_service: ({ name, location }) => ({
    uri: `https://${name}-${PROJECT_NUMBER}.${location}.run.app`,
  }),
  google_project: () => ({ number: PROJECT_NUMBER }),
};

export const PROJECT_NUMBER = "123456789012";

/**
 * @param {string} type of the resource or data source
 * @param {Record<string, any>} given its arguments
 * @returns {Record<string, unknown>} computed values that are known; only where the arguments are
 */
export function computed(type, given) {
  return RULES[type]?.(given) ?? {};
}
