import { codesIn, operationsOf } from "./client-types.js";

/**
 * @typedef {import("./client-types.js").Document} Document
 * @typedef {import("./client-types.js").Operation} Operation
 * @typedef {import("./client-types.js").Schema} Schema
 */

/**
 * The document as a page to read.
 *
 * @param {Document} document
 * @returns {string} the text of docs/api.md
 */
export function apiPage(document) {
  const operations = operationsOf(document);
  const parts = document.tags.map(({ name, description }) => {
    const own = operations.filter(([, { tags }]) => tags?.includes(name));
    return `## ${name}\n\n${description}.\n\n${own.map(operationPart).join("\n\n")}`;
  });
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) => `### ${name}\n\n${schemaPart(schema)}`,
  );
  return `# The edge's interface

Generated from [openapi.json](openapi.json) by \`npm run generate\`. Do not edit. The [client](../edge/client/README.md)
calls every operation.

${document.info.description}

${parts.join("\n\n")}

## Schemas

${schemas.join("\n\n")}
`;
}

/** @param {[name: string, operation: Operation]} named */
function operationPart([
  name,
  { summary, security = [], parameters = [], requestBody, responses },
]) {
  const rights = security.flatMap((one) =>
    Object.entries(one).map(([scheme, scopes]) =>
      scopes.length === 0 ? `by ${scheme}` : scopes.map((scope) => `\`${scope}\``).join(", "),
    ),
  );
  const lines = [
    ...(rights.length === 0 ? [] : [`- Right: ${rights.join(" or ")}`]),
    ...parameters.map(
      ({ name: parameter, in: place, required, schema, description }) =>
        `- ${place} \`${parameter}\`${required === true ? "" : "?"}: ${typeText(schema)}` +
        textAfter(description ?? schema.description),
    ),
    ...contentsOf(requestBody?.content).map((type) => `- Body: ${type}`),
    ...Object.entries(responses)
      .filter(([status]) => Number(status) < 400)
      .map(
        ([status, { description, content }]) =>
          [`- **${status}**`, ...contentsOf(content)].join(" ") + textAfter(description),
      ),
  ];
  const refusals = Object.entries(responses)
    .filter(([status]) => Number(status) >= 400)
    .map(([status, { description }]) => {
      const codes = codesIn(description).map((code) => `\`${code}\``);
      return `${status} ${codes.length === 0 ? description : codes.join(", ")}`;
    });
  if (refusals.length > 0) {
    lines.push(`- Refusals: ${refusals.join(" · ")}`);
  }
  return `### ${name}\n\n${summary ?? ""}\n\n${lines.join("\n")}`;
}

/** @param {Record<string, import("./client-types.js").Media>} [content] */
function contentsOf(content = {}) {
  return Object.entries(content).map(([type, { schema }]) =>
    type === "application/json" && schema !== undefined ? typeText(schema) : `\`${type}\``,
  );
}

/** @param {Schema} schema */
function schemaPart(schema) {
  const { description, properties = {}, required = [] } = schema;
  const rows = Object.entries(properties).map(
    ([name, property]) =>
      `- \`${name}\`${required.includes(name) ? "" : "?"}: ${typeText(property)}` +
      textAfter(property.description),
  );
  return [description, rows.join("\n")]
    .filter((part) => part !== undefined && part !== "")
    .join("\n\n");
}

/**
 * @param {Schema & { format?: string, const?: unknown }} schema
 * @returns {string}
 */
function typeText(schema) {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/components/schemas/", "");
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (schema.allOf !== undefined) {
    return schema.allOf.map(typeText).join(" and ");
  }
  if (schema.enum !== undefined) {
    return schema.enum.map((value) => `\`${String(value)}\``).join(", ");
  }
  if (schema.type === "array") {
    return `list of ${typeText(schema.items ?? {})}`;
  }
  const names = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const mark = schema.required?.includes(name) ? "" : "?";
    return `\`${name}\`${mark} ${typeText(property)}`;
  });
  if (names.length > 0) {
    return `{ ${names.join(", ")} }`;
  }
  return schema.format ?? schema.type ?? "anything";
}

/** @param {string | undefined} text */
function textAfter(text) {
  return text === undefined || text === "" ? "" : `. ${text.replaceAll(/\s*\n\s*/g, " ")}`;
}
