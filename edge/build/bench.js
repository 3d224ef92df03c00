// Runs a measurement of bench/ on this Node: `node build/bench.js NAME [OPTION...]`. It needs `npm run build`
// before, and `dependencies` only.
import { spawnSync } from "node:child_process";
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { dist, edge } from "./paths.js";
import { bundleWorker } from "./worker.js";

const [name = "", ...options] = process.argv.slice(2);
const names = (await readdir(join(edge, "bench")))
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => file.replace(".bench.ts", ""));
if (!names.includes(name)) {
  console.error(`Usage: node build/bench.js ${names.join("|")} [OPTION...]`);
  process.exit(2);
}
const outfile = join(dist, "bench", `${name}.mjs`);
await build({
  entryPoints: [join(edge, "bench", `${name}.bench.ts`)],
  outfile,
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "esm",
  logLevel: "warning",
});
for (const worker of ["account", "sockets"]) {
  const folder = join(dist, "bench", worker);
  await mkdir(folder, { recursive: true });
  await bundleWorker(join(edge, "bench", "worker", `${worker}.ts`), join(folder, "worker.js"));
}
await copyFile(join(dist, "config.capnp"), join(dist, "bench", "account", "config.capnp"));
await copyFile(
  join(edge, "bench", "worker", "sockets.capnp"),
  join(dist, "bench", "sockets", "config.capnp"),
);
// Node 20 has a WebSocket, but not without being asked for it.
const flags = "WebSocket" in globalThis ? [] : ["--experimental-websocket", "--no-warnings"];
const { status } = spawnSync(process.execPath, [...flags, outfile, ...options], {
  cwd: edge,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
