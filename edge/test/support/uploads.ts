import { strict as assert } from "node:assert";
import type { Stage } from "./stage.js";

/** The answer of `POST /v1/uploads`. */
export interface SignedUpload {
  readonly uploadId: string;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: string;
}

type Headers = Readonly<Record<string, string>>;

export async function createUpload(
  stage: Stage,
  body: object,
  headers: Headers = {},
): Promise<SignedUpload> {
  const response = await stage.edge.post("/v1/uploads", body, headers);
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()) as SignedUpload;
}

export function completeUpload(
  stage: Stage,
  uploadId: string,
  headers: Headers = {},
): Promise<Response> {
  return stage.edge.fetch(`/v1/uploads/${uploadId}/complete`, { method: "POST", headers });
}
