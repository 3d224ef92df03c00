// The figures of docs/operations, with what other files of the project say already.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../root.mjs";
import { topology } from "../topology.mjs";

/**
 * @typedef {{cpu: number, memoryMiB: number, concurrency: number}} Service
 * @typedef {{name: string, per: string, limit: number, kind: string, source: string, raise: string,
 *   growth?: number, everySeconds?: number}} Limit
 * @typedef {{firestoreReads: number, firestoreWrites: number, storageWrites: number,
 *   storageReads: number, publishRequests: number, pushes: number, visionRequests: number,
 *   visionUnits: number, publishedBytes: number, pushedBytes: number, logBytes: number}} Task
 * @typedef {{workerRequests: number, coordinatorRequests: number, rowsWritten: number,
 *   rowsRead: number, watchedSeconds: number, workerCpuSeconds: number, coordinatorBytes: number}} Edge
 * @typedef {{pushes: number, firestoreReads: number, firestoreWrites: number, edgeCalls: number}} SideConsumer
 * @typedef {{task: Task, sideConsumers: Record<string, SideConsumer>, cpuSeconds: Record<string, number>, requestSeconds: Record<string, number>,
 *   cpuShare: number, imageBytes: number, documentBytes: number, requestLogBytes: number, edge: Edge, limits: Limit[],
 *   maxVisionUnits: number, monthly: {what: string, dollars: number, source: string}[],
 *   prices: Record<string, {price: number, source: string}>, services: Record<string, Service>,
 *   keptDays: number, maxInstances: number, softDeleteDays: number}} Figures
 */

/** @param {string} path of the project */
const read = (path) => readFileSync(join(ROOT, path), "utf8");

/** @returns {Figures} figures.yaml and prices.yaml; services and document TTL of the topology; Terraform's defaults */
export function figures() {
  const variables = read("terraform/variables.tf");
  return {
    ...parse(read("docs/operations/figures.yaml")),
    prices: parse(read("functions/analytics/src/main/resources/prices.yaml")),
    services: Object.fromEntries(
      Object.entries(topology.functions).map(([name, { service }]) => [name, service]),
    ),
    keptDays: parseInt(topology.clocks.documentTtl) / 86_400,
    maxInstances: whole(variables, /max_instances = optional\(number, (\d+)\)/),
    softDeleteDays: whole(variables, /variable "soft_delete_days" \{[^}]*default\s*=\s*(\d+)/),
  };
}

/**
 * @template T
 * @param {Record<string, T>} record
 * @param {string} name
 * @returns {T} what it has by that name, which must be there
 */
export function entry(record, name) {
  const value = record[name];
  if (value === undefined) {
    throw new Error(`no ${name} among ${Object.keys(record).join(", ")}`);
  }
  return value;
}

/** @returns {Map<string, number>} what BudgetIT pins, by the counter's name */
export function pinned() {
  const source = read("runner/src/test/java/dev/in/runner/BudgetIT.java");
  const assertions = /"([\w./]+)"\)\)\s*\.isEqualTo\((\d+)\)/g;
  return new Map(
    [...source.matchAll(assertions)].map(([, name = "", value]) => [name, Number(value)]),
  );
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 */
function whole(text, pattern) {
  const found = pattern.exec(text);
  if (found === null) {
    throw new Error(`nothing in Terraform's variables matches ${pattern}`);
  }
  return Number(found[1]);
}
