import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { dist, edge } from "./paths.js";

/**
 * @returns {Promise<string>} the text of docs/openapi.json: the document that the routes' own schemas make
 */
export async function openApiSource() {
  const outfile = join(dist, "openapi.mjs");
  await build({
    entryPoints: [join(edge, "src", "api.ts")],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
  /** @type {{ openApiDocument: () => object }} */
  const { openApiDocument } = await import(pathToFileURL(outfile).href);
  return JSON.stringify(openApiDocument());
}
