// Shapes as Terraform's plugin protocol has them.

/** @typedef {import("./shapes.js").Block} Block */
/** @typedef {import("./shapes.js").Attribute} Attribute */
/** @typedef {import("./shapes.js").InnerBlock} InnerBlock */

/** The protocol's numbers, for nested attributes and for blocks. */
const NESTING = { single: 1, list: 2, map: 4 };

/** @param {ReadonlyMap<string, Block>} blocks */
export function schemas(blocks) {
  return Object.fromEntries([...blocks].map(([name, block]) => [name, schema(block)]));
}

/** @param {Block} block */
export function schema(block) {
  return { version: 0, block: wireBlock(block) };
}

/** @param {Block} block @returns {object} */
function wireBlock({ attributes, blocks }) {
  return { attributes: attributes.map(wireAttribute), block_types: blocks.map(wireInner) };
}

/** @param {InnerBlock} inner */
function wireInner({ name, block, min, max }) {
  const bounds = { min_items: min, max_items: max };
  return { type_name: name, block: wireBlock(block), nesting: NESTING.list, ...bounds };
}

/** @param {Attribute} attribute @returns {object} */
function wireAttribute({ name, type, nested, nesting, writeOnly, ...necessity }) {
  const shape =
    nested && nesting
      ? { attributes: nested.attributes.map(wireAttribute), nesting: NESTING[nesting] }
      : undefined;
  return {
    name,
    ...(shape ? { nested_type: shape } : { type: Buffer.from(JSON.stringify(type)) }),
    ...necessity,
    write_only: writeOnly,
  };
}
