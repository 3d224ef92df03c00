import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

export interface Route {
  /** `GET /v1/tasks/{taskId}` */
  readonly name: string;
  readonly method: string;
  readonly template: string;
}

/** Every route of the API, as the router itself has them. */
export async function routesOfApi(): Promise<readonly Route[]> {
  const outfile = resolve("dist", "test", "api.mjs");
  await build({
    entryPoints: ["src/api.ts"],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
  const { api } = (await import(pathToFileURL(outfile).href)) as {
    api: { readonly routes: readonly { readonly method: string; readonly path: string }[] };
  };
  const routes = api.routes
    // Middleware.
    .filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => {
      const template = path.replace(/:(\w+)(\{[^}]*\})?/g, "{$1}");
      return { name: `${method} ${template}`, method, template };
    });
  return [...new Map(routes.map((route) => [route.name, route])).values()];
}
