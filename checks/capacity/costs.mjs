// What a thousand images cost, line by line.
import { runSeconds } from "./capacity.mjs";
import { entry } from "./figures.mjs";

const DAYS_A_MONTH = 365 / 12;
const COORDINATOR_GB = 0.128;

/**
 * @param {import('./figures.mjs').Figures} figures
 * @returns {{line: string, amount: string, dollars: number}[]} for 1,000 images, dearest first
 */
export function costs(figures) {
  const { task, edge, prices } = figures;
  /** @param {string} name of a price, for a thousand */
  const of = (name) => entry(prices, name).price * 1_000;
  const stored = (1_000 * 2 * figures.imageBytes) / 1e9;
  const months = (figures.keptDays + figures.softDeleteDays) / DAYS_A_MONTH;
  const run = runSeconds(figures);
  const watched = edge.watchedSeconds * COORDINATOR_GB;
  /** @type {[string, string, number][]} */
  const lines = [
    ["Vision", `${task.visionUnits} units each`, task.visionUnits * of("visionUnit")],
    [
      "Storage, space",
      `upload and original, ${stored} GB for ${figures.keptDays} + ${figures.softDeleteDays} days`,
      stored * months * entry(prices, "storageGbMonth").price,
    ],
    [
      "Storage, operations",
      `${task.storageWrites} writes, ${task.storageReads} reads each`,
      task.storageWrites * of("storageClassA") + task.storageReads * of("storageClassB"),
    ],
    [
      "Firestore",
      `${task.firestoreReads} reads, ${task.firestoreWrites} writes, one deletion each`,
      task.firestoreReads * of("firestoreRead") +
        task.firestoreWrites * of("firestoreWrite") +
        of("firestoreDelete"),
    ],
    [
      "Pub/Sub",
      `${task.publishedBytes + task.pushedBytes} bytes each, as billed`,
      (task.publishedBytes + task.pushedBytes) * of("pubsubByte"),
    ],
    ["Cloud Run, requests", `${task.pushes} each`, task.pushes * of("runRequest")],
    [
      "Cloud Run, time",
      `${round(run.cpu)} vCPU seconds and ${round(run.gib)} GiB seconds each, all instances full`,
      run.cpu * of("runVcpuSecond") + run.gib * of("runGibSecond"),
    ],
    [
      "Firestore, space",
      `${figures.documentBytes} bytes each, indexes included, for ${figures.keptDays} days`,
      ((1_000 * figures.documentBytes) / 2 ** 30) *
        (figures.keptDays / DAYS_A_MONTH) *
        entry(prices, "firestoreGibMonth").price,
    ],
    ["Logs", `${task.logBytes} bytes each`, (task.logBytes / 2 ** 30) * of("logGib")],
    [
      "Logs of Cloud Run's requests",
      `${task.pushes} of ${figures.requestLogBytes} bytes each`,
      ((task.pushes * figures.requestLogBytes) / 2 ** 30) * of("logGib"),
    ],
    [
      "Cloudflare, requests",
      `${edge.workerRequests} of the Worker, ${edge.coordinatorRequests} of its coordinator each`,
      edge.workerRequests * of("workerRequest") +
        edge.workerRequests * edge.workerCpuSeconds * of("workerCpuSecond") +
        edge.coordinatorRequests * of("coordinatorRequest"),
    ],
    [
      "Cloudflare, coordinators",
      `${edge.rowsWritten} rows written, watched for ${edge.watchedSeconds} s each`,
      edge.rowsWritten * of("rowWritten") +
        edge.rowsRead * of("rowRead") +
        watched * of("coordinatorGbSecond"),
    ],
  ];
  lines.push([
    "Cloudflare, space",
    `coordinators of ${edge.coordinatorBytes} bytes for ${figures.keptDays} days`,
    ((1_000 * edge.coordinatorBytes) / 1e9) *
      (figures.keptDays / DAYS_A_MONTH) *
      entry(prices, "coordinatorGbMonth").price,
  ]);
  return lines
    .map(([line, amount, dollars]) => ({ line, amount, dollars }))
    .sort((one, other) => other.dollars - one.dollars);
}

/**
 * @param {import('./figures.mjs').Figures} figures
 * @returns {number} dollars for one image
 */
export function dollarsPerImage(figures) {
  return costs(figures).reduce((sum, { dollars }) => sum + dollars, 0) / 1_000;
}

/**
 * Users choose what is analysed, and Vision counts a unit for each feature.
 *
 * @param {import('./figures.mjs').Figures} figures
 * @returns {{units: number, dollars: number}[]} for 1,000 images, for each number of units
 */
export function costsByUnits(figures) {
  return Array.from({ length: figures.maxVisionUnits + 1 }, (_, units) => ({
    units,
    dollars: 1_000 * dollarsPerImage({ ...figures, task: { ...figures.task, visionUnits: units } }),
  }));
}

/** @param {number} value */
function round(value) {
  return Number(value.toPrecision(2));
}
