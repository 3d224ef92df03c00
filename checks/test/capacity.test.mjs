import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ceilings, instances, rampMinutes, ratePerInstance } from "../capacity/capacity.mjs";
import { costs, costsByUnits } from "../capacity/costs.mjs";
import { entry, figures, pinned } from "../capacity/figures.mjs";
import { PAGES, withTables } from "../capacity/tables.mjs";
import { ROOT } from "../root.mjs";
import { topology } from "../topology.mjs";

const real = figures();
const PRICES = Object.keys(real.prices);

/**
 * Round numbers, so that what comes out can be worked out in one's head.
 *
 * @type {import("../capacity/figures.mjs").Figures}
 */
const made = {
  sideConsumers: {},
  task: {
    firestoreReads: 1,
    firestoreWrites: 1,
    storageWrites: 1,
    storageReads: 0,
    publishRequests: 1,
    pushes: 1,
    publishedBytes: 1,
    pushedBytes: 1,
    visionUnits: 1,
    visionRequests: 2,
    logBytes: 0,
  },
  cpuSeconds: { one: 0.1 },
  requestSeconds: { one: 1 },
  cpuShare: 0.5,
  imageBytes: 1_000_000,
  documentBytes: 0,
  requestLogBytes: 0,
  maxVisionUnits: 2,
  monthly: [],
  services: { one: { cpu: 1, memoryMiB: 1024, concurrency: 20 } },
  keptDays: 365 / 12,
  softDeleteDays: 0,
  maxInstances: 10,
  limits: [{ name: "v", per: "visionRequests", limit: 30, kind: "quota", raise: "", source: "" }],
  edge: {
    workerRequests: 0,
    coordinatorRequests: 0,
    rowsWritten: 0,
    rowsRead: 0,
    watchedSeconds: 0,
    workerCpuSeconds: 0,
    coordinatorBytes: 0,
  },
  prices: new Proxy(
    {},
    {
      get: (_, name) => ({
        price: name === "storageGbMonth" ? 0.5 : name === "runVcpuSecond" ? 1 : 0,
      }),
    },
  ),
};

test("a limit is divided by what an image needs of it, and the lowest comes first", () => {
  assert.deepEqual(
    ceilings(made).map(({ name, rate }) => [name, rate]),
    [
      ["v", 15],
      ["10 instances of one", 50],
    ],
  );
});

test("an instance is full by its CPU or by its open requests, whichever is first", () => {
  assert.equal(ratePerInstance(made, "one"), 5); // half a CPU, a tenth of a second each
  assert.equal(ratePerInstance({ ...made, requestSeconds: { one: 10 } }, "one"), 2); // 20 at once for 10 s
  assert.deepEqual(instances(made, 11), { one: 3 });
});

test("a region's CPUs carry what they can be full with", () => {
  const cpus = {
    ...made,
    limits: [{ ...made.limits[0], name: "cpu", per: "vcpuSeconds", limit: 20 }],
  };
  const [first] = ceilings(/** @type {typeof made} */ (cpus)).filter(({ name }) => name === "cpu");
  assert.equal(first?.rate, 100); // a fifth of a CPU second each
});

test("each feature that is asked for costs a unit", () => {
  const prices = { ...Object.fromEntries(PRICES.map((name) => [name, { price: 0, source: "" }])) };
  const vision = { ...made, prices: { ...prices, visionUnit: { price: 0.0015, source: "" } } };
  assert.deepEqual(
    costsByUnits(vision).map(({ units, dollars }) => [units, dollars]),
    [
      [0, 0],
      [1, 1.5],
      [2, 3],
    ],
  );
});

test("a limit that grows takes its time", () => {
  const ceiling = { rate: 500, growth: 2, everySeconds: 1_200 };
  assert.equal(rampMinutes(ceiling, 400), 0);
  assert.equal(rampMinutes(ceiling, 1_000), 20);
  assert.equal(rampMinutes(ceiling, 4_000), 60);
});

test("a thousand images cost what their lines do", () => {
  const lines = Object.fromEntries(costs(made).map(({ line, dollars }) => [line, dollars]));
  assert.equal(lines["Storage, space"], 1); // 2 GB for a month
  assert.equal(lines["Cloud Run, time"], 200); // a fifth of a CPU second each
  assert.equal(lines["Vision"], 0);
});

test("the figures are those that BudgetIT pins", () => {
  const { task } = real;
  const counters = pinned();
  const history = entry(real.sideConsumers, "log-enhancer");
  assert.equal(
    counters.get("firestore.documents.read/tasks"),
    task.firestoreReads +
      entry(real.sideConsumers, "tag-indexer").firestoreReads +
      history.firestoreReads,
  );
  assert.equal(counters.get("firestore.documents.write/history"), history.firestoreWrites);
  assert.equal(counters.get("firestore.documents.write/tasks"), task.firestoreWrites);
  assert.equal(counters.get("storage.classA/storage.objects.insert"), task.storageWrites);
  assert.equal(counters.get("google.pubsub.v1.Publisher/Publish"), task.publishRequests - 1); // the edge's is REST
  assert.equal(
    counters.get("google.cloud.vision.v1.ImageAnnotator/BatchAnnotateImages"),
    task.visionRequests,
  );
  assert.equal(counters.get("vision.units"), task.visionUnits);
});

test("every function of the chain, and sync, has its figures", () => {
  for (const name of [...topology.chain, "sync"]) {
    assert.ok(entry(real.services, name).concurrency > 0, name);
    assert.ok(entry(real.cpuSeconds, name) > 0, name);
    assert.ok(entry(real.requestSeconds, name) > 0, name);
  }
});

for (const [path, tables] of Object.entries(PAGES)) {
  test(`the tables of ${path} are what the figures give (npm run tables)`, () => {
    const page = readFileSync(join(ROOT, path), "utf8");
    assert.equal(withTables(page, tables, real), page);
  });
}
