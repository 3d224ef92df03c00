import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { progress, quantile, rounded, sideBySide } from "./statistics.js";
import { Surroundings } from "./surroundings.js";
import { Workerd } from "./workerd.js";

// An owner who sends 50 times what the channel allows, and what another one notices of it: how long submits
// of theirs take alone, and beside it. Round by round with owners of its own, one after the other.
//
// By default the flood sends its next request once one is answered. That fills workerd, which has one thread here:
// whatever anybody else asks for waits in the same queue. With --seconds both send evenly in that time, whether answered
// or not: the allowance is what the limit is for so long.

const { values } = parseArgs({
  options: {
    allowance: { type: "string", default: "40" },
    concurrency: { type: "string", default: "8" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "0" },
  },
});
const allowance = Number(values.allowance);
const concurrency = Number(values.concurrency);
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const TIMES = 50;
/** Between two submits of the other owner: like somebody who uses the page. */
const PAUSE_MS = 20;

const surroundings = await Surroundings.start();
const edge = await Workerd.start(
  "dist/config.capnp",
  surroundings.environment("oidc", { submissionsPerDay: allowance }),
);
try {
  progress("warming up");
  await other("warm-up");
  const alone: number[] = [];
  const beside: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`);
    alone.push(...(await other(`alone ${round}`)));
    const flood = flooding(`flood ${round}`);
    beside.push(...(await other(`beside ${round}`)));
    const { accepted, refused, took, cpu } = await flood;
    const answers = accepted + refused;
    console.log(
      JSON.stringify({
        case: "flood",
        ...{ allowance, sent: TIMES * allowance, accepted, refused },
        perSecond: rounded(answers / took),
        // With what the other owner's submits took in that time.
        cpuMillisEach: rounded((cpu * 1_000) / answers),
      }),
    );
  }
  const [aloneP95, besideP95] = [quantile(alone, 0.95), quantile(beside, 0.95)];
  console.log(
    JSON.stringify({
      case: "another owner",
      ...{ alone: alone.length, beside: beside.length },
      ...{ aloneP50Millis: quantile(alone, 0.5), besideP50Millis: quantile(beside, 0.5) },
      ...{ aloneP95Millis: aloneP95, besideP95Millis: besideP95 },
      ratio: Math.round((besideP95 / aloneP95) * 100) / 100,
    }),
  );
} finally {
  await edge.stop();
  await surroundings.stop();
}

/** How long each submit of an owner took who stays within the limits. */
async function other(sub: string): Promise<number[]> {
  const took: number[] = [];
  const start = performance.now();
  for (let i = 0; i < allowance; i++) {
    await delay(seconds === 0 ? PAUSE_MS : untilTurn(i, allowance, start));
    const begun = performance.now();
    const status = await submit(sub, `${i}`);
    took.push(performance.now() - begun);
    if (status !== 202) {
      throw new Error(`a submit of the other owner was answered ${status}`);
    }
  }
  return took;
}

interface Flood {
  readonly accepted: number;
  readonly refused: number;
  /** Seconds. */
  readonly took: number;
  /** Seconds of the edge's processor time. */
  readonly cpu: number;
}

async function flooding(sub: string): Promise<Flood> {
  const counts = new Map<number, number>();
  const start = performance.now();
  const cpuBefore = await edge.cpuSeconds();
  const count = TIMES * allowance;
  const send = async (index: number): Promise<void> => {
    const status = await submit(sub, `${index}`);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  };
  const all = Array.from({ length: count }, (_, index) => index);
  if (seconds === 0) {
    await sideBySide(all, concurrency, send);
  } else {
    await Promise.all(
      all.map(async (index) => {
        await delay(untilTurn(index, count, start));
        await send(index);
      }),
    );
  }
  return {
    accepted: counts.get(202) ?? 0,
    refused: counts.get(429) ?? 0,
    took: (performance.now() - start) / 1_000,
    cpu: (await edge.cpuSeconds()) - cpuBefore,
  };
}

/** Milliseconds until the turn of one of so many that are sent evenly. */
function untilTurn(index: number, count: number, start: number): number {
  return Math.max(0, start + (index * seconds * 1_000) / count - performance.now());
}

async function submit(sub: string, key: string): Promise<number> {
  const answer = await fetch(`${edge.url}/v1/tasks`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "idempotency-key": key,
      ...(await surroundings.authorization(sub)),
    },
    body: JSON.stringify({ imageUrl: "https://images.example/a.jpg" }),
  });
  await answer.arrayBuffer();
  return answer.status;
}
