import { strict as assert } from "node:assert";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { Receiver } from "./support/receiver.js";
import { Stage } from "./support/stage.js";
import { WebhookClient } from "./support/webhook-client.js";

const run = promisify(execFile);
const TSC = resolve("node_modules", ".bin", "tsc");
const TIMEOUT_MS = 60_000;

/** The README's address of the edge, and its receiver's port. */
const ADDRESS = "http://127.0.0.1:8787";
const PORT = "9000";

const SETTINGS = {
  compilerOptions: {
    target: "es2022",
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    // The client's own declarations are checked, too.
    skipLibCheck: false,
    noEmitOnError: true,
    types: ["node"],
    typeRoots: [resolve("node_modules", "@types")],
  },
};

/** Stands in for React, which the client does not need. */
const REACT = `declare module "react" {
  export function useEffect(effect: () => () => void, dependencies: readonly unknown[]): void;
  export function useSyncExternalStore<T>(
    subscribe: (listener: () => void) => () => void,
    getSnapshot: () => T,
  ): T;
}
`;

void describe("The client's package, installed in an empty project", () => {
  let project: string;
  let stage: Stage;
  let blocks: readonly string[];
  before(async () => {
    project = await mkdtemp(join(tmpdir(), "in-client-"));
    stage = await Stage.start({ IN_FETCH_ALLOW: `127.0.0.1:${await freePort()}` });
    blocks = codeOf("From a program", await readFile(join("..", "README.md"), "utf8"));
    await install(project);
  });
  after(async () => {
    await stage.stop();
    await rm(project, { recursive: true });
  });

  const port = (): string => stage.environment["IN_FETCH_ALLOW"]?.split(":").at(-1) ?? "";
  /** The README's lines, at this edge. */
  const here = (block = ""): string =>
    block.replaceAll(ADDRESS, stage.edge.url).replaceAll(PORT, port());

  void test("compiles under strict TypeScript, as does the hook of React", async () => {
    const [, client = "", webhook = ""] = blocks;
    await writeFile(join(project, "client.mts"), here(client));
    const { secret } = await webhookOf(stage, port());
    await writeFile(join(project, "receiver.mts"), here(webhook).replace("whsec_SECRET", secret));
    await writeFile(join(project, "react.d.ts"), REACT);
    const examples = join(project, "node_modules", "in-client", "examples");
    await cp(join(examples, "use-tasks.ts"), join(project, "use-tasks.mts"));
    await run(TSC, ["-p", project], { timeout: TIMEOUT_MS });
    const wrong = here(client).replace(".status", ".state");
    await writeFile(join(project, "wrong.mts"), wrong);
    const refused = run(TSC, ["-p", project, "--noEmit"], { timeout: TIMEOUT_MS });
    await assert.rejects(refused, ({ stdout }: { stdout: string }) => {
      assert.match(stdout, /Property 'state' does not exist/);
      return true;
    });
    await rm(join(project, "wrong.mts"));
  });

  void test("runs the README's lines of curl", async () => {
    const [curl = ""] = blocks;
    const [submit = "", watch = ""] = here(curl).split(/\n(?=curl -N)/);
    const shell = async (line: string): Promise<string> =>
      (await run("sh", ["-ec", line], { timeout: TIMEOUT_MS })).stdout;
    const { taskId } = JSON.parse(await shell(submit)) as { taskId: string };
    await ended(stage, taskId);
    const events = await shell(watch.replace("TASK", taskId));
    assert.match(events, /event: status\ndata: .*"status":"completed"/);
  });

  void test("runs the README's lines of the client and of the receiver", async () => {
    const printing = start(project, "receiver.mjs");
    const client = start(project, "client.mjs");
    try {
      const taskId = await nextTask(stage);
      await ended(stage, taskId);
      assert.equal(await client.line(/completed|failed/), "completed");
      // The end of the task before is delivered late, too: nothing listened then.
      await printing.line(new RegExp(`^task\\.completed ${taskId}$`));
    } finally {
      client.stop();
      printing.stop();
    }
  });
});

/** Packs the client, and installs it without a network. */
async function install(project: string): Promise<void> {
  const npm = (args: readonly string[], cwd: string) =>
    run("npm", [...args, "--ignore-scripts", `--cache=${join(project, ".npm")}`], {
      cwd,
      timeout: TIMEOUT_MS,
    });
  await run(TSC, ["-p", "client"], { timeout: TIMEOUT_MS });
  await npm(["pack", `--pack-destination=${project}`], "client");
  const [archive = ""] = (await readdir(project)).filter((name) => name.endsWith(".tgz"));
  await writeFile(join(project, "package.json"), JSON.stringify({ type: "module", private: true }));
  await writeFile(join(project, "tsconfig.json"), JSON.stringify(SETTINGS));
  await npm(["install", "--offline", "--no-audit", "--no-fund", `./${archive}`], project);
}

/** The indented blocks of code of a section. */
function codeOf(section: string, markdown: string): readonly string[] {
  const [, text = ""] = markdown.split(`## ${section}\n`);
  const [own = ""] = text.split(/^## /m);
  const blocks = own.match(/(?:^ {4}.*\n)+/gm) ?? [];
  assert.equal(blocks.length, 3);
  return blocks.map((block) => block.replaceAll(/^ {4}/gm, ""));
}

function webhookOf(stage: Stage, port: string): Promise<{ readonly secret: string }> {
  return new WebhookClient(stage).create(`http://127.0.0.1:${port}/`, ["task.completed"]);
}

async function ended(stage: Stage, taskId: string): Promise<void> {
  assert.equal(await stage.putStatus(taskId, { status: "completed" }), 204);
}

/** The task that is submitted next and has not ended. */
async function nextTask(stage: Stage): Promise<string> {
  for (;;) {
    const response = await stage.edge.fetch("/v1/tasks?status=processing_in_gcp");
    const { items } = (await response.json()) as { items: { taskId: string }[] };
    const [first] = items;
    if (first !== undefined) {
      return first.taskId;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Program {
  /** The next line that it prints which is like that. */
  readonly line: (like: RegExp) => Promise<string>;
  readonly stop: () => void;
}

function start(project: string, file: string): Program {
  const child: ChildProcess = spawn(process.execPath, [file], {
    cwd: project,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output = child.stdout;
  assert.ok(output !== null);
  const lines = createInterface({ input: output })[Symbol.asyncIterator]();
  return {
    line: async (like) => {
      for (;;) {
        const next: IteratorResult<string, undefined> = await lines.next();
        if (next.done === true) {
          throw new Error(`${file} ended before it printed ${like.source}`);
        }
        if (like.test(next.value)) {
          return next.value;
        }
      }
    },
    stop: () => child.kill("SIGKILL"),
  };
}

async function freePort(): Promise<number> {
  const other = await Receiver.start();
  const port = Number(other.host.split(":").at(-1));
  await other.stop();
  return port;
}
