import { type Channel, LOCAL_CHANNEL } from "../channels/channel.js";
import { userAuth } from "../config.js";
import { isApiKey } from "../keys/api-key.js";
import type { ApiKey } from "../keys/key-store.js";
import { bearerToken } from "./bearer.js";
import { keyUser } from "./key-user.js";
import type { Scope } from "./scopes.js";
import { sessionUser } from "./session-user.js";
import { tokenUser } from "./token-user.js";

/** Who owns a task: opaque, and stable for a user of a channel. */
export type Owner = string;

/** Who makes a request. */
export interface User {
  readonly owner: Owner;
  readonly channel: Channel;
  /** What this request may do: never more than the channel's rights. */
  readonly scopes: readonly Scope[];
  /** The user's address, as the issuer has verified it; undefined: it says of none that it has. */
  readonly verifiedEmail?: string;
  /** What the request was made with, if it was a key. */
  readonly apiKey?: ApiKey;
}

const LOCAL_USER: User = {
  owner: "local",
  channel: LOCAL_CHANNEL,
  scopes: LOCAL_CHANNEL.rights,
};

/**
 * The request's user, or 401. An API key counts as what it is even where none is needed, and a token more
 * than the cookie of a session.
 */
export async function userOf(request: Request, env: Env): Promise<User> {
  const auth = userAuth(env);
  const token = bearerToken(request);
  if (token !== undefined && isApiKey(token)) {
    const channels = auth.mode === "none" ? [LOCAL_CHANNEL] : auth.channels;
    return await keyUser(token, channels, env);
  }
  switch (auth.mode) {
    case "none":
      return LOCAL_USER;
    case "oidc":
      return token === undefined
        ? await sessionUser(request, env, auth)
        : await tokenUser(token, auth.channels);
  }
}
