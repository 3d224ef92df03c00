// What a task costs on a running `./in up`: node capacity/measure.mjs IMAGE COUNT
//
// Submits the image COUNT times, in three rounds, and prints for each round the CPU time of each
// process for a task, and after the last what the local cloud counted for a task. Linux only.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { ROOT } from "../root.mjs";

const ROUNDS = 3;
const [image = "", countText = "1"] = process.argv.slice(2);
const count = Number(countText);
/** @type {{url: string, hosts: {pubsub: string}, processes: {name: string, pid: number}[]}} */
const up = JSON.parse(readFileSync(join(ROOT, ".in/up.json"), "utf8"));
const counters = `http://${up.hosts.pubsub}/_in/counters`;
const ticks = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

const folder = mkdtempSync(join(tmpdir(), "in-measure-"));
try {
  for (let i = 0; i < count; i++) {
    copyFileSync(image, join(folder, `${i}${extname(image)}`));
  }
  for (let round = 1; round <= ROUNDS; round++) {
    await fetch(counters, { method: "DELETE" });
    const before = cpu();
    submit();
    const after = cpu();
    for (const [name, seconds] of Object.entries(after)) {
      console.log(
        `round ${round}: ${name} ${((seconds - (before[name] ?? 0)) / count).toFixed(4)} s CPU a task`,
      );
    }
  }
  /** @type {Record<string, number>} */
  const counted = await (await fetch(counters)).json();
  for (const [name, value] of Object.entries(counted)) {
    console.log(`${name}: ${value / count} a task`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** User and system time of each process, in seconds: proc_pid_stat(5). */
function cpu() {
  return Object.fromEntries(
    up.processes.map(({ name, pid }) => {
      const afterName =
        readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").pop()?.split(" ") ?? [];
      return [name, (Number(afterName[11]) + Number(afterName[12])) / ticks];
    }),
  );
}

function submit() {
  execFileSync(join(ROOT, "in"), ["submit", "--to", up.url, "--json", folder], {
    stdio: ["ignore", "ignore", "inherit"],
    maxBuffer: 2 ** 26,
  });
}
