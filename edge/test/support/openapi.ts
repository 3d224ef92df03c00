import { strict as assert } from "node:assert";
import { Ajv2020, type AnySchema } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import document from "../../../docs/openapi.json";

type Json = Readonly<Record<string, unknown>>;

interface Operation {
  readonly requestBody?: unknown;
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Json> }>
  >;
}

const paths = document.paths as unknown as Readonly<Record<string, Record<string, Operation>>>;

/** Paths that are no part of the interface. */
const PAGE = /^\/($|page\/)/;

const asDocumented = validator(document);
/** A field that the document does not name is a fault of the document or of the edge. */
const asDocumentedExactly = validator(closed(document) as Json);

/** Every operation of the document, such as `GET /v1/tasks`. */
export const operationNames: readonly string[] = Object.entries(paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
);

/**
 * Holds an answer of the edge, and the request that led to it, to docs/openapi.json.
 *
 * @returns the operation; undefined: it is not in the document, and was refused as such
 */
export async function assertDocumented(
  path: string,
  init: RequestInit,
  response: Response,
): Promise<string | undefined> {
  const { pathname } = new URL(path, "http://edge");
  const method = (init.method ?? "GET").toLowerCase();
  if (PAGE.test(pathname)) {
    return undefined;
  }
  const what = `${method.toUpperCase()} ${pathname} answered ${response.status}`;
  const template = Object.keys(paths).find((one) => matches(one, pathname));
  const operation = template === undefined ? undefined : paths[template]?.[method];
  if (template === undefined || operation === undefined) {
    const [status, code] =
      template === undefined ? [404, "not_found"] : [405, "method_not_allowed"];
    assert.equal(response.status, status, what);
    const body: unknown = await response.clone().json();
    assert.equal((body as Json)["code"], code, what);
    assertValid(asDocumentedExactly, "/components/schemas/Problem", body, what);
    return undefined;
  }
  const documented = operation.responses[response.status];
  assert.ok(documented !== undefined, `${what}, which is not documented`);
  const pointer = `/paths/${escaped(template)}/${method}`;
  await assertBody(response, documented, `${pointer}/responses/${response.status}`, what);
  const isJson = !(new Headers(init.headers).get("content-type") ?? "").includes("ndjson");
  if (response.ok && typeof init.body === "string" && isJson) {
    const body = withoutNulls(JSON.parse(init.body) as Json);
    const schema = `${pointer}/requestBody/content/application~1json/schema`;
    assertValid(asDocumented, schema, body, `${what}; its request`);
  }
  return `${method.toUpperCase()} ${template}`;
}

/** Holds a task's view, as events carry it, to the document. */
export function assertTask(view: unknown): void {
  assertValid(asDocumentedExactly, "/components/schemas/Task", view, "a task's view");
}

/** Holds an entry of a feed to the document. */
export function assertFeedEntry(entry: unknown): void {
  assertValid(asDocumentedExactly, "/components/schemas/FeedEntry", entry, "a feed entry");
}

async function assertBody(
  response: Response,
  { description, content }: Operation["responses"][string],
  pointer: string,
  what: string,
): Promise<void> {
  const mediaType = response.headers.get("content-type")?.replace(/;.*/, "");
  if (content === undefined) {
    assert.equal(mediaType, undefined, `${what} with a ${mediaType} that is not documented`);
    return;
  }
  assert.ok(mediaType !== undefined && mediaType in content, `${what} with a ${mediaType}`);
  if (!mediaType.endsWith("json")) {
    return;
  }
  const body: unknown = await response.clone().json();
  assertValid(asDocumentedExactly, `${pointer}/content/${escaped(mediaType)}/schema`, body, what);
  if (mediaType === "application/problem+json") {
    const code = String((body as Json)["code"]);
    assert.ok(description.includes(`\`${code}\``), `${what} with ${code}, which is not documented`);
  }
}

function assertValid(ajv: Ajv2020, pointer: string, value: unknown, what: string): void {
  const validate = ajv.getSchema(`openapi.json#${pointer}`);
  assert.ok(validate !== undefined, `${what}: nothing in the document at ${pointer}`);
  const valid = validate(value);
  assert.ok(valid === true, `${what}: ${ajv.errorsText(validate.errors)}`);
}

function validator(schemas: AnySchema): Ajv2020 {
  // Not strict: a document has keywords of OpenAPI beside those of JSON Schema.
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(schemas, "openapi.json");
  return ajv;
}

/** The same with every object closed that does not say which other properties it may have. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(closed);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([key, member]) => [key, closed(member)]);
  const isObjectSchema = "properties" in value && "type" in value && value.type === "object";
  return {
    ...(isObjectSchema ? { additionalProperties: false } : {}),
    ...Object.fromEntries(entries),
  };
}

function matches(template: string, pathname: string): boolean {
  const parts = template.split("/");
  const actual = pathname.split("/");
  return (
    parts.length === actual.length &&
    parts.every((part, index) =>
      part.startsWith("{") ? actual[index] !== "" : part === actual[index],
    )
  );
}

/** As a part of a JSON pointer in a URI fragment. */
function escaped(key: string): string {
  return encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
}

/** In a request null counts as left out. */
function withoutNulls(body: Json): Json {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}
