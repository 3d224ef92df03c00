import type { Channel } from "../channels/channel.js";
import { hashOfApiKey, ownerOfApiKey } from "../keys/api-key.js";
import { invalidToken } from "./bearer.js";
import type { User } from "./user.js";

/** The user whose API key this is, with the key's scopes as far as the channel has the rights, or 401. */
export async function keyUser(key: string, channels: readonly Channel[], env: Env): Promise<User> {
  const owner = ownerOfApiKey(key);
  const known =
    owner && (await env.ACCOUNTS.getByName(owner).useApiKey(await hashOfApiKey(key), Date.now()));
  if (!owner || !known) {
    throw invalidToken("the API key is unknown or was revoked");
  }
  if (known.expiresAt !== undefined && known.expiresAt <= Date.now()) {
    throw invalidToken("the API key has expired");
  }
  const channel = channels.find(({ name }) => name === known.channel);
  if (channel === undefined) {
    throw invalidToken("the API key's channel is not accepted here any more");
  }
  const scopes = channel.rights.filter((right) => known.scopes.includes(right));
  return { owner, channel, scopes, apiKey: known };
}
