/**
 * @typedef {object} Schema the part of JSON Schema that the document uses
 * @property {string} [type]
 * @property {string} [description]
 * @property {Record<string, Schema>} [properties]
 * @property {string[]} [required]
 * @property {Schema | boolean} [additionalProperties]
 * @property {Schema} [items]
 * @property {(string | number | boolean)[]} [enum]
 * @property {Schema[]} [allOf]
 * @property {string} [$ref]
 *
 * @typedef {{ name: string, in: string, required?: boolean, schema: Schema, description?: string }} Parameter
 * @typedef {{ schema?: Schema }} Media
 * @typedef {object} Operation
 * @property {string} [summary]
 * @property {string[]} [tags]
 * @property {Record<string, string[]>[]} [security]
 * @property {Parameter[]} [parameters]
 * @property {{ required?: boolean, content: Record<string, Media> }} [requestBody]
 * @property {Record<string, { description: string, content?: Record<string, Media> }>} responses
 *
 * @typedef {object} Document
 * @property {{ description: string }} info
 * @property {{ name: string, description: string }[]} tags
 * @property {Record<string, Record<string, Operation>>} paths
 * @property {{ schemas: Record<string, Schema> }} components
 */

const JSON_TYPE = "application/json";
const NDJSON_TYPE = "application/x-ndjson";
const PROBLEM = "application/problem+json";

/**
 * The types of the client: every schema, every operation, and every code of a problem.
 *
 * @param {Document} document
 * @returns {string} the text of client/src/generated/api.ts
 */
export function clientTypesSource(document) {
  const answered = schemasOfAnswers(document);
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      `${comment(schema.description)}export type ${name} = ${typeOf(schema, !answered.has(name))};`,
  );
  const operations = operationsOf(document).map(
    ([name, operation]) =>
      `${comment(operation.summary)}readonly "${name}": {
        readonly input: ${inputOf(operation)};
        readonly output: ${outputOf(operation)};
      };`,
  );
  return `// Generated from docs/openapi.json by \`npm run generate\`. Do not edit.

${schemas.join("\n\n")}

/** What can be asked for, by method and path. */
export interface Operations {
${operations.join("\n")}
}

/** The codes of problems that the document names. */
export type KnownProblemCode = ${union(problemCodes(document).map((code) => JSON.stringify(code)))};
`;
}

/**
 * @param {Document} document
 * @returns {[name: string, operation: Operation][]} such as `GET /v1/tasks`
 */
export function operationsOf({ paths }) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) =>
        /** @type {[string, Operation]} */ ([`${method.toUpperCase()} ${path}`, operation]),
    ),
  );
}

/** @param {string} description of a response, which names the codes in backticks */
export function codesIn(description) {
  return [...description.matchAll(/`([a-z_]+)`:/g)].map(([, code]) => /** @type {string} */ (code));
}

/** @param {Document} document */
function problemCodes(document) {
  const codes = operationsOf(document).flatMap(([, { responses }]) =>
    Object.values(responses)
      .filter(({ content }) => content !== undefined && PROBLEM in content)
      .flatMap(({ description }) => codesIn(description)),
  );
  return [...new Set(codes)].sort();
}

/**
 * The names of the schemas of answers. Where only callers write a type, they may say `undefined`.
 *
 * @param {Document} document
 */
function schemasOfAnswers({ paths, components }) {
  /** @type {Set<string>} */
  const names = new Set();
  /** @param {unknown} value */
  const collect = (value) => {
    const references = JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    for (const [, name = ""] of references) {
      if (!names.has(name)) {
        names.add(name);
        collect(components.schemas[name]);
      }
    }
  };
  for (const methods of Object.values(paths)) {
    collect(Object.values(methods).map(({ responses }) => responses));
  }
  names.add("FeedEntry");
  return names;
}

