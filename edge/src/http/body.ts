import { Problem } from "./problem.js";

/** A JSON object whose fields nobody has looked at yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The request's body as a JSON object.
 *
 * @param maxBytes a longer body is refused (413) as soon as that much has been read
 */
export async function readJsonObject(request: Request, maxBytes: number): Promise<JsonObject> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    throw new Problem("unsupported_media_type", "the body must be application/json");
  }
  const bytes = await readBytes(request, maxBytes);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    throw new Problem("invalid_request", "the body is not valid UTF-8 JSON");
  }
  if (!isObject(value)) {
    throw new Problem("invalid_request", "the body must be a JSON object");
  }
  return value;
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = new Problem("too_large", `the body may have at most ${maxBytes} bytes`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) {
    throw tooLarge;
  }
  const body = new Uint8Array(maxBytes);
  let length = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    if (length + chunk.length > maxBytes) {
      throw tooLarge;
    }
    body.set(chunk, length);
    length += chunk.length;
  }
  return body.subarray(0, length);
}
