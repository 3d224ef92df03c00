// Makes dist/page/: the files of the web page, as text that the worker bundles. wrangler runs this
// alone (wrangler.jsonc); it bundles files named .txt as text by default.
import { copyFile, mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { dist, edge } from "./paths.js";

const source = join(edge, "page");
const target = join(dist, "page");

await mkdir(target, { recursive: true });
await build({
  entryPoints: [join(source, "app.ts"), join(source, "style", "style.css")],
  outdir: target,
  entryNames: "[name]",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome111", "firefox115", "safari16.4"],
  logLevel: "warning",
});
for (const name of ["app.js", "style.css"]) {
  await rename(join(target, name), join(target, `${name}.txt`));
}
for (const name of ["index.html", "icon.svg"]) {
  await copyFile(join(source, name), join(target, `${name}.txt`));
}
