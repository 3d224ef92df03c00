// Makes dist/report.html: the report of the command line without its data, which runner/ puts in at
// the marker <!--data-->. One file with everything in it, which loads nothing and runs one script.
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { dist, edge } from "./paths.js";

const source = join(edge, "page");
const script = await bundle("report.ts");
const style = await bundle("report.css");
const policy = [
  "default-src 'none'",
  "img-src data:",
  `style-src '${hash(style)}'`,
  `script-src '${hash(script)}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");
/** By the name of the comment that it replaces; `<!--data-->` stays. */
const parts = new Map([
  ["policy", `<meta http-equiv="Content-Security-Policy" content="${policy}" />`],
  ["icon", (await readFile(join(source, "icon.svg"), "utf8")).trim()],
  ["style", `<style>${style}</style>`],
  ["script", `<script>${script}</script>`],
]);
const html = await readFile(join(source, "report", "report.html"), "utf8");
await mkdir(dist, { recursive: true });
await writeFile(
  join(dist, "report.html"),
  html.replace(
    /<!--(\w+)-->/g,
    (comment, /** @type {string} */ name) => parts.get(name) ?? comment,
  ),
);

/** @param {string} name of an entry point in page/report/ */
async function bundle(name) {
  const { outputFiles } = await build({
    entryPoints: [join(source, "report", name)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["es2022", "chrome111", "firefox115", "safari16.4"],
    logLevel: "warning",
  });
  return outputFiles.map(({ text }) => text).join("");
}

/** @param {string} text */
function hash(text) {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
