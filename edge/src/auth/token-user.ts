import { decodeJwt, errors, type JWTPayload } from "jose";
import { audiencesOf, type TokenChannel } from "../channels/channel.js";
import { derivedId } from "../encoding.js";
import { invalidToken, verifyToken } from "./bearer.js";
import type { User } from "./user.js";

const ALGORITHMS = ["RS256", "ES256"];

/** The user who brings this ID token of a channel's issuer, or 401. */
export async function tokenUser(token: string, channels: readonly TokenChannel[]): Promise<User> {
  const channel = channelOf(token, channels);
  return await userOfClaims(await verifyIdToken(token, channel), channel);
}

/** The claims of an ID token that the channel's issuer made for this edge, or 401. */
export async function verifyIdToken(token: string, channel: TokenChannel): Promise<JWTPayload> {
  const { issuer } = channel;
  const audience = audiencesOf(channel);
  return await verifyToken(token, { issuer, audience, algorithms: ALGORITHMS });
}

/** Who an ID token with these claims is of, once it is verified. */
export async function userOfClaims(claims: JWTPayload, channel: TokenChannel): Promise<User> {
  const { issuer, claims: names } = channel;
  const subject = claims[names.subject];
  if (typeof subject !== "string" || subject === "") {
    throw invalidToken(`the bearer token names no subject: its claim ${names.subject}`);
  }
  const owner = await derivedId(`owner|${channel.name}|${issuer}|${subject}`);
  const user = { owner, channel, scopes: channel.rights };
  const email = claims[names.email];
  // The text "true" is not it.
  return typeof email === "string" && claims[names.emailVerified] === true
    ? { ...user, verifiedEmail: email }
    : user;
}

/** The channel of which the token claims to be; nothing of it is verified yet. */
function channelOf(token: string, channels: readonly TokenChannel[]): TokenChannel {
  const { iss, aud = [], azp } = unverifiedClaims(token);
  const ofIssuer = channels.filter(({ issuer }) => issuer === iss);
  if (ofIssuer.length === 0) {
    throw invalidToken("the bearer token's issuer has no channel here");
  }
  const madeFor = [aud].flat();
  const matching = ofIssuer.filter((channel) =>
    audiencesOf(channel).some((audience) => madeFor.includes(audience)),
  );
  // OpenID Connect Core 2: with several audiences `azp` says for which the token was made.
  const [channel, ...others] =
    matching.length > 1
      ? matching.filter((channel) => audiencesOf(channel).some((audience) => audience === azp))
      : matching;
  if (channel === undefined || others.length > 0) {
    throw invalidToken("the bearer token was not made for a channel of this edge: its audience");
  }
  return channel;
}

function unverifiedClaims(token: string): ReturnType<typeof decodeJwt> {
  try {
    return decodeJwt(token);
  } catch (error) {
    if (error instanceof errors.JWTInvalid) {
      throw invalidToken("the bearer token is not an ID token");
    }
    throw error;
  }
}
