// The providers that terraform/ uses, as stand-ins.
import { blockOf, loadPackage, providerBlock } from "./schema.mjs";
import { serve } from "./server.mjs";

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

/** https://registry.terraform.io/providers/hashicorp/time: no CDK package of it is used here. */
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

/**
 * Starts a stand-in for each provider.
 *
 * @param {{ resources: Set<string>, dataSources: Set<string> }} used types that are used
 * @returns {Promise<{ reattach: string, stop: () => void }>} reattach: for TF_REATTACH_PROVIDERS
 */
export async function startProviders(used) {
  const shapes = new Map([["hashicorp/time", TIME]]);
  for (const { pkg, name, prefix, source, nested } of PACKAGES) {
    const loaded = loadPackage(pkg, prefix);
    const pick = (kind, types) =>
      new Map(
        [...types]
          .filter((type) => type.startsWith(`${prefix}_`))
          .map((type) => [type, blockOf(loaded, kind, type, nested)])
          .filter(([, block]) => block !== undefined),
      );
    shapes.set(source, {
      provider: providerBlock(loaded, pkg, name, nested),
      resources: pick("resources", used.resources),
      dataSources: pick("data-sources", used.dataSources),
    });
  }
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
