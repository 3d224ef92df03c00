import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import current from "../../docs/openapi.json";
import released from "./released/openapi.json";
import { breakingChanges } from "./support/openapi-changes.js";

/**
 * The document breaks no client that was written for the last released one, `released/openapi.json`.
 * A release puts the current one there: `npm run release`.
 */
void describe("The OpenAPI document, compared with the released one,", () => {
  void test("breaks no client", () => {
    assert.deepEqual(breakingChanges(released, current), []);
  });

  /** The released document with one text replaced, which must be there. */
  const changed = (from: string, to: string): object => {
    const text = JSON.stringify(released);
    assert.ok(text.includes(from), from);
    return JSON.parse(text.replace(from, to)) as object;
  };
  /** The released document with that operation as the change makes it. */
  const withTask = (change: (task: Record<string, Record<string, unknown>>) => void): object => {
    const document = structuredClone(released);
    change(document.components.schemas.Task as unknown as Record<string, Record<string, unknown>>);
    return document;
  };

  void test("may have more operations, parameters, fields of answers and texts", () => {
    const document = structuredClone(released) as unknown as {
      paths: Record<string, Record<string, object>>;
    };
    document.paths["/v1/more"] = { get: { responses: {} } };
    const parameter = { in: "query", name: "more", schema: { type: "string" } };
    (document.paths["/v1/tasks"]?.["get"] as { parameters: object[] }).parameters.push(parameter);
    assert.deepEqual(breakingChanges(released, document), []);
    const withField = withTask(({ properties }) => {
      (properties ?? {})["more"] = { type: "string" };
    });
    assert.deepEqual(breakingChanges(released, withField), []);
    const summary = changed('"summary":"Submit an image"', '"summary":"Submit one image"');
    assert.deepEqual(breakingChanges(released, summary), []);
  });

  const breaking: readonly (readonly [what: string, document: object, finding: RegExp])[] = [
    ["an operation", changed('"/v1/search":', '"/v1/find":'), /^GET \/v1\/search: removed$/],
    ["a parameter", changed('"name":"limit"', '"name":"max"'), /query limit: removed$/],
    [
      "a field of an answer",
      withTask(({ properties }) => delete properties?.["priority"]),
      /\/priority: removed$/,
    ],
    [
      "that a field is always there",
      withTask((task) => {
        Object.assign(task, { required: ["taskId", "status", "createdAt", "updatedAt"] });
      }),
      /\/required: priority may be absent now$/,
    ],
    [
      "a type",
      withTask(({ properties }) => {
        (properties ?? {})["stage"] = { type: "integer" };
      }),
      /\/stage\/type: was "string", is "integer"$/,
    ],
    [
      "a value that requests may have",
      changed(',"low"],"description":"Left out', '],"description":"Left out'),
      /low is refused now$/,
    ],
    [
      "what a caller may leave out",
      changed('"contentType","size"]', '"contentType","size","fileName"]'),
      /\/required: fileName is required now$/,
    ],
    [
      "a right",
      changed('{"user":["tasks:write"]}', '{"user":["tasks:more"]}'),
      /security: was .*tasks:write/,
    ],
  ];
  for (const [what, document, finding] of breaking) {
    void test(`must not lose or change ${what}`, () => {
      const found = breakingChanges(released, document);
      assert.ok(found.length > 0);
      assert.match(found[0] ?? "", finding);
    });
  }
});
