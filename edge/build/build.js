// Makes dist/: the page, the report of the command line, the worker's bundle, workerd's configuration,
// and a link to the workerd binary of this platform. Plain Node; needs `dependencies` only.
import { createRequire } from "node:module";
import { readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { dist, edge } from "./paths.js";
import "./page.js";
import "./report.js";
import { bundleWorker } from "./worker.js";
import { parseWrangler, workerdConfig } from "./workerd-config.js";

const wrangler = parseWrangler(await readFile(join(edge, "wrangler.jsonc"), "utf8"));
await bundleWorker(join(edge, "src", "index.ts"), join(dist, "worker.js"));
const rateLimit = await readFile(join(edge, "build", "rate-limit.js"), "utf8");
await writeFile(join(dist, "config.capnp"), workerdConfig(wrangler, rateLimit));
await linkWorkerd();

/** The platform's own package holds the binary; the package `workerd` only a launcher in JavaScript. */
async function linkWorkerd() {
  const fromWorkerd = createRequire(createRequire(import.meta.url).resolve("workerd"));
  const platform = `${process.platform}-${process.arch === "x64" ? "64" : process.arch}`;
  const binary = fromWorkerd.resolve(`@cloudflare/workerd-${platform}/bin/workerd`);
  const link = join(dist, "workerd");
  await rm(link, { force: true });
  await symlink(relative(dirname(link), binary), link);
}
