// What a provider's resources look like, from the description (.jsii) in its CDK package: the
// published schema as JavaScript sees it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** What every CDK resource has for the CDK's own sake. */
const OF_THE_CDK = new Set([
  "connection",
  "count",
  "dependsOn",
  "forEach",
  "lifecycle",
  "provider",
  "provisioners",
]);

/**
 * Everything of one CDK package.
 *
 * @param {string} pkg such as @cdktf/provider-google
 * @param {string} prefix of its resources' names, such as google
 */
export function loadPackage(pkg, prefix) {
  const file = join(dirname(require.resolve(`${pkg}/package.json`)), ".jsii");
  const { types } = JSON.parse(readFileSync(file, "utf8"));
  const configs = new Map();
  for (const [fqn, type] of Object.entries(types)) {
    if (type.kind !== "interface" || !type.name.endsWith("Config")) continue;
    if (!(type.interfaces ?? []).includes("cdktf.TerraformMetaArguments")) continue;
    const link = JSON.stringify(type.properties ?? []).match(
      /docs\/(resources|data-sources)\/([a-z0-9_]+)#/,
    );
    if (link) configs.set(`${link[1]} ${prefix}_${link[2]}`, fqn);
  }
  return { types, configs };
}

/**
 * @param {ReturnType<typeof loadPackage>} loaded
 * @param {'resources' | 'data-sources'} kind
 * @param {string} name such as google_pubsub_topic
 * @param {'blocks' | 'attributes'} nested how the provider has arguments with arguments of their own
 * @returns {object | undefined} undefined: the provider has no such thing
 */
export function blockOf({ types, configs }, kind, name, nested) {
  const config = configs.get(`${kind} ${name}`);
  if (config === undefined) return undefined;
  const block = structure(types, config, nested, new Set());
  // `id` is an argument by the CDK's lights alone.
  block.attributes = block.attributes.filter((attribute) => attribute.name !== "id");
  block.attributes.push({ name: "id", type: "string", computed: true });
  const known = new Set([
    ...block.attributes.map((attribute) => attribute.name),
    ...block.blocks.map((inner) => inner.name),
  ]);
  for (const property of types[config.replace(/Config$/, "")]?.properties ?? []) {
    const type = attributeType(property.type);
    const snake = snakeCase(property.name);
    if (property.static || type === undefined || known.has(snake) || /Input$/.test(property.name))
      continue;
    block.attributes.push({ name: snake, type, computed: true });
  }
  return block;
}

/** The provider's own block. */
export function providerBlock({ types }, pkg, name, nested) {
  const block = structure(types, `${pkg}.provider.${name}ProviderConfig`, nested, new Set());
  block.attributes = block.attributes.filter((attribute) => attribute.name !== "alias");
  return block;
}

function structure(types, fqn, nested, above) {
  const attributes = [];
  const blocks = [];
  for (const property of types[fqn]?.properties ?? []) {
    if (OF_THE_CDK.has(property.name)) continue;
    const name = argumentName(property);
    const necessity = property.optional ? { optional: true } : { required: true };
    const inner = structOf(property.type);
    if (inner === undefined) {
      const type = attributeType(property.type) ?? "dynamic";
      // Write-only arguments are told by their names alone.
      const writeOnly = name.endsWith("_wo") ? { writeOnly: true } : {};
      attributes.push({ name, type, ...necessity, ...writeOnly });
    } else if (!above.has(inner.fqn)) {
      const content = structure(types, inner.fqn, nested, new Set([...above, inner.fqn]));
      if (nested === "attributes") {
        attributes.push({ name, nested: content, nesting: inner.nesting, ...necessity });
      } else {
        const max = inner.nesting === "single" ? 1 : 0;
        blocks.push({ name, block: content, min: property.optional ? 0 : 1, max });
      }
    }
  }
  return { attributes, blocks };
}

/** The name that Terraform knows it by is said at the end of its documentation's link. */
function argumentName(property) {
  const link = property.docs?.remarks?.match(/#([a-z0-9_]+)\s+[A-Za-z0-9]+#[a-z0-9_]+\}/);
  return link?.[1] ?? snakeCase(property.name);
}

function snakeCase(name) {
  return name.replace(/([A-Z]+)/g, (letters) => `_${letters.toLowerCase()}`);
}

function structOf(type) {
  if (type === undefined) return undefined;
  if (type.fqn && !type.fqn.startsWith("cdktf.")) return { fqn: type.fqn, nesting: "single" };
  if (type.collection) {
    const inner = structOf(type.collection.elementtype);
    return inner && { ...inner, nesting: type.collection.kind === "map" ? "map" : "list" };
  }
  return type.union?.types.map(structOf).find((inner) => inner !== undefined);
}

/** As Terraform writes types in JSON; undefined: nothing that an attribute can hold. */
function attributeType(type) {
  switch (type?.primitive) {
    case "string":
    case "number":
      return type.primitive;
    case "boolean":
      return "bool";
  }
  if (type?.fqn === "cdktf.StringMap") return ["map", "string"];
  if (type?.fqn === "cdktf.IResolvable") return "bool";
  if (type?.collection) {
    const element = attributeType(type.collection.elementtype) ?? "dynamic";
    return [
      type.collection.kind === "map" ? "map" : "list",
      element === "dynamic" ? "string" : element,
    ];
  }
  return type?.union?.types
    .filter((option) => option.fqn !== "cdktf.IResolvable")
    .map(attributeType)
    .find((known) => known !== undefined);
}
