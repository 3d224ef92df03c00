// What a thousand images cost, line by line.
import { planned, ratePerInstance } from "./capacity.mjs";
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
    ["Logs", `${task.logBytes} bytes each`, (task.logBytes / 2 ** 30) * of("logGib")],
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
  return lines
    .map(([line, amount, dollars]) => ({ line, amount, dollars }))
    .sort((one, other) => other.dollars - one.dollars);
}

/**
 * An instance is paid for as long as any request is open: at best it is full all that time.
 *
 * @param {import('./figures.mjs').Figures} figures
 */
function runSeconds(figures) {
  return planned(figures)
    .map((name) => ({
      service: entry(figures.services, name),
      seconds: 1 / ratePerInstance(figures, name),
    }))
    .reduce(
      (sum, { service, seconds }) => ({
        cpu: sum.cpu + service.cpu * seconds,
        gib: sum.gib + (service.memoryMiB / 1_024) * seconds,
      }),
      { cpu: 0, gib: 0 },
    );
}

/** @param {number} value */
function round(value) {
  return Number(value.toPrecision(2));
}
