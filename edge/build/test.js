// Runs test/*.test.ts on this Node: bundled first, since Node 20 does not run TypeScript. Names of
// tests can be given: `node build/test.js submit publish`. With --e2e, those of test-e2e/.
import { spawnSync } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { dist, edge } from "./paths.js";

const wanted = process.argv.slice(2).filter((word) => word !== "--e2e");
const folder = join(edge, process.argv.includes("--e2e") ? "test-e2e" : "test");
const files = (await readdir(folder))
  .filter((name) => name.endsWith(".test.ts"))
  .filter((name) => wanted.length === 0 || wanted.some((text) => name.includes(text)));
const outdir = join(dist, "test");
await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: files.map((name) => join(folder, name)),
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "esm",
  sourcemap: "inline",
  logLevel: "warning",
});
const bundles = files.map((name) => join(outdir, name.replace(/\.ts$/, ".mjs")));
const { status } = spawnSync(
  process.execPath,
  ["--enable-source-maps", "--test", "--test-reporter=spec", "--test-timeout=240000", ...bundles],
  { cwd: edge, stdio: "inherit" },
);
process.exitCode = status ?? 1;
