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
 *
 * @typedef {Schema & { allOf: { if: { properties: { eventType: { enum: string[] } } }, then: { properties: { payload: { $ref: string } } } }[] }} EnvelopeSchema
 */

/**
 * The contract as TypeScript: the envelope, every payload, and which type says which payload.
 *
 * @param {Record<string, Schema>} schemas by file name
 * @returns {string} the text of src/generated/events.ts
 */
export function eventsSource(schemas) {
  const envelope = /** @type {EnvelopeSchema} */ (schemaNamed(schemas, "in-event.schema.json"));
  const payloads = envelope.allOf.map((rule) => {
    // The first name is the one that is written; older ones are only ever read, and not here.
    const [eventType] = rule.if.properties.eventType.enum;
    return { eventType, schema: schemaNamed(schemas, rule.then.properties.payload.$ref) };
  });
  const features = schemaNamed(schemas, "download.requested.schema.json").properties?.["features"];
  return `// Generated from common-events' JSON Schemas by \`npm run generate\`. Do not edit.

/** Every kind of analysis that may be asked for, in the order in which they are shown. */
export const FEATURES = ${JSON.stringify(features?.items?.examples)} as const;

${payloads.map(({ schema }) => `export interface ${schema.title} ${typeOf(schema)}`).join("\n\n")}

/** What each type of event says. */
export interface Payloads {
${payloads.map(({ eventType, schema }) => `  readonly "${eventType}": ${schema.title};`).join("\n")}
}

export type EventType = keyof Payloads;
export type PayloadOf<T extends EventType> = Payloads[T];

/** The body of every Pub/Sub message of iN. */
export interface INEvent<T extends EventType, P = PayloadOf<T>> ${typeOf(envelope, {
    eventType: "T",
    payload: "P",
  })}
`;
}

/**
 * @param {Record<string, Schema>} schemas
 * @param {string} name
 */
function schemaNamed(schemas, name) {
  const schema = schemas[name];
  if (schema === undefined) {
    throw new Error(`there is no schema ${name}`);
  }
  return schema;
}

/**
 * @param {Schema} schema
 * @param {Record<string, string>} [given] types of properties that the schema leaves open
 * @returns {string}
 */
function typeOf(schema, given = {}) {
  if (schema.oneOf !== undefined) {
    return schema.oneOf.map((option) => typeOf(option)).join(" | ");
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

/** @param {Schema} schema */
function documentation({ description, pattern }) {
  const text = description ?? (pattern === undefined ? undefined : `\`${pattern}\``);
  return text === undefined ? "" : `/** ${text} */\n`;
}
