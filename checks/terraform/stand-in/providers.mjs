// The providers that terraform/ uses, as stand-ins.
import { blocksOf, loadPackage, providerBlock } from "./schema.mjs";
import { serve } from "./server.mjs";

/** @typedef {import("./shapes.js").Shapes} Shapes */

/** @type {{ pkg: string, name: string, prefix: string, source: string, nested: import("./shapes.js").Nested }[]} */
const PACKAGES = [
  {
    pkg: "@cdktf/provider-google",
    name: "Google",
    prefix: "google",
    source: "hashicorp/google",
    nested: "blocks",
  },
  {
    pkg: "@cdktf/provider-cloudflare",
    name: "Cloudflare",
    prefix: "cloudflare",
    source: "cloudflare/cloudflare",
    nested: "attributes",
  },
];

/** hashicorp/time, as its documentation has it: no CDK package of it is used here. @type {Shapes} */
const TIME = {
  provider: { attributes: [], blocks: [] },
  resources: new Map([
    [
      "time_rotating",
      {
        attributes: [
          { name: "id", type: "string", computed: true },
          { name: "rotation_days", type: "number", optional: true },
          { name: "rotation_rfc3339", type: "string", computed: true },
          { name: "unix", type: "number", computed: true },
        ],
        blocks: [],
      },
    ],
  ]),
  dataSources: new Map(),
};

/** hashicorp/random, in the same way. @type {Shapes} */
const RANDOM = {
  provider: { attributes: [], blocks: [] },
  resources: new Map([
    [
      "random_password",
      {
        attributes: [
          { name: "id", type: "string", computed: true },
          { name: "length", type: "number", required: true },
          { name: "special", type: "bool", optional: true },
          { name: "result", type: "string", computed: true },
        ],
        blocks: [],
      },
    ],
  ]),
  dataSources: new Map(),
};

/**
 * Starts a stand-in for each provider.
 *
 * @param {{ resources: Set<string>, dataSources: Set<string> }} used types that are used
 * @returns {Promise<{ reattach: string, stop: () => void }>} reattach: for TF_REATTACH_PROVIDERS
 */
export async function startProviders(used) {
  const shapes = new Map([
    ["hashicorp/time", TIME],
    ["hashicorp/random", RANDOM],
  ]);
  for (const { pkg, name, prefix, source, nested } of PACKAGES) {
    const loaded = loadPackage(pkg, prefix);
    const ours = (/** @type {string} */ type) => type.startsWith(`${prefix}_`);
    shapes.set(source, {
      provider: providerBlock(loaded, pkg, name, nested),
      resources: blocksOf(loaded, "resources", [...used.resources].filter(ours), nested),
      dataSources: blocksOf(loaded, "data-sources", [...used.dataSources].filter(ours), nested),
    });
  }
  withRateLimits(shapes.get("cloudflare/cloudflare"));
  const servers = new Map();
  for (const [source, shape] of shapes) servers.set(source, await serve(shape));
  return {
    reattach: JSON.stringify(
      Object.fromEntries(
        [...servers].map(([source, { address }]) => [
          source,
          {
            Protocol: "grpc",
            ProtocolVersion: 6,
            Pid: process.pid,
            Test: true,
            Addr: { Network: "tcp", String: address },
          },
        ]),
      ),
    ),
    stop: () => servers.forEach((server) => server.stop()),
  };
}

/** Bindings of Workers have `simple` since 5.17 of the provider, which the CDK's package does not know. @param {Shapes | undefined} shapes */
function withRateLimits(shapes) {
  const script = shapes?.resources.get("cloudflare_workers_script");
  const bindings = script?.attributes.find(({ name }) => name === "bindings")?.nested;
  bindings?.attributes.push({
    name: "simple",
    optional: true,
    nesting: "single",
    nested: {
      attributes: [
        { name: "limit", type: "number", required: true },
        { name: "period", type: "number", required: true },
      ],
      blocks: [],
    },
  });
}
