import { storageSettings } from "../config.js";
import { ConfigurationError } from "../settings.js";

/**
 * What the page may do: run and show what this edge serves, and talk to this edge and the bucket.
 * The bucket's images come as blobs, since an `<img>` could not bring a token.
 */
export function contentSecurityPolicy(env: Env): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    ["connect-src 'self'", ...storageOrigin(env)].join(" "),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

function storageOrigin(env: Env): string[] {
  try {
    return [storageSettings(env).endpoint.origin];
  } catch (error) {
    if (error instanceof ConfigurationError) {
      // The page shows that this edge is not configured, and sends nothing.
      return [];
    }
    throw error;
  }
}
