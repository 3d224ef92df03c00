import { interfaceOf, schemaNamed } from "./schema.js";

/**
 * The records of one schema file as TypeScript.
 *
 * @param {Record<string, import("./schema.js").Schema>} schemas by file name
 * @param {string} name of the schema's file
 */
export function recordsSource(schemas, name) {
  const schema = schemaNamed(schemas, name);
  const types = [
    interfaceOf(schema.title ?? "", schema),
    ...Object.entries(schema.$defs ?? {}).map(([part, record]) => interfaceOf(part, record)),
  ];
  return `// Generated from common-events' ${name} by \`npm run generate\`. Do not edit.

${types.join("\n\n")}
`;
}
