// Stands in for a provider that cannot be had: knows its resources' shapes, takes any plan, and leaves
// to be known later what only the cloud would know. Terraform reaches it by TF_REATTACH_PROVIDERS
// (https://developer.hashicorp.com/terraform/plugin/debugging), so nothing is downloaded, and the whole
// configuration is checked and planned by Terraform itself.
import { fileURLToPath } from "node:url";
import grpc from "@grpc/grpc-js";
import protoLoader from "@grpc/proto-loader";
import { computed } from "./computed.mjs";
import { read, UNKNOWN, write } from "./values.mjs";
import { schema, schemas } from "./wire.mjs";

/** @typedef {import("./shapes.js").Shapes} Shapes */
/** @typedef {{ msgpack: Uint8Array }} Dynamic */
/** @typedef {{ type_name: string, config: Dynamic, proposed_new_state: Dynamic }} Request */

/** @type {any} */
const { tfplugin6 } = grpc.loadPackageDefinition(
  protoLoader.loadSync(fileURLToPath(new URL("provider.proto", import.meta.url)), {
    keepCase: true,
  }),
);

/**
 * @param {Shapes} shapes
 * @returns {Promise<{ address: string, stop: () => void }>}
 */
export async function serve(shapes) {
  const server = new grpc.Server({ "grpc.max_send_message_length": -1 });
  const nothing = answer(() => ({}));
  server.addService(tfplugin6.Provider.service, {
    GetProviderSchema: answer(() => ({
      provider: schema(shapes.provider),
      resource_schemas: schemas(shapes.resources),
      data_source_schemas: schemas(shapes.dataSources),
    })),
    ValidateProviderConfig: nothing,
    ValidateResourceConfig: nothing,
    ValidateDataResourceConfig: nothing,
    ConfigureProvider: nothing,
    PlanResourceChange: answer((request) => ({
      planned_state: { msgpack: plan(shapes, request) },
    })),
    ReadDataSource: answer(({ type_name, config }) => {
      const given = read(config.msgpack) ?? {};
      return { state: { msgpack: write({ ...given, ...computed(type_name, given) }) } };
    }),
    StopProvider: nothing,
  });
  const port = await new Promise((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}

/**
 * @param {(request: Request) => object} handler
 * @returns {import("@grpc/grpc-js").handleUnaryCall<Request, object>}
 */
function answer(handler) {
  return ({ request }, callback) => {
    try {
      callback(null, handler(request));
    } catch (error) {
      callback({ code: grpc.status.INTERNAL, message: String(error) });
    }
  };
}

/**
 * What is computed and was not given becomes known later, or is computed; what is write-only is not kept.
 *
 * @param {Shapes} shapes
 * @param {Request} request
 */
function plan(shapes, { type_name, proposed_new_state, config }) {
  const state = read(proposed_new_state.msgpack);
  const given = read(config.msgpack);
  if (state === null || given === null) return proposed_new_state.msgpack;
  const known = computed(type_name, state);
  for (const { name, computed, writeOnly } of shapes.resources.get(type_name)?.attributes ?? []) {
    if (writeOnly) state[name] = null;
    else if (computed && given[name] === null) state[name] = known[name] ?? UNKNOWN;
  }
  return write(state);
}
