/**
 * @typedef {object} Schema the part of JSON Schema that common-events writes
 * @property {string} [title]
 * @property {string} [type]
 * @property {string} [description]
 * @property {string} [pattern]
 * @property {Record<string, Schema>} [properties]
 * @property {string[]} [required]
 * @property {Schema} [items]
 * @property {Schema[]} [oneOf]
 * @property {string[]} [examples]
 * @property {string} [$ref] to one of `$defs`
 * @property {Record<string, Schema>} [$defs]
 */

/**
 * @param {Record<string, Schema>} schemas
 * @param {string} name
 */
export function schemaNamed(schemas, name) {
  const schema = schemas[name];
  if (schema === undefined) {
    throw new Error(`there is no schema ${name}`);
  }
  return schema;
}

/**
 * @param {string} name
 * @param {Schema} schema
 */
export function interfaceOf(name, schema) {
  return `${documentation({ description: schema.description })}export interface ${name} ${typeOf(schema)}`;
}

/**
 * @param {Schema} schema
 * @param {Record<string, string>} [given] types of properties that the schema leaves open
 * @returns {string}
 */
export function typeOf(schema, given = {}) {
  if (schema.oneOf !== undefined) {
    return schema.oneOf.map((option) => typeOf(option)).join(" | ");
  }
  if (schema.$ref !== undefined) {
    return schema.$ref.replace("#/$defs/", "");
  }
  switch (schema.type) {
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "array":
      return `readonly (${typeOf(schema.items ?? {})})[]`;
    case "object":
      return `{ ${Object.entries(schema.properties ?? {})
        .map(([name, property]) => {
          const mark = schema.required?.includes(name) ? "" : "?";
          return `${documentation(property)}readonly ${name}${mark}: ${given[name] ?? typeOf(property)};`;
        })
        .join("\n")} }`;
    case undefined:
    default:
      throw new Error(`no TypeScript type for ${JSON.stringify(schema)}`);
  }
}

/** @param {{ description?: string | undefined, pattern?: string }} schema */
function documentation({ description, pattern }) {
  const text = description ?? (pattern === undefined ? undefined : `\`${pattern}\``);
  return text === undefined ? "" : `/** ${text} */\n`;
}
