import type { Environment } from "./edge.js";

/** The name of the one channel of {@link usersOf}. */
export const CHANNEL = "test";

/** A file of channels, for `IN_CHANNELS`. */
export function channelFile(...channels: readonly object[]): string {
  return JSON.stringify({ version: 1, channels });
}

/** The settings of an edge whose users bring tokens of this issuer, made for this audience. */
export function usersOf(issuer: string, audience: string): Environment {
  return {
    AUTH_MODE: "oidc",
    IN_CHANNELS: channelFile({ name: CHANNEL, issuer, audience }),
  };
}
