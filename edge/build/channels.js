// Checks files of channels: `node build/channels.js FILE...`. Needs `dependencies` only.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { dist, edge } from "./paths.js";

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error("Usage: node build/channels.js FILE...");
  process.exit(2);
}
const outfile = join(dist, "channels.mjs");
await build({
  entryPoints: [join(edge, "src", "channels", "channel-file.ts")],
  outfile,
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  logLevel: "warning",
});
/** @type {{ parseChannelFile: (file: string) => readonly { name: string }[] }} */
const { parseChannelFile } = await import(pathToFileURL(outfile).href);
for (const file of files) {
  try {
    const names = parseChannelFile(await readFile(file, "utf8")).map(({ name }) => name);
    console.log(`${file}: ${names.join(", ")}`);
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
