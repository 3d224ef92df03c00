// Terraform's values as MessagePack. An unknown value is of extension type 0, or of type 12 with what is
// known of it; all else is as JSON would have it.
import { Decoder, Encoder, ExtData, ExtensionCodec } from "@msgpack/msgpack";

/** @typedef {Record<string, unknown>} Values by argument */

const extensionCodec = new ExtensionCodec();
for (const type of [0, 12]) {
  extensionCodec.register({
    type,
    encode: (value) => (value instanceof ExtData && value.type === type ? ownData(value) : null),
    decode: (data) => new ExtData(type, data),
  });
}
const decoder = new Decoder({ extensionCodec });
const encoder = new Encoder({ extensionCodec });

export const UNKNOWN = new ExtData(0, new Uint8Array([0]));

/** @param {Uint8Array} bytes @returns {Values | null} null: the resource is to go, or is not there */
export function read(bytes) {
  return /** @type {Values | null} */ (decoder.decode(bytes));
}

/** @param {Values | null} values */
export function write(values) {
  return encoder.encode(values);
}

/** @param {ExtData} value */
function ownData({ data }) {
  return typeof data === "function" ? data(0) : data;
}
