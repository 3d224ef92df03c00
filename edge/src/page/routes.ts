import { type Context, Hono } from "hono";
import { userAuth } from "../config.js";
import { base64 } from "../encoding.js";
import { configured } from "../health.js";
import type { ApiEnv } from "../http/api.js";
import { Problem } from "../http/problem.js";
import { type Asset, assets, document } from "./assets.js";
import { contentSecurityPolicy } from "./policy.js";

export const page = new Hono<ApiEnv>()
  // The document says whether its script has to ask for a token.
  .get("/", async (c) => {
    const mode = configured(c.env) ? userAuth(c.env).mode : "unconfigured";
    const text = document.text.replace('data-auth=""', `data-auth="${mode}"`);
    return await answer(
      c,
      { ...document, text },
      {
        "content-security-policy": contentSecurityPolicy(c.env),
        "cross-origin-opener-policy": "same-origin",
        "referrer-policy": "no-referrer",
      },
    );
  })
  .get("/page/:name", async (c) => {
    const name = c.req.param("name");
    const asset = Object.hasOwn(assets, name) ? assets[name] : undefined;
    if (asset === undefined) {
      throw new Problem("not_found", `the page has no ${name}`);
    }
    return await answer(c, asset, {});
  });

/** Browsers ask each time whether it is still the same: a new version is seen at once. */
async function answer(
  c: Context,
  { contentType, text }: Asset,
  extra: Readonly<Record<string, string>>,
): Promise<Response> {
  const body = new TextEncoder().encode(text);
  const etag = `"${base64(new Uint8Array(await crypto.subtle.digest("SHA-256", body)))}"`;
  const headers = {
    "content-type": contentType,
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    etag,
    ...extra,
  };
  return c.req.header("if-none-match") === etag
    ? new Response(null, { status: 304, headers })
    : new Response(body, { headers });
}
