import { interfaceOf, schemaNamed, typeOf } from "./schema.js";

/**
 * @typedef {import("./schema.js").Schema} Schema
 * @typedef {Schema & { allOf: { if: { properties: { eventType: { enum: string[] } } }, then: { properties: { payload: { $ref: string } } } }[] }} EnvelopeSchema
 */

/**
 * The contract as TypeScript: the envelope, every payload, and which type carries which payload.
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
  return `// Generated from common-events' JSON Schemas by \`npm run generate\`. Do not edit.

${payloads.map(({ schema }) => interfaceOf(schema.title ?? "", schema)).join("\n\n")}

/** The payload of each type of event. */
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
