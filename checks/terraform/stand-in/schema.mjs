// What a provider's resources look like, from the description (.jsii) in its CDK package: the
// published schema as JavaScript sees it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** @typedef {import("./shapes.js").Block} Block */
/** @typedef {import("./shapes.js").LoadedPackage} LoadedPackage */
/** @typedef {import("./shapes.js").Nested} Nested */
/** @typedef {import("./shapes.js").JsiiReference} Reference */
/** @typedef {import("./shapes.js").JsiiProperty} Property */
/** @typedef {LoadedPackage["types"]} Types */

const require = createRequire(import.meta.url);

/**
 * Everything of one CDK package.
 *
 * @param {string} pkg such as @cdktf/provider-google
 * @param {string} prefix of its resources' names, such as google
 * @returns {LoadedPackage}
 */
export function loadPackage(pkg, prefix) {
  const file = join(dirname(require.resolve(`${pkg}/package.json`)), ".jsii");
  /** @type {{ types: Types }} */
  const { types } = JSON.parse(readFileSync(file, "utf8"));
  const configs = new Map();
  for (const [fqn, type] of Object.entries(types)) {
    if (type.kind !== "interface" || !type.name.endsWith("Config")) continue;
    if (!type.interfaces?.includes("cdktf.TerraformMetaArguments")) continue;
    const link = /docs\/(resources|data-sources)\/([a-z0-9_]+)#/.exec(
      JSON.stringify(type.properties ?? []),
    );
    if (link) configs.set(`${link[1]} ${prefix}_${link[2]}`, fqn);
  }
  return { types, configs };
}

/**
 * The shapes of resources or data sources; what the provider has not is left out, and Terraform says so.
 *
 * @param {LoadedPackage} loaded
 * @param {"resources" | "data-sources"} kind
 * @param {string[]} names such as google_pubsub_topic
 * @param {Nested} nested
 * @returns {Map<string, Block>}
 */
export function blocksOf({ types, configs }, kind, names, nested) {
  const blocks = new Map();
  for (const name of names) {
    const config = configs.get(`${kind} ${name}`);
    if (config !== undefined) blocks.set(name, withComputed(types, config, nested));
  }
  return blocks;
}

/**
 * The provider's own block.
 *
 * @param {LoadedPackage} loaded
 * @param {string} pkg
 * @param {string} name such as Google
 * @param {Nested} nested
 */
export function providerBlock({ types }, pkg, name, nested) {
  const block = structure(types, `${pkg}.provider.${name}ProviderConfig`, nested, new Set());
  block.attributes = block.attributes.filter((attribute) => attribute.name !== "alias");
  return block;
}

/** Arguments, and what can only be read. @param {Types} types @param {string} config @param {Nested} nested */
function withComputed(types, config, nested) {
  const block = structure(types, config, nested, new Set());
  // `id` is an argument by the CDK's lights alone.
  block.attributes = block.attributes.filter((attribute) => attribute.name !== "id");
  block.attributes.push({ name: "id", type: "string", computed: true });
  const known = new Set([...block.attributes, ...block.blocks].map(({ name }) => name));
  for (const property of types[config.replace(/Config$/, "")]?.properties ?? []) {
    const type = attributeType(property.type);
    const name = snakeCase(property.name);
    const isNew = !property.static && !known.has(name) && !property.name.endsWith("Input");
    if (isNew && type !== undefined) block.attributes.push({ name, type, computed: true });
  }
  return block;
}

/**
 * @param {Types} types
 * @param {string} fqn
 * @param {Nested} nested
 * @param {Set<string>} above what this is part of: some structures hold themselves
 * @returns {Block}
 */
function structure(types, fqn, nested, above) {
  /** @type {Block} */
  const result = { attributes: [], blocks: [] };
  for (const property of types[fqn]?.properties ?? []) {
    const name = argumentName(property);
    const optional = property.optional === true;
    const inner = structOf(property.type);
    if (inner === undefined) {
      const type = attributeType(property.type) ?? "dynamic";
      // Write-only arguments are recognised by their names alone.
      const writeOnly = name.endsWith("_wo");
      result.attributes.push({ name, type, optional, required: !optional, writeOnly });
    } else if (!above.has(inner.fqn)) {
      const content = structure(types, inner.fqn, nested, new Set([...above, inner.fqn]));
      if (nested === "attributes") {
        const nesting = inner.nesting;
        result.attributes.push({ name, nested: content, nesting, optional, required: !optional });
      } else {
        const max = inner.nesting === "single" ? 1 : 0;
        result.blocks.push({ name, block: content, min: optional ? 0 : 1, max });
      }
    }
  }
  return result;
}

/** Terraform's name is said at the end of its documentation's link. @param {Property} property */
function argumentName({ name, docs }) {
  const link = /#([a-z0-9_]+)\s+[A-Za-z0-9]+#[a-z0-9_]+\}/.exec(docs?.remarks ?? "");
  return link?.[1] ?? snakeCase(name);
}

/** @param {string} name */
function snakeCase(name) {
  return name.replace(/([A-Z]+)/g, (letters) => `_${letters.toLowerCase()}`);
}

/**
 * @param {Reference} type
 * @returns {{ fqn: string, nesting: import("./shapes.js").Nesting } | undefined}
 */
function structOf(type) {
  if (type.fqn && !type.fqn.startsWith("cdktf.")) return { fqn: type.fqn, nesting: "single" };
  if (type.collection) {
    const inner = structOf(type.collection.elementtype);
    return inner && { ...inner, nesting: type.collection.kind === "map" ? "map" : "list" };
  }
  return type.union?.types.map(structOf).find((inner) => inner !== undefined);
}

/**
 * @param {Reference} type
 * @returns {import("./shapes.js").Type | undefined} undefined: nothing that an attribute can hold
 */
function attributeType(type) {
  if (type.primitive === "string" || type.primitive === "number") return type.primitive;
  if (type.primitive === "boolean" || type.fqn === "cdktf.IResolvable") return "bool";
  if (type.fqn === "cdktf.StringMap") return ["map", "string"];
  if (type.collection) {
    const element = attributeType(type.collection.elementtype) ?? "string";
    return [type.collection.kind === "map" ? "map" : "list", element];
  }
  return type.union?.types
    .filter((option) => option.fqn !== "cdktf.IResolvable")
    .map(attributeType)
    .find((known) => known !== undefined);
}
