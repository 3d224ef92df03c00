import { createRoute, z } from "@hono/zod-openapi";
import { forUsers, insufficientScope, userSecurity } from "../auth/middleware.js";
import type { Scope } from "../auth/scopes.js";
import type { User } from "../auth/user.js";
import { randomId } from "../encoding.js";
import { newApi } from "../http/api.js";
import { jsonBody } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { FOR_BODIES, FOR_USERS, refusals } from "../http/refusals.js";
import { hashOfApiKey, newApiKey } from "./api-key.js";
import * as schemas from "./schemas.js";

const MAX_BODY_BYTES = 4 * 1024;

const common = { tags: ["keys"], security: userSecurity("keys") };
const forKeyMakers = forUsers("keys");

const create = createRoute({
  ...common,
  method: "post",
  path: "/v1/keys",
  summary: "Make an API key for a machine",
  middleware: [forKeyMakers, ...jsonBody(MAX_BODY_BYTES)] as const,
  request: {
    body: { required: true, content: { "application/json": { schema: schemas.keyRequest } } },
  },
  responses: {
    201: {
      description: "The key, which is shown once",
      content: { "application/json": { schema: schemas.newKeySchema } },
    },
    ...refusals(
      ...FOR_USERS,
      ...FOR_BODIES,
      "expiry_not_allowed",
      "too_many_keys",
      "account_deleting",
    ),
  },
});

const list = createRoute({
  ...common,
  method: "get",
  path: "/v1/keys",
  summary: "List API keys, oldest first",
  middleware: [forKeyMakers] as const,
  responses: {
    200: {
      description: "All of them, without the keys themselves",
      content: { "application/json": { schema: z.object({ items: z.array(schemas.keySchema) }) } },
    },
    ...refusals(...FOR_USERS),
  },
});

const revoke = createRoute({
  ...common,
  method: "delete",
  path: "/v1/keys/{keyId}",
  summary: "Revoke an API key",
  middleware: [forKeyMakers] as const,
  request: { params: schemas.keyParams },
  responses: {
    204: { description: "No further request is accepted with it" },
    ...refusals(...FOR_USERS, "not_found"),
  },
});

export const keys = newApi()
  .openapi(create, async (c) => {
    const { user, owner } = c.var;
    const { name, scopes, expiresAt } = c.req.valid("json");
    const now = Date.now();
    const expiry = expiryFor(
      user,
      expiresAt === undefined ? undefined : Date.parse(expiresAt),
      now,
    );
    const key = newApiKey(owner);
    const settings = {
      keyId: randomId(),
      name,
      channel: user.channel.name,
      scopes: scopesFor(user, scopes),
      createdAt: now,
      ...(expiry === undefined ? {} : { expiresAt: expiry }),
    };
    const limit = user.channel.limits.apiKeys;
    const stored = { ...settings, hash: await hashOfApiKey(key) };
    if (!(await c.env.ACCOUNTS.getByName(owner).addApiKey(stored, limit))) {
      throw new Problem("too_many_keys", `there may be ${limit} live API keys at most`);
    }
    return c.json({ ...schemas.keyView(settings), key }, 201, { "cache-control": "no-store" });
  })
  .openapi(list, async (c) => {
    const all = await c.env.ACCOUNTS.getByName(c.var.owner).apiKeys();
    return c.json({ items: all.map(schemas.keyView) }, 200, { "cache-control": "no-store" });
  })
  .openapi(revoke, async (c) => {
    const { keyId } = c.req.valid("param");
    if (!(await c.env.ACCOUNTS.getByName(c.var.owner).revokeApiKey(keyId))) {
      throw new Problem("not_found", "there is no such API key");
    }
    return new Response(null, { status: 204 });
  });

/** Nobody makes a key that may do more than themselves. */
function scopesFor(user: User, wanted: readonly Scope[] | undefined): readonly Scope[] {
  const missing = wanted?.find((scope) => !user.scopes.includes(scope));
  if (missing !== undefined) {
    throw insufficientScope(missing, `who may not do ${missing} can make no key that may`);
  }
  return user.scopes.filter((scope) => wanted?.includes(scope) ?? scope !== "keys");
}

/** A key makes none that outlives it. */
function expiryFor({ apiKey }: User, wanted: number | undefined, now: number): number | undefined {
  if (wanted !== undefined && wanted <= now) {
    throw new Problem("expiry_not_allowed", "expiresAt is over");
  }
  const latest = apiKey?.expiresAt;
  if (latest !== undefined && wanted !== undefined && wanted > latest) {
    throw new Problem("expiry_not_allowed", "expiresAt is later than that of the key that asks");
  }
  return wanted ?? latest;
}
