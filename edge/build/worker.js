import { build } from "esbuild";

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

/**
 * One file for workerd, with a source map beside it.
 *
 * @param {string} entryPoint
 * @param {string} outfile
 */
export async function bundleWorker(entryPoint, outfile) {
  await build({
    entryPoints: [entryPoint],
    outfile,
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
}
