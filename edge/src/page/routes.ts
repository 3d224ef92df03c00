import { userAuth } from "../config.js";
import { base64 } from "../encoding.js";
import { configured } from "../health.js";
import { Problem } from "../http/problem.js";
import type { Call } from "../http/router.js";
import { type Asset, assets, document } from "./assets.js";
import { contentSecurityPolicy } from "./policy.js";

/** The page; it is told whether it has to ask for a token. */
export async function page({ request, env }: Call): Promise<Response> {
  const mode = configured(env) ? userAuth(env).mode : "unconfigured";
  const text = document.text.replace('data-auth=""', `data-auth="${mode}"`);
  return await answer(
    request,
    { ...document, text },
    {
      "content-security-policy": contentSecurityPolicy(env),
      "cross-origin-opener-policy": "same-origin",
      "referrer-policy": "no-referrer",
    },
  );
}

export async function pageAsset({ request, path }: Call): Promise<Response> {
  const name = path["name"] ?? "";
  const asset = Object.hasOwn(assets, name) ? assets[name] : undefined;
  if (asset === undefined) {
    throw new Problem("not_found", `the page has no ${name}`);
  }
  return await answer(request, asset, {});
}

/** Browsers ask each time whether it is still the same: a new version is seen at once. */
async function answer(
  request: Request,
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
  return request.headers.get("if-none-match") === etag
    ? new Response(null, { status: 304, headers })
    : new Response(body, { headers });
}
