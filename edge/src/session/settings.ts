import { z } from "@hono/zod-openapi";
import type { TokenChannel } from "../channels/channel.js";
import { isLoopback } from "../http/loopback.js";
import { ConfigurationError, isLocal, optional, required } from "../settings.js";

/** What sign-in on the page needs besides the channels. */
export interface SignInSettings {
  /** The first signs cookies; what any of them has signed is accepted. */
  readonly keys: readonly Uint8Array[];
  /** By the channel's name, of the channels whose client has a secret. */
  readonly clientSecrets: ReadonlyMap<string, string>;
}

/** One is replaced by another while both are accepted. */
const MAX_SECRETS = 2;
/** 43 characters of base64url are 256 bits. */
const SECRET = /^[\x21-\x2b\x2d-\x7e]{43,256}$/;

const clientSecretsSchema = z.record(z.string(), z.string().min(1));

/** The settings where a channel's users sign in on the page; undefined: nobody does. */
export function signInSettings(
  env: Env,
  channels: readonly TokenChannel[],
): SignInSettings | undefined {
  if (channels.every(({ signIn }) => signIn === undefined)) {
    return undefined;
  }
  if (!isLocal(env)) {
    publicOrigin(env);
  }
  return { keys: cookieKeys(env), clientSecrets: clientSecrets(env, channels) };
}

/**
 * The origin of this edge's pages. It is the public URL's whatever host a request names; on this machine
 * alone, where that is not known before the edge runs, the request's.
 */
export function ownOrigin(request: Request, env: Env): string {
  const url = new URL(request.url);
  return isLoopback(url.hostname) && isLocal(env) ? url.origin : publicOrigin(env);
}

function publicOrigin(env: Env): string {
  const url = URL.parse(required(env, "IN_EDGE_AUDIENCE"));
  if (url?.protocol !== "https:" || url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw new ConfigurationError(
      "IN_EDGE_AUDIENCE must be this edge's https URL without a path: users who sign in return to it",
    );
  }
  return url.origin;
}

function cookieKeys(env: Env): readonly Uint8Array[] {
  const secrets = required(env, "SESSION_SECRETS").split(",");
  if (secrets.length > MAX_SECRETS || !secrets.every((secret) => SECRET.test(secret))) {
    // Never the text itself.
    throw new ConfigurationError(
      "SESSION_SECRETS must be one secret, or two with a comma between them, each of 43 to 256 " +
        "printable characters",
    );
  }
  return secrets.map((secret) => new TextEncoder().encode(secret));
}

function clientSecrets(env: Env, channels: readonly TokenChannel[]): ReadonlyMap<string, string> {
  const secrets = new Map(Object.entries(parsedSecrets(optional(env, "CLIENT_SECRETS") ?? "{}")));
  const confidential = channels
    .filter(({ signIn }) => signIn?.confidential === true)
    .map(({ name }) => name);
  const missing = confidential.find((name) => !secrets.has(name));
  if (missing !== undefined) {
    throw new ConfigurationError(`CLIENT_SECRETS has no secret of the channel ${missing}`);
  }
  const unused = [...secrets.keys()].find((name) => !confidential.includes(name));
  if (unused !== undefined) {
    throw new ConfigurationError(
      `CLIENT_SECRETS has a secret of ${unused}, which is not a channel with a confidential client`,
    );
  }
  return secrets;
}

function parsedSecrets(text: string): Readonly<Record<string, string>> {
  try {
    return clientSecretsSchema.parse(JSON.parse(text));
  } catch {
    throw new ConfigurationError("CLIENT_SECRETS must be a JSON object of secrets by channel");
  }
}
