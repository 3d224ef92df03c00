import { z } from "@hono/zod-openapi";
import { SCOPES } from "../auth/scopes.js";
import { limits } from "../generated/limits.js";
import { mustBe, name, oneOf, requestBody, requestObject } from "../http/schemas.js";
import type { ApiKey } from "./key-store.js";

const listOfScopes = mustBe(`a list of at least one of ${SCOPES.join(", ")}`);

export const keyRequest = requestObject(
  requestBody({
    name: name("1 to 128 characters").openapi({ description: "For its owner" }),
    scopes: z.array(oneOf(SCOPES), listOfScopes).min(1, listOfScopes).optional().openapi({
      description: "What the key may do. Left out: all that its maker may, but `keys`",
    }),
    expiresAt: z.iso
      .datetime({ offset: true, ...mustBe("a date and time by RFC 3339") })
      .optional()
      .openapi({ description: "Left out: as its maker's, if that is a key, or never" }),
  }),
).openapi("KeyRequest");

const shape = {
  keyId: z.string(),
  name: z.string(),
  scopes: z.array(z.string()).openapi({ description: "The set is open" }),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().optional().openapi({ description: "Left out: never" }),
  lastUsedAt: z.iso.datetime().optional().openapi({
    description: "The beginning of the hour of its last use; left out: not used yet",
  }),
};

export const keySchema = z.object(shape).openapi("Key");

export const newKeySchema = z
  .object({
    ...shape,
    key: z.string().openapi({
      description: "What `Authorization: Bearer` takes. It is shown here, once, and nowhere kept",
    }),
  })
  .openapi("NewKey");

export const keyParams = z.object({ keyId: z.string().regex(limits.idPattern) });

export function keyView(key: ApiKey): z.input<typeof keySchema> {
  const { keyId, name, scopes, createdAt, expiresAt, lastUsedAt } = key;
  return {
    keyId,
    name,
    scopes: [...scopes],
    createdAt: text(createdAt),
    ...(expiresAt === undefined ? {} : { expiresAt: text(expiresAt) }),
    ...(lastUsedAt === undefined ? {} : { lastUsedAt: text(lastUsedAt) }),
  };
}

function text(time: number): string {
  return new Date(time).toISOString();
}
