import { parse, printParseErrorCode } from "jsonc-parser";

/** The disk service of the coordinators; the launcher sets its folder: `--directory-path=coordinators=DIR`. */
export const DISK = "coordinators";

/** The name of the module that stands in for Cloudflare's rate limits. */
const RATE_LIMIT = "in:rate-limit";

/**
 * @typedef {object} WranglerConfig what is read from wrangler.jsonc
 * @property {string} name
 * @property {string} compatibility_date
 * @property {string[]} [compatibility_flags]
 * @property {Record<string, string>} vars
 * @property {{ required: string[] }} secrets
 * @property {Record<string, { type: string, storage: string }>} exports
 * @property {{ bindings: { name: string, class_name: string }[] }} durable_objects
 * @property {{ name: string, namespace_id: string, simple: { limit: number, period: number } }[]} [ratelimits]
 */

/**
 * Parses wrangler.jsonc, comments and trailing commas included.
 *
 * @param {string} text
 * @returns {WranglerConfig}
 */
export function parseWrangler(text) {
  /** @type {import("jsonc-parser").ParseError[]} */
  const errors = [];
  const config = /** @type {WranglerConfig} */ (parse(text, errors, { allowTrailingComma: true }));
  const first = errors[0];
  if (first !== undefined) {
    throw new Error(
      `wrangler.jsonc: ${printParseErrorCode(first.error)} at offset ${first.offset}`,
    );
  }
  return config;
}

/**
 * workerd's own configuration of the same worker. Variables and secrets come from the environment
 * when workerd starts; one that is unset is null in the worker.
 *
 * @param {WranglerConfig} wrangler
 * @param {string} [rateLimitModule] the text of rate-limit.js
 * @returns {string} Cap'n Proto text, for a file beside worker.js
 */
export function workerdConfig(wrangler, rateLimitModule = "") {
  const settings = [...Object.keys(wrangler.vars), ...wrangler.secrets.required].map(
    (name) => `(name = ${quote(name)}, fromEnvironment = ${quote(name)})`,
  );
  const namespaces = Object.entries(wrangler.exports).map(([name, exported]) => {
    if (exported.type !== "durable-object" || exported.storage !== "sqlite") {
      throw new Error(
        `wrangler.jsonc: export ${name} is ${exported.type} on ${exported.storage}; only durable objects on sqlite are translated`,
      );
    }
    return `(className = ${quote(name)}, uniqueKey = ${quote(`${wrangler.name}-${name}`)}, enableSql = true)`;
  });
  const objects = wrangler.durable_objects.bindings.map((binding) => {
    if (!(binding.class_name in wrangler.exports)) {
      throw new Error(`wrangler.jsonc: ${binding.name} binds ${binding.class_name}, not exported`);
    }
    return `(name = ${quote(binding.name)}, durableObjectNamespace = ${quote(binding.class_name)})`;
  });
  const rateLimits = (wrangler.ratelimits ?? []).map(
    ({ name, simple }) =>
      `(name = ${quote(name)}, wrapped = (moduleName = ${quote(RATE_LIMIT)}, innerBindings = [` +
      `(name = "limit", fromEnvironment = ${quote(`IN_${name}`)}), ` +
      `(name = "period", json = ${quote(String(simple.period))})]))`,
  );
  const flags = (wrangler.compatibility_flags ?? []).map(quote);
  return `# Generated from wrangler.jsonc by \`npm run build\`. Do not edit.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "edge", worker = .edge),
    # Private and local too: in the local cloud Pub/Sub and the issuer are on 127.0.0.1.
    (name = "internet", network = (
      allow = ["public", "private", "local"],
      tlsOptions = (trustBrowserCas = true),
    )),
    (name = ${quote(DISK)}, disk = (writable = true)),
  ],
  extensions = [
    (modules = [(name = ${quote(RATE_LIMIT)}, internal = true, esModule = ${quote(rateLimitModule)})]),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "edge")],
);

const edge :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = ${quote(wrangler.compatibility_date)},
  compatibilityFlags = [${flags.join(", ")}],
  bindings = [
    ${[...settings, ...objects, ...rateLimits].join(",\n    ")},
  ],
  durableObjectNamespaces = [
    ${namespaces.join(",\n    ")},
  ],
  durableObjectStorage = (localDisk = ${quote(DISK)}),
  globalOutbound = "internet",
);
`;
}

/** @param {string} text */
function quote(text) {
  return JSON.stringify(text);
}
