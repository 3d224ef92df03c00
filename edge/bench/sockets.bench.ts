import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Reader } from "./reader.js";
import { progress, quantile, rounded, sideBySide } from "./statistics.js";
import { Surroundings } from "./surroundings.js";
import { Workerd } from "./workerd.js";

// Many WebSockets on the feeds of some accounts, and all on one: how long they take to connect and an entry
// to reach them all, what each costs, and that every one receives every entry, over a SIGKILL, too. The
// same with the least Worker that accepts hibernating WebSockets, in the same run.

const { values } = parseArgs({
  options: {
    sockets: { type: "string", default: "5000" },
    accounts: { type: "string", default: "50" },
    rounds: { type: "string", default: "3" },
  },
});
const sockets = Number(values.sockets);
const accounts = Math.min(Number(values.accounts), sockets);
const rounds = Number(values.rounds);

const CONNECTING = 100;
const SUBMITTING = 10;
const TIMEOUT_MS = 120_000;
/** Files of either side that are no sockets. */
const OTHER_FILES = 500;
const EXIT_ENVIRONMENT = 3;

/** Who is measured. */
interface Subject {
  readonly name: string;
  readonly workerd: Workerd;
  /** How many entries one event is. */
  readonly entriesPerEvent: number;
  url(account: number): string;
  headers(account: number): Promise<Readonly<Record<string, string>>>;
  /** Lets something happen that all readers of the account receive. */
  event(account: number): Promise<void>;
}

await requireFiles();
const surroundings = await Surroundings.start();
try {
  for (const count of accounts === 1 ? [1] : [accounts, 1]) {
    for (const start of [startEdge, startBare]) {
      const subject = await start();
      try {
        await measure(subject, count);
      } finally {
        await subject.workerd.stop();
      }
    }
  }
} finally {
  await surroundings.stop();
}
// Sockets that are left would keep this process.
process.exit();

async function measure(subject: Subject, count: number): Promise<void> {
  const { name, workerd, entriesPerEvent } = subject;
  progress(
    `${name}: ${sockets} WebSockets on ${count === 1 ? "one account" : `${count} accounts`}`,
  );
  const took: number[] = [];
  const begunAt = new Map<number, number>();
  const readers = Array.from({ length: sockets }, (_, index) => {
    return new Reader(index % count, ({ account }, type) => {
      if (type === "task.submitted") {
        took.push(performance.now() - (begunAt.get(account) ?? NaN));
      }
    });
  });
  const all = Array.from({ length: count }, (_, account) => account);
  await sideBySide(all, SUBMITTING, async (account) => {
    // The objects exist before their sockets are weighed.
    await subject.headers(account);
    await fetch(subject.url(account), { headers: await subject.headers(account) });
  });
  const before = await workerd.rssKib();
  const connectSeconds = await connectAll(subject, readers);
  const kibPerSocket = ((await workerd.rssKib()) - before) / sockets;

  let events = 0;
  const broadcast = async (): Promise<void> => {
    await sideBySide(all, SUBMITTING, async (account) => {
      begunAt.set(account, performance.now());
      await subject.event(account);
    });
    events++;
  };
  for (let round = 0; round < rounds; round++) {
    await broadcast();
    await allReceived(readers, events * entriesPerEvent);
  }
  const broadcastP95Millis = quantile(took, 0.95);
  if (name === "edge") {
    progress("edge: SIGKILL, an event that nobody reads, and everyone again");
    await workerd.kill();
    await workerd.restart();
    await broadcast();
    const resumeSeconds = await connectAll(subject, readers);
    await broadcast();
    await allReceived(readers, events * entriesPerEvent);
    progress(`edge: all resumed in ${resumeSeconds} s, and nothing was missing or came twice`);
  }
  console.log(
    JSON.stringify({
      subject: name,
      accounts: count,
      sockets,
      connectSeconds,
      broadcastP95Millis,
      kibPerSocket: rounded(kibPerSocket),
    }),
  );
}

async function connectAll(subject: Subject, readers: readonly Reader[]): Promise<number> {
  const begun = performance.now();
  await sideBySide(readers, CONNECTING, async (reader) => {
    await reader.open(subject.url(reader.account), await subject.headers(reader.account));
  });
  return rounded((performance.now() - begun) / 1_000);
}

async function allReceived(readers: readonly Reader[], seq: number): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS;
  while (readers.some((reader) => reader.seq < seq)) {
    if (performance.now() > deadline) {
      const missing = readers.filter((reader) => reader.seq < seq);
      const open = missing.filter(({ isOpen }) => isOpen).length;
      throw new Error(`${missing.length} WebSockets, ${open} of them open, lack entry ${seq}`);
    }
    await delay(10);
  }
}

async function startEdge(): Promise<Subject> {
  const environment = surroundings.environment("oidc");
  const workerd = await Workerd.start("dist/config.capnp", environment);
  const headers = (account: number): Promise<{ readonly authorization: string }> =>
    surroundings.authorization(`user-${account}`);
  return {
    ...{ name: "edge", workerd, headers },
    // That a task was submitted, and that it is being processed.
    entriesPerEvent: 2,
    url: () => `${workerd.url}/v1/ws`,
    event: async (account) => {
      const answer = await fetch(`${workerd.url}/v1/tasks`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(await headers(account)) },
        body: JSON.stringify({ imageUrl: "https://images.example/a.jpg" }),
      });
      if (answer.status !== 202) {
        throw new Error(`a submit was answered ${answer.status}: ${await answer.text()}`);
      }
    },
  };
}

async function startBare(): Promise<Subject> {
  const workerd = await Workerd.start("dist/bench/sockets/config.capnp");
  const seqs = new Map<number, number>();
  const url = (account: number): string => `${workerd.url}/${account}`;
  return {
    ...{ name: "workerd", workerd, url, entriesPerEvent: 1 },
    headers: () => Promise.resolve({}),
    event: async (account) => {
      const seq = (seqs.get(account) ?? 0) + 1;
      seqs.set(account, seq);
      // As long as an entry.
      const entry = { seq, type: "task.submitted", data: "x".repeat(300) };
      await fetch(url(account), { method: "POST", body: JSON.stringify(entry) });
    },
  };
}

/** Both this process and workerd need a file for each socket; Node has raised the soft limit already. */
async function requireFiles(): Promise<void> {
  const limits = await readFile("/proc/self/limits", "utf8");
  const [, soft = ""] = /Max open files\s+(\S+)/.exec(limits) ?? [];
  const needed = sockets + OTHER_FILES;
  if (soft !== "unlimited" && Number(soft) < needed) {
    console.error(
      `bench: ${sockets} WebSockets need ${needed} open files, and this process may have ${soft}: ` +
        "raise the hard limit (ulimit -Hn), or measure fewer with --sockets",
    );
    process.exit(EXIT_ENVIRONMENT);
  }
}
