import { Problem } from "./problem.js";

/** One request on its way through a route. */
export interface Call {
  readonly request: Request;
  readonly env: Env;
  /** Goes on after the answer is given. */
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly url: URL;
  /** The path's named groups. */
  readonly path: Readonly<Record<string, string>>;
}

export type Handler = (call: Call) => Response | Promise<Response>;

export interface Route {
  readonly path: RegExp;
  readonly methods: Readonly<Record<string, Handler>>;
}

/** Finds the route, or refuses with 404 or 405. */
export async function dispatch(
  routes: readonly Route[],
  request: Request,
  env: Env,
  waitUntil: Call["waitUntil"],
): Promise<Response> {
  const url = new URL(request.url);
  for (const route of routes) {
    const match = route.path.exec(url.pathname);
    if (match !== null) {
      const handler = route.methods[request.method];
      if (handler === undefined) {
        const allow = Object.keys(route.methods).join(", ");
        throw new Problem("method_not_allowed", `${request.method} is not among ${allow}`, {
          allow,
        });
      }
      return await handler({ request, env, waitUntil, url, path: match.groups ?? {} });
    }
  }
  throw new Problem("not_found", `there is nothing at ${url.pathname}`);
}
