import schema from "../../../common-events/src/main/resources/schemas/result.schema.json";

const { $schema: _dialect, $id: _id, $defs, title: _title, ...result } = schema;

/** The schemas of a task's result as components of the OpenAPI document, by name. */
export const resultComponents = inComponents({ TaskResult: result, ...$defs });

export const RESULT_REF = "#/components/schemas/TaskResult";

/** A JSON Schema's own definitions are the document's components. */
function inComponents(schemas: object): Readonly<Record<string, object>> {
  const text = JSON.stringify(schemas).replaceAll("#/$defs/", "#/components/schemas/");
  return JSON.parse(text) as Record<string, object>;
}
