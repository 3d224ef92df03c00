// Grafana dashboards against the metrics that the functions have.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.mjs";

const FOLDER = join(ROOT, "docs/operations/dashboards");
const METRICS = join(ROOT, "functions/core/src/test/resources/metrics.txt");

/**
 * @typedef {{title: string, type: string, datasource: {uid: string}, targets?: {expr: string}[]}} Panel
 * @typedef {{name: string, json: {panels: Panel[]}}} Dashboard
 */

/** @returns {Dashboard[]} every dashboard */
export function dashboards() {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .map((name) => ({ name, json: JSON.parse(readFileSync(join(FOLDER, name), "utf8")) }));
}

/**
 * iN's own series with their labels, as core's MetersTest holds them.
 * @returns {Map<string, Set<string>>}
 */
export function ownMetrics() {
  const lines = readFileSync(METRICS, "utf8").split("\n");
  return new Map(
    lines.flatMap((line) => {
      const [, name, labels = ""] = /^(\w+)\{([\w,]*)\}$/.exec(line.trim()) ?? [];
      return name === undefined ? [] : [[name, new Set([...labels.split(","), "function"])]];
    }),
  );
}

/**
 * @param {Dashboard} dashboard
 * @returns {string[]} the PromQL of every panel
 */
export function queries({ json }) {
  return json.panels.flatMap((panel) => (panel.targets ?? []).map((target) => target.expr));
}

/**
 * @param {string} query PromQL
 * @returns {string[]} what is wrong in it about iN's own series
 */
export function strangers(query, metrics = ownMetrics()) {
  const used = [...query.matchAll(/\b(in_\w+)(?:\{([^}]*)\})?/g)];
  const grouped = [...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, by = ""]) =>
    by.split(/,\s*/),
  );
  return used.flatMap(([, name = "", selector = ""]) => {
    const labels = metrics.get(name);
    if (labels === undefined) {
      return [`there is no metric ${name}`];
    }
    const asked = [...selector.matchAll(/(\w+)\s*[!=]/g)].map(([, label = ""]) => label);
    return [...asked, ...grouped]
      .filter((label) => !labels.has(label))
      .map((label) => `${name} has no label ${label}`);
  });
}

/**
 * @param {string} terraform the source of a dashboard of Cloud Monitoring
 * @returns {string[]} PromQL for each chart of Managed Service for Prometheus: metric and label
 */
export function managedCharts(terraform) {
  return terraform.split("\n").flatMap((line) => {
    const [, metric] = /prometheus\.googleapis\.com\/(\w+)\/gauge/.exec(line) ?? [];
    const [, label] = /metric\.label\.(\w+)/.exec(line) ?? [];
    return metric === undefined ? [] : [`max by (${label}) (${metric})`];
  });
}