/** @param {Operation} operation */
function inputOf({ parameters = [], requestBody }) {
  const groups = [
    ["path", "path"],
    ["query", "query"],
    ["headers", "header"],
  ].flatMap(([group, place]) => {
    const own = parameters.filter((parameter) => parameter.in === place);
    if (own.length === 0) {
      return [];
    }
    const mark = own.some(({ required }) => required) ? "" : "?";
    return [`readonly ${group}${mark}: { ${own.map(parameterOf).join("\n")} }${optional(mark)};`];
  });
  if (requestBody !== undefined) {
    const mark = requestBody.required === true ? "" : "?";
    const schema = requestBody.content[JSON_TYPE]?.schema;
    const line = requestBody.content[NDJSON_TYPE]?.schema;
    const type =
      schema !== undefined
        ? typeOf(schema, true)
        : line !== undefined
          ? `readonly ${typeOf(line, true)}[]`
          : "URLSearchParams";
    groups.push(`readonly body${mark}: ${type}${optional(mark)};`);
  }
  const type = groups.length === 0 ? "Record<never, never>" : `{ ${groups.join("\n")} }`;
  // Where nothing is required, the whole input may be left out.
  return type + optional(groups.every((group) => /^readonly \w+\?:/.test(group)) ? "?" : "");
}

/** @param {Parameter} parameter */
function parameterOf({ name, required, schema, description }) {
  const mark = required === true ? "" : "?";
  const text = comment(description ?? schema.description);
  return `${text}readonly ${JSON.stringify(name)}${mark}: ${typeOf(schema, true)}${optional(mark)};`;
}

/** @param {Operation} operation */
function outputOf({ responses }) {
  const types = Object.entries(responses)
    .filter(([status]) => Number(status) < 400)
    .map(([status, { content }]) => {
      if (status === "204") {
        return "undefined";
      }
      const schema = content?.[JSON_TYPE]?.schema;
      return status === "101" ? "WebSocket" : schema === undefined ? "Response" : typeOf(schema);
    });
  return union([...new Set(types)]);
}

/**
 * @param {Schema} schema
 * @param {boolean} [isInput] its optional properties may be undefined
 * @returns {string}
 */
function typeOf(schema, isInput = false) {
  if (schema.$ref !== undefined) {
    return schema.$ref.replace("#/components/schemas/", "");
  }
  if (schema.allOf !== undefined) {
    return schema.allOf.map((one) => typeOf(one, isInput)).join(" & ");
  }
  if (schema.enum !== undefined) {
    return union(schema.enum.map((value) => JSON.stringify(value)));
  }
  switch (schema.type) {
    case "string":
    case "boolean":
      return schema.type;
    case "integer":
    case "number":
      return "number";
    case "array":
      return `readonly (${typeOf(schema.items ?? {}, isInput)})[]`;
    case "object":
      return objectOf(schema, isInput);
    case undefined:
      return "unknown";
    default:
      throw new Error(`no TypeScript type for ${JSON.stringify(schema)}`);
  }
}

/**
 * @param {Schema} schema
 * @param {boolean} isInput
 */
function objectOf({ properties = {}, required = [], additionalProperties }, isInput) {
  const names = Object.keys(properties);
  if (names.length === 0) {
    const values =
      typeof additionalProperties === "object" ? typeOf(additionalProperties, isInput) : "unknown";
    return `Readonly<Record<string, ${values}>>`;
  }
  const members = Object.entries(properties).map(([name, property]) => {
    const mark = required.includes(name) ? "" : "?";
    const text = comment(property.description);
    return `${text}readonly ${JSON.stringify(name)}${mark}: ${typeOf(property, isInput)}${isInput ? optional(mark) : ""};`;
  });
  return `{ ${members.join("\n")} }`;
}

/** Under `exactOptionalPropertyTypes` callers may pass on what they do not have. @param {string} mark */
function optional(mark) {
  return mark === "" ? "" : " | undefined";
}

/** @param {string[]} types */
function union(types) {
  return types.join(" | ");
}

/** @param {string | undefined} text */
function comment(text) {
  return text === undefined ? "" : `/** ${text.replaceAll("*/", "*\\/")} */\n`;
}
