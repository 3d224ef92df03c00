import type { LibraryEntry } from "../../src/generated/library.js";
import { wordOf } from "./words.js";
import edge, { AccountDO as Account } from "../../src/index.js";

export { BatchDO, BudgetDO, TaskCoordinatorDO, WebhookDO } from "../../src/index.js";

const CONCURRENCY = 64;
const START = 1_790_000_000_000;
const CAMERAS = ["Canon EOS R5", "NIKON Z 6", "SONY ILCE-7M4", "Apple iPhone 16", "FUJIFILM X-T5"];
const COLORS = ["red", "orange", "yellow", "green", "teal", "blue", "purple", "black", "white"];
const VOCABULARY = 20_000;
const WORDS_OF_TEXT = 60;

/** An account that can be filled at once. */
export class AccountDO extends Account {
  /** Tasks that have ended, with entries of words that are as frequent as in a language. */
  async fill(from: number, count: number): Promise<void> {
    for (let i = from; i < from + count; i++) {
      const taskId = taskIdOf(i);
      const createdAt = START + i * 1_000;
      await this.report(endOf(i));
      await this.index(taskId, entryOf(i, createdAt));
    }
  }
}

export default {
  async fetch(request, env, ctx): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const from = Number(searchParams.get("from"));
    const count = Number(searchParams.get("count"));
    const accounts = env.ACCOUNTS as unknown as DurableObjectNamespace<AccountDO>;
    switch (pathname) {
      case "/bench/fill":
        await accounts.getByName("local").fill(from, count);
        return new Response(null, { status: 204 });
      case "/bench/reports":
        await reportAll(accounts.getByName("reports"), from, count);
        return new Response(null, { status: 204 });
      default:
        return await edge.fetch(request, env, ctx);
    }
  },
} satisfies ExportedHandler<Env>;

/** Each by a call of its own, as coordinators report. */
async function reportAll(
  account: DurableObjectStub<AccountDO>,
  from: number,
  count: number,
): Promise<void> {
  let next = from;
  const one = async (): Promise<void> => {
    while (next < from + count) {
      await account.report(endOf(next++));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, one));
}

function endOf(i: number): Parameters<Account["report"]>[0] {
  const createdAt = START + i * 1_000;
  return {
    taskId: taskIdOf(i),
    createdAt,
    version: 3,
    updatedAt: createdAt + 500,
    status: i % 50 === 0 ? "failed" : "completed",
    run: 1,
    runStartedAt: createdAt,
    priority: "normal",
    fileName: `IMG_${i}.jpg`,
  };
}

function taskIdOf(i: number): string {
  return `bench${String(i).padStart(17, "0")}`;
}

function entryOf(i: number, createdAt: number): LibraryEntry {
  const random = randomOf(i);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  // The n-th word is about n times as rare as the first.
  const word = (): string => wordOf(Math.floor(VOCABULARY ** random()));
  return {
    version: 1,
    status: "completed",
    createdAt,
    contentType: "image/jpeg",
    ...{ sizeBytes: 480_000, width: 4_000, height: 3_000 },
    ...(i % 3 === 0 ? { text: Array.from({ length: WORDS_OF_TEXT }, word).join(" ") } : {}),
    labels: [`label${Math.floor(200 ** random())}`, `label${Math.floor(200 ** random())}`],
    keywords: i % 10 === 0 ? [word(), word()] : [],
    colors: [pick(COLORS), pick(COLORS)],
    camera: pick(CAMERAS),
    lens: "24-70mm F2.8",
    day: new Date(createdAt - Math.floor(random() * 3e10)).toISOString().slice(0, 10),
  };
}

/** Mulberry32: the same entries every time. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
