import { interfaceOf, schemaNamed } from "./schema.js";

/**
 * A task's result as TypeScript.
 *
 * @param {Record<string, import("./schema.js").Schema>} schemas by file name
 * @returns {string} the text of src/generated/result.ts
 */
export function resultSource(schemas) {
  const schema = schemaNamed(schemas, "result.schema.json");
  const types = [
    interfaceOf(schema.title ?? "", schema),
    ...Object.entries(schema.$defs ?? {}).map(([name, part]) => interfaceOf(name, part)),
  ];
  return `// Generated from common-events' result.schema.json by \`npm run generate\`. Do not edit.

${types.join("\n\n")}
`;
}
