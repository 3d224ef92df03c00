// Up to how many pictures a second each limit lets through.

export const RATES = [1, 10, 100, 1_000, 10_000];

/**
 * @returns {{name: string, perTask: number, limit: number, rate: number, kind: string, raise: string}[]}
 *   the lowest first; `rate` in pictures a second
 */
export function ceilings(figures) {
  const { task } = figures;
  const use = { ...task, firestoreOperations: task.firestoreReads + task.firestoreWrites };
  const limits = figures.limits.map((limit) => {
    if (use[limit.per] === undefined) {
      throw new Error(`${limit.name}: a task has no ${limit.per}`);
    }
    return { ...limit, perTask: use[limit.per], rate: limit.limit / use[limit.per] };
  });
  return [...limits, ...instanceCeilings(figures)].sort((one, other) => one.rate - other.rate);
}

/** @returns {number} pictures a second that one instance of a function is planned for */
export function ratePerInstance(figures, name) {
  const { cpu, concurrency } = figures.services[name];
  return Math.min(
    concurrency / figures.requestSeconds[name],
    (cpu * figures.cpuShare) / figures.cpuSeconds[name],
  );
}

/** @returns {Record<string, number>} instances of each function at that rate */
export function instances(figures, rate) {
  return Object.fromEntries(
    planned(figures).map((name) => [name, Math.ceil(rate / ratePerInstance(figures, name) - 1e-9)]),
  );
}

/** @returns {number} minutes until a limit that grows with the load lets that rate through */
export function rampMinutes(ceiling, rate) {
  const steps = Math.max(0, Math.ceil(Math.log(rate / ceiling.rate) / Math.log(ceiling.growth) - 1e-9));
  return (steps * ceiling.everySeconds) / 60;
}

/** Functions that figures know; a new one of the topology is told by the tests. */
export function planned(figures) {
  return Object.keys(figures.services).filter((name) => figures.cpuSeconds[name] !== undefined);
}

function instanceCeilings(figures) {
  return planned(figures).map((name) => ({
    name: `${figures.maxInstances} instances of ${name}`,
    perTask: 1,
    limit: figures.maxInstances * ratePerInstance(figures, name),
    rate: figures.maxInstances * ratePerInstance(figures, name),
    kind: "setting",
    source: "Terraform's default, concurrency and CPU of topology.yaml, the times above",
    raise: "`scaling` in Terraform, within the region's quota of CPUs",
  }));
}
