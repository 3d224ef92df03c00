import type { Environment } from "./edge.js";

/** The name of the one channel of {@link usersOf}. */
export const CHANNEL = "test";

/** A file of channels, for `IN_CHANNELS`. */
export function channelFile(...channels: readonly object[]): string {
  return JSON.stringify({ version: 1, channels });
}

/** The settings of an edge whose users bring tokens of this issuer, made for this audience. */
export function usersOf(issuer: string, audience: string, limits: object = {}): Environment {
  return {
    AUTH_MODE: "oidc",
    IN_CHANNELS: channelFile({ name: CHANNEL, issuer, audience, limits }),
  };
}

/** Signs sessions in tests. */
export const SESSION_SECRET = "s".repeat(43);

/** The same, where users of the channel may sign in on the page, too. */
export function signInOf(issuer: string, audience: string): Environment {
  const signIn = { title: "Test" };
  return {
    AUTH_MODE: "oidc",
    IN_CHANNELS: channelFile({ name: CHANNEL, issuer, audience, signIn }),
    SESSION_SECRETS: SESSION_SECRET,
  };
}
