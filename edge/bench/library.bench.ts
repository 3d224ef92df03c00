import { parseArgs } from "node:util";
import { progress, quantile } from "./statistics.js";
import { Surroundings } from "./surroundings.js";
import { wordOf } from "./worker/words.js";
import { Workerd } from "./workerd.js";

// How long a search takes in a library of many entries of one owner, as its owner waits for it.

const { values } = parseArgs({
  options: {
    entries: { type: "string", default: "100000" },
    rounds: { type: "string", default: "40" },
  },
});
const entries = Number(values.entries);
const rounds = Number(values.rounds);
const FILL_PAGE = 2_000;

/** Words are numbered by how frequent they are: the first is in most texts. */
const SEARCHES: readonly (readonly [name: string, q: (round: number) => string])[] = [
  ["a frequent word", (round) => wordOf(1 + (round % 5))],
  ["a rare word", (round) => wordOf(15_000 + round * 7)],
  ["nothing that is there", (round) => `nothing${round}`],
  ["one letter", (round) => "bdfghklmnprstv".charAt(round % 14)],
  ["two letters", (round) => wordOf(round).slice(0, 2)],
  ["three letters", (round) => wordOf(round).slice(0, 3)],
  ["two frequent words", (round) => `${wordOf(1 + (round % 5))} label1`],
  ["a frequent and a rare word", (round) => `${wordOf(1)} ${wordOf(9_000 + round)}`],
  ["frequent words, one next to the other", (round) => `"${wordOf(1)} ${wordOf(2 + (round % 5))}"`],
  ["camera and colour", () => "camera:canon color:teal"],
  [
    "a word, camera, colour and days",
    (round) => `${wordOf(1 + round)} camera:nikon color:red after:2026-09-01`,
  ],
  ["a frequent word of failed tasks", () => "label1 status:failed"],
  ["a frequent word on few days", () => "label1 before:2025-10-05"],
  ["few days", () => "after:2026-01-01 before:2026-01-03"],
  ["no day at all", () => "before:2001-01-01"],
];

const surroundings = await Surroundings.start();
const edge = await Workerd.start(
  "dist/bench/account/config.capnp",
  surroundings.environment("none"),
);
try {
  progress(`filling a library with ${entries} entries`);
  for (let from = 0; from < entries; from += FILL_PAGE) {
    const count = Math.min(FILL_PAGE, entries - from);
    const answer = await fetch(`${edge.url}/bench/fill?from=${from}&count=${count}`);
    if (answer.status !== 204) {
      throw new Error(await answer.text());
    }
  }
  progress("searching");
  const all: number[] = [];
  const times = new Map<string, number[]>();
  const found = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, q] of SEARCHES) {
      const begun = performance.now();
      const answer = await fetch(`${edge.url}/v1/search?q=${encodeURIComponent(q(round))}`);
      const page = (await answer.json()) as { items: object[]; nextCursor?: string };
      const took = performance.now() - begun;
      if (answer.status !== 200) {
        throw new Error(JSON.stringify(page));
      }
      all.push(took);
      times.set(name, [...(times.get(name) ?? []), took]);
      found.set(name, page.items.length);
    }
  }
  for (const [name, took] of times) {
    console.log(
      JSON.stringify({
        search: name,
        items: found.get(name),
        p50Millis: quantile(took, 0.5),
        p95Millis: quantile(took, 0.95),
      }),
    );
  }
  console.log(
    JSON.stringify({
      search: "all",
      entries,
      p50Millis: quantile(all, 0.5),
      p95Millis: quantile(all, 0.95),
      maxMillis: quantile(all, 1),
    }),
  );
} finally {
  await edge.stop();
  await surroundings.stop();
}
