// Stands in for providers where theirs cannot be had: knows their resources' shapes, takes any plan,
// and leaves to be known later what only the cloud would tell. Terraform reaches it by
// TF_REATTACH_PROVIDERS (https://developer.hashicorp.com/terraform/plugin/debugging), so nothing is
// downloaded, and the whole configuration is checked and planned by Terraform itself.
import { fileURLToPath } from "node:url";
import protoLoader from "@grpc/proto-loader";
import grpc from "@grpc/grpc-js";
import { told } from "./told.mjs";
import { Decoder, Encoder, ExtData, ExtensionCodec } from "@msgpack/msgpack";

const proto = grpc.loadPackageDefinition(
  protoLoader.loadSync(fileURLToPath(new URL("provider.proto", import.meta.url)), {
    keepCase: true,
  }),
).tfplugin6;

/** In Terraform's MessagePack an unknown value is of extension type 0, or 12 with what is known of it. */
const UNKNOWN = new ExtData(0, new Uint8Array([0]));
const extensionCodec = new ExtensionCodec();
for (const type of [0, 12]) {
  extensionCodec.register({
    type,
    encode: (value) => (value instanceof ExtData && value.type === type ? value.data : null),
    decode: (data) => new ExtData(type, data),
  });
}
const decoder = new Decoder({ extensionCodec });
const encoder = new Encoder({ extensionCodec });

/**
 * @param {{ provider: object, resources: Map<string, object>, dataSources: Map<string, object> }} shapes
 * @returns {Promise<{ address: string, stop: () => void }>}
 */
export async function serve(shapes) {
  const server = new grpc.Server({ "grpc.max_send_message_length": -1 });
  const answer = (handler) => (call, callback) => {
    try {
      callback(null, handler(call.request));
    } catch (error) {
      callback(error);
    }
  };
  server.addService(proto.Provider.service, {
    GetProviderSchema: answer(() => ({
      provider: wire(shapes.provider),
      resource_schemas: wires(shapes.resources),
      data_source_schemas: wires(shapes.dataSources),
    })),
    ValidateProviderConfig: answer(() => ({})),
    ValidateResourceConfig: answer(() => ({})),
    ValidateDataResourceConfig: answer(() => ({})),
    ConfigureProvider: answer(() => ({})),
    PlanResourceChange: answer(({ type_name, proposed_new_state, config }) => ({
      planned_state: {
        msgpack: plan(type_name, shapes.resources.get(type_name), proposed_new_state, config),
      },
    })),
    ReadDataSource: answer(({ type_name, config }) => ({
      state: { msgpack: read(type_name, config) },
    })),
    StopProvider: answer(() => ({})),
  });
  const port = await new Promise((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}

/** What is computed and was not given becomes known later, or is told; what is write-only is not kept. */
function plan(type, block, proposed, config) {
  const state = decoder.decode(proposed.msgpack);
  if (state === null) return proposed.msgpack;
  const given = decoder.decode(config.msgpack);
  const known = told(type, state);
  for (const { name, computed, writeOnly } of block.attributes) {
    if (writeOnly) state[name] = null;
    else if (computed && given[name] === null) state[name] = known[name] ?? UNKNOWN;
  }
  return encoder.encode(state);
}

function read(type, config) {
  const state = decoder.decode(config.msgpack);
  return encoder.encode({ ...state, ...told(type, state) });
}

const NESTING = { single: 1, list: 2, map: 4 };

function wires(blocks) {
  return Object.fromEntries([...blocks].map(([name, block]) => [name, wire(block)]));
}

function wire(block) {
  return { block: wireBlock(block) };
}

function wireBlock({ attributes, blocks }) {
  return {
    attributes: attributes.map(wireAttribute),
    block_types: blocks.map(({ name, block, min, max }) => ({
      type_name: name,
      block: wireBlock(block),
      nesting: NESTING.list,
      min_items: min,
      max_items: max,
    })),
  };
}

function wireAttribute({ name, type, nested, nesting, required, optional, computed, writeOnly }) {
  const shape = nested
    ? {
        nested_type: {
          attributes: nested.attributes.map(wireAttribute),
          nesting: NESTING[nesting],
        },
      }
    : { type: Buffer.from(JSON.stringify(type)) };
  return { name, ...shape, required, optional, computed, write_only: writeOnly };
}
