// Makes dist/: the page, the report of the command line, the worker's bundle, workerd's configuration,
// and a link to the workerd binary of this platform. Plain Node; needs `dependencies` only.
import { createRequire } from "node:module";
import { readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { build } from "esbuild";
import { dist, edge } from "./paths.js";
import "./page.js";
import "./report.js";
import { parseWrangler, workerdConfig } from "./workerd-config.js";

/**
 * zod's error messages in some fifty languages, a third of the bundle: ours are written at the
 * schemas, in English.
 *
 * @type {import("esbuild").Plugin}
 */
const withoutLocales = {
  name: "without-locales",
  setup(build) {
    build.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export {}",
    }));
  },
};

const wrangler = parseWrangler(await readFile(join(edge, "wrangler.jsonc"), "utf8"));
await build({
  entryPoints: [join(edge, "src", "index.ts")],
  outfile: join(dist, "worker.js"),
  bundle: true,
  format: "esm",
  target: "es2022",
  conditions: ["workerd", "worker", "browser"],
  external: ["cloudflare:*"],
  loader: { ".txt": "text" },
  plugins: [withoutLocales],
  sourcemap: "external",
  logLevel: "warning",
});
await writeFile(join(dist, "config.capnp"), workerdConfig(wrangler));
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
