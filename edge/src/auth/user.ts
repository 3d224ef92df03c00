import { type Channel, LOCAL_CHANNEL } from "../channels/channel.js";
import { userAuth } from "../config.js";
import { bearerToken } from "./bearer.js";
import type { Scope } from "./scopes.js";
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
}

const LOCAL_USER: User = {
  owner: "local",
  channel: LOCAL_CHANNEL,
  scopes: LOCAL_CHANNEL.rights,
};

/** The request's user, or 401. */
export async function userOf(request: Request, env: Env): Promise<User> {
  const auth = userAuth(env);
  switch (auth.mode) {
    case "none":
      return LOCAL_USER;
    case "oidc":
      return await tokenUser(bearerToken(request), auth.channels);
  }
}
