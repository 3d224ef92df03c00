import { parseArgs } from "node:util";
import { progress, quantile, rounded, sideBySide } from "./statistics.js";
import { Surroundings } from "./surroundings.js";
import { Workerd } from "./workerd.js";

// How many tasks a second one account takes: submits by HTTP, as one owner sends them, with a Pub/Sub that
// takes everything at once; and how many reports its object alone takes, without coordinators.

const { values } = parseArgs({
  options: {
    tasks: { type: "string", default: "2000" },
    concurrency: { type: "string", default: "32" },
    rounds: { type: "string", default: "3" },
  },
});
const tasks = Number(values.tasks);
const concurrency = Number(values.concurrency);
const rounds = Number(values.rounds);

const surroundings = await Surroundings.start();
const edge = await Workerd.start(
  "dist/bench/account/config.capnp",
  surroundings.environment("none"),
);
try {
  progress("warming up");
  await submitAll(200);
  await reportAll(0, 500);
  for (let round = 1; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`);
    await report("submits", async () => await submitAll(tasks));
    await report("reports", async () => await reportAll(round * tasks, tasks));
  }
} finally {
  await edge.stop();
  await surroundings.stop();
}

async function report(what: string, work: () => Promise<readonly number[]>): Promise<void> {
  const cpu = await edge.cpuSeconds();
  const begun = performance.now();
  const took = await work();
  const seconds = (performance.now() - begun) / 1_000;
  console.log(
    JSON.stringify({
      case: what,
      tasks,
      perSecond: rounded(tasks / seconds),
      ...(took.length === 0
        ? {}
        : { p50Millis: quantile(took, 0.5), p95Millis: quantile(took, 0.95) }),
      cpuMillisEach: rounded((((await edge.cpuSeconds()) - cpu) / tasks) * 1_000),
    }),
  );
}

/** How long each submit took. */
async function submitAll(count: number): Promise<number[]> {
  const took: number[] = [];
  const body = JSON.stringify({ imageUrl: "https://images.example/a.jpg", fileName: "a.jpg" });
  const all = Array.from({ length: count }, (_, index) => index);
  await sideBySide(all, concurrency, async () => {
    const begun = performance.now();
    const answer = await fetch(`${edge.url}/v1/tasks`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    await answer.arrayBuffer();
    if (answer.status !== 202) {
      throw new Error(`a submit was answered ${answer.status}`);
    }
    took.push(performance.now() - begun);
  });
  return took;
}

async function reportAll(from: number, count: number): Promise<readonly number[]> {
  const answer = await fetch(`${edge.url}/bench/reports?from=${from}&count=${count}`);
  if (answer.status !== 204) {
    throw new Error(await answer.text());
  }
  return [];
}
