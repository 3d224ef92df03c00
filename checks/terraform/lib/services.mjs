// What must hold of a deployment once it is applied: that it serves, and that what it replaces is gone.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { ROOT } from "../../root.mjs";

/** @typedef {import("./policy.mjs").Rule} Rule */

/** Left out, a pin by `update-traffic` outlives every later apply. @type {Rule} */
function anApplyServesWhatItDeploys(all) {
  return all
    .filter(({ type }) => type === "google_cloud_run_v2_service")
    .filter(
      ({ values: { traffic = [] } }) =>
        traffic.length !== 1 ||
        traffic[0].type !== "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST" ||
        traffic[0].percent !== 100,
    )
    .map(({ address }) => `${address} keeps the revision that somebody has pinned`);
}

/** Secret Manager publishes on every write of a secret. @type {Rule} */
function keysAreDueWhenSecretManagerSaysSo(all) {
  const subscriptions = all.filter(({ type }) => type === "google_pubsub_subscription");
  return all
    .filter(({ address }) => address.endsWith(`["the edge's keys are due"]`))
    .filter(({ values }) => {
      const { filter } = values.conditions[0].condition_threshold[0];
      const name = /subscription_id = "([\w-]+)"/.exec(filter)?.[1];
      const source = subscriptions.find(({ values: { name: its } }) => its === name);
      return source?.values.filter !== 'attributes.eventType = "SECRET_ROTATE"';
    })
    .map(({ address }) => `${address} fires at every write of a secret`);
}

/** The registry scans what it holds where this API is on, and says nothing where it is not. @type {Rule} */
function imagesAreScannedInTheRegistry(all) {
  const isOn = all.some(
    ({ type, values }) =>
      type === "google_project_service" && values.service === "containerscanning.googleapis.com",
  );
  return isOn
    ? []
    : all
        .filter(({ type }) => type === "google_artifact_registry_repository")
        .map(({ address }) => `${address} is never scanned`);
}

/** @type {Rule} */
function messagesStayInTheRegion(all) {
  const elsewhere = all
    .filter(({ type }) => type === "google_pubsub_topic")
    .filter(({ address }) => address.startsWith("module.pubsub."))
    .filter(
      ({ values }) =>
        values.message_storage_policy?.[0]?.allowed_persistence_regions.join() !== "europe-west1",
    )
    .map(({ address }) => `${address} keeps messages wherever they were published`);
  const global = all
    .filter(({ type }) => type === "cloudflare_workers_script")
    .filter(
      ({ values }) =>
        values.bindings.find((/** @type {any} */ { name }) => name === "PUBSUB_ENDPOINT")?.text !==
        "https://europe-west1-pubsub.googleapis.com",
    )
    .map(({ address }) => `${address} publishes in the region that is nearest to Cloudflare`);
  return [...elsewhere, ...global];
}

/** @type {Rule} */
function documentsAreBackedUp(all) {
  const scheduled = all
    .filter(({ type }) => type === "google_firestore_backup_schedule")
    .filter(({ values }) => values.daily_recurrence.length === 1)
    .map(({ values }) => values.database);
  return all
    .filter(({ type }) => type === "google_firestore_database")
    .filter(({ values }) => !scheduled.includes(values.name))
    .map(({ address }) => `${address} is lost when somebody deletes it`);
}

/** Where the pipeline says which repository it is. @type {Rule} */
function everyAlertLinksToWhatToDo(all) {
  const anchors = headings(readFileSync(join(ROOT, "docs/operations/alerts.md"), "utf8"));
  return all
    .filter(({ type }) => type === "google_monitoring_alert_policy")
    .filter(({ values }) => {
      const [link] = values.documentation[0].links;
      const [page, anchor] = (link?.url ?? "").split("#");
      return !page.endsWith("/docs/operations/alerts.md") || !anchors.includes(anchor);
    })
    .map(({ address }) => `${address} does not say what to do`);
}

/** @type {Record<string, [number, string[]]>} rate, and over which windows: a long and a short one */
const BURNS = { fast: [14.4, ["3600s", "300s"]], slow: [6, ["21600s", "1800s"]] };

/** By two windows, so that an alert is worth its disturbance and ends with its cause. @type {Rule} */
function everyObjectiveIsWatched(all) {
  const objectives = all.filter(({ type }) => type === "google_monitoring_slo");
  const alerts = all.filter(({ type }) => type === "google_monitoring_alert_policy");
  return Object.entries(BURNS)
    .filter(([speed, [rate, windows]]) => {
      const watching = alerts
        .filter(
          ({ values }) => values.combiner === "AND" && values.display_name.endsWith(`, ${speed}`),
        )
        .filter(({ values: { conditions } }) => {
          const found = conditions.map(
            (/** @type {any} */ { display_name, condition_threshold }) => [
              condition_threshold[0].threshold_value,
              display_name.split(" ").at(-1),
            ],
          );
          return isDeepStrictEqual(
            found,
            windows.map((window) => [rate, window]),
          );
        });
      return objectives.length === 0 || watching.length !== objectives.length;
    })
    .map(([speed]) => `not every objective has its ${speed} alert`);
}

export const serviceRules = {
  everyObjectiveIsWatched,
  everyAlertLinksToWhatToDo,
  documentsAreBackedUp,
  messagesStayInTheRegion,
  anApplyServesWhatItDeploys,
  imagesAreScannedInTheRegistry,
  keysAreDueWhenSecretManagerSaysSo,
};

/** Anchors as GitHub makes them. @param {string} page @returns {string[]} */
function headings(page) {
  return [...page.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}
