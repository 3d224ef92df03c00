// Up to how many images a second each limit lets through.
import { entry } from "./figures.mjs";

export const RATES = [1, 10, 100, 1_000, 10_000];

/** @typedef {import('./figures.mjs').Limit & {perTask: number, rate: number}} Ceiling */

/**
 * @param {import('./figures.mjs').Figures} figures
 * @returns {Ceiling[]} the lowest first; `rate` in images a second
 */
export function ceilings(figures) {
  const { task } = figures;
  /** @type {Record<string, number>} */
  const use = {
    ...task,
    firestoreOperations: task.firestoreReads + task.firestoreWrites,
    vcpuSeconds: runSeconds(figures).cpu,
  };
  const limits = figures.limits.map((limit) => {
    const perTask = entry(use, limit.per);
    return { ...limit, perTask, rate: limit.limit / perTask };
  });
  return [...limits, ...instanceCeilings(figures)].sort((one, other) => one.rate - other.rate);
}

/**
 * @param {import('./figures.mjs').Figures} figures
 * @param {string} name the function's
 * @returns {number} images a second that one instance is planned for
 */
export function ratePerInstance(figures, name) {
  const { cpu, concurrency } = entry(figures.services, name);
  return Math.min(
    concurrency / entry(figures.requestSeconds, name),
    (cpu * figures.cpuShare) / entry(figures.cpuSeconds, name),
  );
}

/**
 * @param {import('./figures.mjs').Figures} figures
 * @param {number} rate images a second
 * @returns {Record<string, number>} instances of each function
 */
export function instances(figures, rate) {
  return Object.fromEntries(
    planned(figures).map((name) => [name, Math.ceil(rate / ratePerInstance(figures, name) - 1e-9)]),
  );
}

/**
 * What an image takes of instances. They are paid for, and count in quotas, as long as any request is open:
 * at best they are full all that time.
 *
 * @param {import('./figures.mjs').Figures} figures
 * @returns {{cpu: number, gib: number}} in vCPU seconds and GiB seconds
 */
export function runSeconds(figures) {
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

/**
 * @param {{rate: number, growth?: number, everySeconds?: number}} ceiling
 * @param {number} rate images a second
 * @returns {number} minutes until a limit that grows with the load lets that rate through
 */
export function rampMinutes({ rate: limit, growth = 1, everySeconds = 0 }, rate) {
  const steps = Math.max(0, Math.ceil(Math.log(rate / limit) / Math.log(growth) - 1e-9));
  return (steps * everySeconds) / 60;
}

/**
 * @param {import('./figures.mjs').Figures} figures
 * @returns {string[]} functions on the path of a task that goes well: others have no figures
 */
export function planned(figures) {
  return Object.keys(figures.services).filter((name) => Object.hasOwn(figures.cpuSeconds, name));
}

/**
 * @param {import('./figures.mjs').Figures} figures
 * @returns {Ceiling[]}
 */
function instanceCeilings(figures) {
  return planned(figures).map((name) => ({
    name: `${figures.maxInstances} instances of ${name}`,
    per: "instances",
    perTask: 1,
    limit: figures.maxInstances * ratePerInstance(figures, name),
    rate: figures.maxInstances * ratePerInstance(figures, name),
    kind: "setting",
    source: "Terraform's default, concurrency and CPU of topology.yaml, the times above",
    raise: "`scaling` in Terraform, within the region's quota of CPUs",
  }));
}
